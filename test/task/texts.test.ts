import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nextTasks } from '../../src/commands/task/next.ts';
import { aStep, NOW } from '../builders.ts';
import { testContext } from '../context.ts';
import { scripted } from '../prompter.ts';
import { startAnthropic } from '../stand-ins/anthropic.ts';
import { enrolled } from '../tick/providers.ts';
import { settings, tickWorkspace } from '../tick/workspace.ts';
import { waiting } from './waiting.ts';

const ALL = { campaign: null, anyway: false };

it('what could turn or break the text on the screen is shown as ?, and kept in the clipboard', async () => {
  const { context, connection, stdout } = await waiting(['quit']);
  const text = 'Bonjour\u00a0! 1\u202f000\u202e€ \u2066ok\u2069\u200f\u2028fin 👩\u200d💼';
  connection.prepare('update message set body = ?').run(text);
  const copied: string[] = [];
  context.copyText = async (each) => (copied.push(each) ? 'terminal' : 'none');
  await nextTasks(context, ALL);
  expect(stdout()).toContain('\nBonjour\u00a0! 1\u202f000?€ ?ok???fin 👩\u200d💼\n');
  expect(copied).toEqual([text]);
});

describe('the clipboard', () => {
  it('gets the text when it is shown, when it has changed, and on demand', async () => {
    const { context } = await waiting(['copy', 'edit', 'open', 'quit'], {
      prompter: { edit: async () => 'Bonjour,\nautre chose ' },
    });
    const copied: string[] = [];
    context.copyText = async (text) => {
      copied.push(text);
      return 'clipboard';
    };
    context.openProfile = async () => false;
    await nextTasks(context, ALL);
    expect(copied).toEqual(['Bonjour 1', 'Bonjour 1', 'Bonjour,\nautre chose']);
  });

  it.each([
    ['clipboard', false],
    ['terminal', true],
    ['none', true],
  ] as const)('%s: the text on the screen is whole, to be copied from there: %s', async (how, whole) => {
    const { context, connection, stdout } = await waiting(['quit']);
    const text = `Bonjour Zoé,\n\n${'vos équipes relancent-elles encore à la main, '.repeat(4)}un mardi ?`;
    connection.prepare('update message set body = ?').run(text);
    context.copyText = async () => how;
    await nextTasks(context, ALL);
    expect(stdout().includes(text)).toBe(whole);
    expect(stdout().replace(/\n(?!\n)/g, ' ')).toContain('encore à la main, un mardi ?');
  });

  const [XVFB, XCLIP] = ['/usr/bin/Xvfb', '/usr/bin/xclip'];
  const missing = [XVFB, XCLIP].find((tool) => !existsSync(tool));
  describe.skipIf(missing !== undefined)(
    `on a real display${missing ? ` (skipped: no ${missing})` : ''}`,
    () => {
      let server: ChildProcess;
      const before = process.env.DISPLAY;
      beforeAll(async () => {
        server = spawn(XVFB, ['-displayfd', '3', '-screen', '0', '64x64x8'], {
          stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
        });
        const [, , , told] = server.stdio;
        process.env.DISPLAY = await new Promise((resolve) =>
          told?.once('data', (number) => resolve(`:${String(number).trim()}`)),
        );
      });
      afterAll(() => {
        if (before === undefined) delete process.env.DISPLAY;
        else process.env.DISPLAY = before;
        server.kill();
      });

      it('holds the text of the card, to the byte', async () => {
        const { context, connection, stderr } = await waiting(['quit']);
        const text = 'Bonjour Zoé,\n\nvos équipes relancent-elles encore à la main\u00a0? 👍';
        connection.prepare('update message set body = ?').run(text);
        context.env.DISPLAY = process.env.DISPLAY;
        await nextTasks(context, ALL);
        expect(stderr()).toContain('Copied to the clipboard.');
        expect(execFileSync(XCLIP, ['-selection', 'clipboard', '-o'], { encoding: 'utf8' })).toBe(text);
      });
    },
  );
});

describe('w in the session', () => {
  const open: { close(): Promise<void> }[] = [];
  afterAll(async () => {
    for (const server of open.splice(0)) await server.close();
  });

  async function byClaude(bodies: string[]) {
    const claude = await startAnthropic({
      reply: () => JSON.stringify({ subject: null, body: bodies.shift() ?? '', claims: [] }),
    });
    open.push(claude);
    const space = await tickWorkspace({
      anthropic: claude.url,
      settings: settings({ more: 'ai: { requests_per_second: 1000 }' }),
    });
    const step = aStep({ id: 'li', channel: 'linkedin', kind: 'message', template: 'default/message' });
    enrolled(space, 1, { scenario: { steps: [step] }, approval: 'off' });
    await space.tick();
    return { ...space, claude };
  }

  const FIRST = 'Bonjour Claire, comment votre équipe suit-elle ses missions\u00a0? Un mot suffit.';
  const SECOND = 'Bonjour Claire, comment suivez-vous vos missions\u00a0? Répondez-moi en un mot.';

  const session = async ({ folder, env }: Awaited<ReturnType<typeof byClaude>>, answers: string[]) => {
    const test = testContext({
      ...{ folder, env, now: NOW, columns: 80, interactive: true },
      prompter: scripted(answers),
    });
    await nextTasks(test.context, ALL);
    return test;
  };

  it('has Claude write the text anew by a remark, and shows it', async () => {
    const space = await byClaude([FIRST, SECOND]);
    const { stdout } = await session(space, ['rewrite', 'plus direct', 'quit']);
    expect(stdout()).toContain(SECOND);
    expect(JSON.stringify(space.claude.messages.at(-1)?.request)).toContain('plus direct');
    expect(space.rows("select body, envelope ->> '$.body' as sends, source, state from message")).toEqual([
      { body: SECOND, sends: SECOND, source: 'claude', state: 'awaiting_operator' },
    ]);
    expect(space.rows("select data ->> 'reason' as remark from event where type = 'rewritten'")).toEqual([
      { remark: 'plus direct' },
    ]);
  });

  it('leaves the text as it is without a remark, and where Claude cannot', async () => {
    const space = await byClaude([FIRST, '', '']);
    const { stderr } = await session(space, ['rewrite', '', 'rewrite', 'plus court', 'quit']);
    expect(stderr()).toContain('it stays as it was:');
    expect(space.rows('select body from message')).toEqual([{ body: FIRST }]);
  });
});
