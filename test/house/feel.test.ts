import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allVerbs } from '../../scripts/commands-doc.ts';
import { widthOf } from '../../src/io/table/cell.ts';
import type { TestContext } from '../context.ts';
import { fullWorkspace, shown } from './full.ts';

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

const full = fullWorkspace();
beforeAll(() => full, 120_000);
afterAll(async () => (await full).end());

const views = [
  ...lists,
  ...['status', 'report', 'report Demo', 'config show', 'campaign show Demo', 'tick --dry-run'],
  ...[
    'prospect show 1',
    'prospect show 80',
    'explain 1',
    'doctor --offline',
    'cron show',
    'message list --state sent',
  ],
  ...[
    'verify',
    'db check',
    'message show 1',
    'message show 110',
    'gdpr export 1',
    'scenario show connexion-douce',
    'prepare',
  ],
  'scenario preview connexion-douce --prospect 1',
];
/** Each changes something: `N` is another person on each terminal, `M` one more. */
const acts = [
  ...['prospect pause N', 'prospect resume N', 'prospect remove N --yes', 'reply add M --text Bonjour'],
  ...['campaign edit Est --caps email=N --yes', 'campaign pause Est', 'campaign resume Est'],
  ...['blacklist add adresse-longue-N@un-domaine-tres-long.example', 'gdpr erase M --yes', 'demo'],
  'blacklist import LIST --reason une-opposition',
];
/** To be copied in one piece, or one word that is as long as it is. */
const UNBROKEN = /^ *(?:\| )?(?:Next: |\S+$|(?:cd \S+ && )?\S* ?hector |\$ )/;

describe.each([40, 80, 120])('on a terminal of %i columns', (columns) => {
  const fits = ({ stdout, stderr }: TestContext): void => {
    // A line of progress is taken away before anything else is said.
    const said = stderr()
      .split('\n')
      .map((line) => line.split('\r\u001b[K').at(-1) ?? '');
    const lines = [...stdout().split('\n'), ...said];
    expect(lines.filter((line) => widthOf(line) > columns && !UNBROKEN.test(line))).toEqual([]);
    expect(lines.filter((line) => line !== line.trimEnd())).toEqual([]);
  };

  it.each(views)('hector %s fits, with no blank at the end of a line', async (path) => {
    const { at } = await full;
    const test = await shown(path.split(' '), { columns, folder: at });
    if (!['task list', 'message list', 'cron show', 'tick --dry-run'].includes(path))
      expect(test.stdout()).not.toBe('');
    fits(test);
  });

  it.each(acts)('what hector %s says fits', async (path) => {
    const { at } = await full;
    const list = join(at, `${columns}.csv`);
    writeFileSync(list, `email\nune-adresse-tres-longue-${columns}@un-domaine-tres-long.example\n`);
    const person = columns / 10 + 80;
    const words = path
      .replaceAll('N', String(person))
      .replaceAll('M', String(person + 1))
      .split(' ');
    const test = await shown(
      words.map((word) => (word === 'LIST' ? list : word)),
      { columns, folder: at },
    );
    expect(test.stdout()).not.toBe('');
    fits(test);
  });
});
