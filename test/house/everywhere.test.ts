import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allVerbs } from '../../scripts/commands-doc.ts';
import type { TestContext } from '../context.ts';
import { fullWorkspace, shown } from './full.ts';

/** One run of each command in `fullWorkspace`, as it does its work. */
const RUNS: Record<string, string> = {
  demo: '--folder new',
  init: 'new',
  doctor: '--offline',
  'task done': '111',
  'task skip': '113',
  'task later': '115',
  'task not-found': '117',
  'task connected': '119',
  'task accepted': '1',
  'task undo': '131',
  'message list': '--state sent',
  'message show': '1',
  'message approve': '110',
  'message reject': '112',
  'message edit': '114 --file text.txt',
  'message rewrite': '116 --remark autrement',
  'message import': 'sheet.csv',
  'message retry': '133',
  'message mark-sent': '2',
  'reply add': '81 --text Oui',
  explain: '82',
  report: 'Demo',
  'prospect import': 'list.csv',
  'prospect add': '--name Jeanne --email jeanne@ads.example',
  'prospect show': '1',
  'prospect edit': '1 --title Directrice',
  'prospect pause': '83',
  'prospect resume': '87',
  'prospect move': '84 --to Ouest --yes',
  'prospect remove': '85 --yes',
  'campaign create': 'Nord --scenario relance-douce --from list.csv --rehearsal',
  'campaign show': 'Demo',
  'campaign edit': 'Est --caps email=3 --yes',
  'campaign pause': 'Est',
  'campaign resume': 'Est',
  'campaign complete': 'Est --yes',
  'campaign delete': 'Ouest --yes',
  'scenario show': 'connexion-douce',
  'scenario preview': 'connexion-douce --prospect 1',
  'scenario copy': 'connexion-douce ouest',
  'voice show': 'neutral',
  'linkedin import': 'Connections.csv',
  'blacklist add': 'a@b.example',
  'blacklist remove': 'une-adresse-tres-longue@un-domaine-tres-long.example',
  'blacklist check': '@b.example',
  'blacklist import': 'list.csv',
  'gdpr export': '1',
  'gdpr erase': '86 --yes',
  'cron install': '--dry-run',
  'db restore': 'copy.db --yes',
  completion: 'bash',
};
const verbs = (await allVerbs()).map(({ path }) => path);

/** What else they need to be there. */
const full = (async () => {
  const workspace = await fullWorkspace();
  const { at } = workspace;
  const inside = (...words: string[]) => shown(words, { folder: at, quiet: true });
  await inside('task', 'skip', '131');
  await inside('prospect', 'pause', '87');
  const { context } = await inside('message', 'export', '--out', join(at, 'sheet.csv'));
  (await context.connection()).exec(
    "update message set state = 'uncertain' where id = 2; update message set state = 'failed' where id = 133",
  );
  await inside('db', 'backup', join(at, 'copy.db'));
  writeFileSync(join(at, 'text.txt'), 'Bonjour, seriez-vous libre jeudi ?');
  writeFileSync(join(at, 'list.csv'), 'email,last_name\njeanne@ads.example,Durand\n');
  const connection = 'First Name,Last Name,URL,Email Address,Company,Position,Connected On';
  writeFileSync(
    join(at, 'Connections.csv'),
    `${connection}\nEve,Roy,https://www.linkedin.com/in/est1,,,,05 Oct 2023\n`,
  );
  mkdirSync(join(at, 'bin'));
  writeFileSync(join(at, 'bin', 'crontab'), '#!/bin/sh\nexit 0\n', { mode: 0o700 });
  return workspace;
})();
beforeAll(() => full, 120_000);
afterAll(async () => (await full).end());

/** In a copy of the workspace, so that nobody changes what another looks at. */
async function run(path: string, ...options: string[]): Promise<TestContext> {
  const { at } = await full;
  const folder = `${at}-${path.replace(' ', '-')}${options[0]}`;
  cpSync(at, folder, { recursive: true, filter: (file) => !file.endsWith('.eml') });
  const words = `${path} ${RUNS[path] ?? ''}`.trim().split(' ').concat(options);
  return shown(words, { folder, columns: 80, env: { PATH: `${join(at, 'bin')}:${process.env.PATH}` } });
}

it('knows every command', () =>
  expect(Object.keys(RUNS).filter((path) => !verbs.includes(path))).toEqual([]));

/** Questions, one after the other: nothing of it can be quiet. */
const ASKED = ['message review'];
/** Said all the same: a problem (no key for Claude), and where the only copy of what was replaced is. */
const SAID: Record<string, string> = {
  'message rewrite': 'message 116 stays as it was',
  'db restore': 'The one before is kept',
};

describe.each(verbs)('hector %s', (path) => {
  it('prints one document with --json', async () => {
    const { stdout } = await run(path, '--json');
    expect(JSON.parse(stdout())).toBeTypeOf('object');
  });

  it.skipIf(ASKED.includes(path))(
    'prints no colour with --no-color, and only data with --quiet',
    async () => {
      const { stdout, stderr } = await run(path, '--quiet', '--no-color');
      expect(stdout()).not.toContain('\u001b[');
      if (SAID[path]) expect(stderr()).toContain(SAID[path]);
      else expect(stderr()).toBe('');
    },
  );
});
