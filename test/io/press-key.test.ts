import { EventEmitter, once } from 'node:events';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { pressKey } from '../../src/io/press-key.ts';

const KEYS = [
  { key: 's', name: 'sent', value: 'sent' },
  { key: 'enter', name: 'go', value: 'go' },
  { key: '?', name: 'help', value: 'help' },
] as const;

/** A keyboard that remembers its mode, and what it is asked. */
function keyboard() {
  const modes: boolean[] = [];
  const stdin = Object.assign(new PassThrough(), { setRawMode: (raw: boolean) => modes.push(raw) });
  const questions = new EventEmitter();
  const asked = once(questions, 'asked');
  const stderr = { write: (text: string) => text === '> ' && questions.emit('asked') };
  return { stdin, stderr, modes, asked };
}

/** What is typed once the question stands there, piece by piece. */
async function typing(...pieces: string[]) {
  const board = keyboard();
  const pressed = pressKey('> ', KEYS, board);
  await board.asked;
  for (const piece of pieces) {
    board.stdin.write(piece);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { value: await pressed, modes: board.modes };
}

describe('pressKey', () => {
  it.each([
    ['a letter', ['s'], 'sent'],
    ['a capital', ['S'], 'sent'],
    ['Enter', ['\r'], 'go'],
    ['a sign', ['?'], 'help'],
    ['what is no key, then one', ['z', 'é', '\x1b', ' ', 's'], 'sent'],
    ['an arrow key, then one', ['\x1b[A', 's'], 'sent'],
    ['a paste that begins with a key, then another key', ['sent it s', '?'], 'help'],
    ['a key held down, then another one', ['ss', '?'], 'help'],
  ])('takes %s', async (_, pieces, value) => {
    expect(await typing(...pieces)).toEqual({ value, modes: [true, false] });
  });

  it.each(['\x03', '\x04', 'ss\x03'])(
    'ends the program with %j, and leaves the terminal as it was',
    async (typed) => {
      const board = keyboard();
      const pressed = pressKey('> ', KEYS, board);
      await board.asked;
      board.stdin.write(typed);
      await expect(pressed).rejects.toMatchObject({ name: 'ExitPromptError' });
      expect(board.modes).toEqual([true, false]);
    },
  );

  it('ends with the input', async () => {
    const board = keyboard();
    board.stdin.end();
    await expect(pressKey('> ', KEYS, board)).rejects.toMatchObject({ name: 'ExitPromptError' });
    expect(board.modes).toEqual([true, false]);
  });

  it('drops what was typed before the question', async () => {
    const board = keyboard();
    board.stdin.write('sss');
    const pressed = pressKey('> ', KEYS, board);
    await board.asked;
    board.stdin.write('?');
    expect(await pressed).toBe('help');
  });

  it('hears a Ctrl-C that came before the question', async () => {
    const board = keyboard();
    board.stdin.write('s\x03');
    await expect(pressKey('> ', KEYS, board)).rejects.toMatchObject({ name: 'ExitPromptError' });
  });

  it('can be asked again and again, and listens in between to nothing', async () => {
    const board = keyboard();
    const first = pressKey('> ', KEYS, board);
    await board.asked;
    board.stdin.write('s');
    await first;
    expect(board.stdin.listenerCount('data')).toBe(0);
    board.stdin.write('s');
    const again = keyboard();
    const second = pressKey('> ', KEYS, { stdin: board.stdin, stderr: again.stderr });
    await again.asked;
    board.stdin.write('?');
    expect(await second).toBe('help');
  });
});
