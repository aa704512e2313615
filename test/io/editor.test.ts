import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { editText, keepText } from '../../src/io/editor.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hector-editor-test-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A program that stands for an editor. */
function program(name: string, script: string): string {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}

const env = (more: Record<string, string>) => ({ PATH: process.env.PATH, TMPDIR: folder, ...more });
const leftBehind = () => readdirSync(folder).filter((name) => name.startsWith('hector-edit-'));

/** The folder of the file is said by TMPDIR of this process. */
async function edit(editor: Record<string, string>): Promise<string> {
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    return await editText('Bonjour\n', env(editor));
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

describe('an editor', () => {
  it('gets the text in a file for its owner alone, which is gone afterwards', async () => {
    const seen = join(folder, 'seen');
    const editor = program('see', `stat -c %a "$1" > ${seen}; cat "$1" >> ${seen}; echo changed > "$1"`);
    expect(await edit({ EDITOR: editor })).toBe('changed\n');
    expect(readFileSync(seen, 'utf8')).toBe('600\nBonjour\n');
    expect(leftBehind()).toEqual([]);
  });

  it('may have arguments, and blanks in quotes', async () => {
    const editor = program('with blanks', 'printf "%s|%s" "$1" "$2" > "$3"');
    expect(await edit({ EDITOR: `"${editor}" --wait 'one two'` })).toBe('--wait|one two');
  });

  it('is no shell: nothing in its name is run', async () => {
    const editor = program('plain', 'echo "$1" > "$2"');
    expect(await edit({ EDITOR: `${editor} '$(touch ${folder}/run)'` })).toContain('$(touch');
    expect(readdirSync(folder)).not.toContain('run');
  });

  it('is $VISUAL before $EDITOR', async () => {
    const visual = program('visual', 'echo visual > "$1"');
    expect(await edit({ VISUAL: visual, EDITOR: 'false' })).toBe('visual\n');
    expect(await edit({ VISUAL: ' ', EDITOR: visual })).toBe('visual\n');
  });

  it('that fails after something was typed leaves it in its file, and names the file', async () => {
    const editor = program('crash', 'echo typed > "$1"; exit 3');
    await expect(edit({ EDITOR: editor })).rejects.toThrow(/has ended with 3: .*; what was typed is in \S+/);
    const [left = ''] = leftBehind();
    expect(readFileSync(join(folder, left, 'message.txt'), 'utf8')).toBe('typed\n');
    rmSync(join(folder, left), { recursive: true });
  });

  it('has Ctrl-C to itself', async () => {
    const editor = program('interrupts', `kill -INT ${process.pid}; sleep 0.1; echo typed > "$1"`);
    expect(await edit({ EDITOR: editor })).toBe('typed\n');
  });

  it.each([
    ['is not there', 'no-such-editor', 'is not there'],
    ['fails', 'false', 'has ended with 1'],
  ])('that %s is one line, and nothing is left behind', async (_, editor, line) => {
    await expect(edit({ EDITOR: editor })).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringContaining(`the editor "${editor}" ${line}`),
      // It holds for whatever command asked, and wins over both variables.
      next: 'export VISUAL=nano',
    });
    expect(leftBehind()).toEqual([]);
  });
});

describe('a text that is kept', () => {
  it('stands in a file for its owner alone, and replaces none', async () => {
    const files = [await keepText(folder, 'message-3', 'a'), await keepText(folder, 'message-3', 'b')];
    expect(files).toEqual([join(folder, 'message-3.txt'), join(folder, 'message-3-2.txt')]);
    expect(files.map((file) => readFileSync(file, 'utf8'))).toEqual(['a', 'b']);
    expect(statSync(files[0] ?? '').mode & 0o777).toBe(0o600);
  });

  it('in a folder that is not there says so', async () => {
    await expect(keepText(join(folder, 'none'), 'x', 'a')).rejects.toMatchObject({ exitCode: 1 });
  });
});
