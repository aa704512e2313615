import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { allVerbs } from '../../scripts/commands-doc.ts';
import { buildProgram } from '../../src/cli.ts';
import { type ContextOverrides, type TestContext, testContext } from '../context.ts';

/** The program in a workspace of its own; what a terminal or a pipe then shows. */
async function shown(words: readonly string[], overrides: ContextOverrides = {}): Promise<TestContext> {
  const test = testContext(overrides);
  const program = await buildProgram(() => test.context, '0', words);
  await program.parseAsync([...words], { from: 'user' });
  return test;
}

const lists = (await allVerbs()).map(({ path }) => path).filter((path) => path.endsWith(' list'));
/** These come with hector: never empty. */
const NEVER_EMPTY = ['scenario list', 'voice list'];
const empty = [
  ...lists.filter((path) => !NEVER_EMPTY.includes(path)),
  ...[
    'task next',
    'message review',
    'message export',
    'report',
    'prospect export',
    'status',
    'tick',
    'prepare',
  ],
];

describe('with nothing there yet', () => {
  it.each(empty)('hector %s says what to type next, and no data', async (path) => {
    const { stdout, stderr } = await shown(path.split(' '), { columns: 80, interactive: true });
    expect(`${stdout()}${stderr()}`).toMatch(/hector [a-z]+/);
    if (path.endsWith(' list')) expect(stdout()).toBe('');
  });

  it.each(lists)('hector %s --json is a list', async (path) => {
    const { stdout } = await shown([...path.split(' '), '--json'], { json: true });
    expect(Array.isArray(JSON.parse(stdout()))).toBe(true);
  });

  it.each(lists)('hector %s in a pipe prints no words among the data', async (path) => {
    const { stdout } = await shown(path.split(' '));
    const lines = stdout().split('\n').slice(0, -1);
    expect(lines.every((line) => line.includes('\t'))).toBe(true);
  });

  it.each(lists)('hector %s --quiet is silent but for data', async (path) => {
    const { stderr } = await shown(path.split(' '), { quiet: true, columns: 80 });
    expect(stderr()).toBe('');
  });
});

const LONG = 'a dit au téléphone qu’elle ne voulait plus rien recevoir de notre part, ni courriel ni SMS';
/** A workspace in which every list has something to show. */
const full = (async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hector-feel-'));
  const at = join(folder, 'demo');
  await shown(['demo', '--folder', at, '--quiet'], { folder, quiet: true });
  const words = [
    'blacklist',
    'add',
    'une-adresse-tres-longue@un-domaine-tres-long.example',
    '--reason',
    LONG,
  ];
  await shown(words, { folder: at });
  return { folder, at };
})();
afterAll(async () => rmSync((await full).folder, { recursive: true }));

const views = [
  ...lists,
  ...['status', 'report', 'report Demo', 'config show', 'campaign show Demo', 'tick --dry-run'],
  ...['prospect show 1', 'explain 1', 'doctor --offline', 'cron show', 'message list --state sent'],
];
/** To be copied in one piece, or one word that is as long as it is. */
const UNBROKEN = /^ *(?:Next: |\S+$|\S* ?hector )/;

describe.each([40, 80, 120])('on a terminal of %i columns', (columns) => {
  it.each(views)('hector %s fits, with no blank at the end of a line', async (path) => {
    const { at } = await full;
    const { stdout, stderr } = await shown(path.split(' '), { columns, folder: at });
    if (!['task list', 'message list', 'cron show', 'tick --dry-run'].includes(path))
      expect(stdout()).not.toBe('');
    // A line of progress is taken away before anything else is said.
    const said = stderr()
      .split('\n')
      .map((line) => line.split('\r\u001b[K').at(-1) ?? '');
    const lines = [...stdout().split('\n'), ...said];
    expect(lines.filter((line) => line.length > columns && !UNBROKEN.test(line))).toEqual([]);
    expect(lines.filter((line) => line !== line.trimEnd())).toEqual([]);
  });
});
