import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { allVerbs } from '../../scripts/commands-doc.ts';
import { openDatabase } from '../../src/db/connection.ts';
import { takeLease } from '../../src/db/tick/lease.ts';
import { BY_TEMPLATE } from '../../src/engine/ports/writer.ts';
import { aCampaign, aMessage, anEnrolment, anEvent } from '../builders.ts';
import { documentedKeys, isAbove, type Leaf, leavesOf, matches } from './keys.ts';
import { printed, temporaryFolder } from './program.ts';

/** Monday, ten in Paris. */
const MONDAY = '2026-11-23T09:00:00Z';
const TUESDAY = '2026-11-24T09:00:00Z';

const LIST = `Prénom;Nom;Société;E-mail;Portable;LinkedIn;CA;Consentement
Claire;Durand;Ateliers Durand;claire@ateliers-durand.example;06 12 34 56 78;linkedin.com/in/claire-000;3 M€;salon 2026
Karim;Benali;Benali;karim@benali.example;;linkedin.com/in/karim-000;;
Julie;Martin;Martin;julie@gmail.com;07 11 22 33 44;;;
Paul;Personne;Rien;;;;;
Anne;Refus;Refus SA;anne@refus.example;;;;
Zoé;Petit;Petit;zoe@petit.example;;;;
Luc;Roy;Roy;luc@roy.example;;;;
`;

/** A condition on delivery, variants, another channel; the branch that lint asks for is not there. */
const SCENARIO = `slug: essai
name: Essai
description: Un scénario pour les tests
target: dirigeants
duration_days: 10
steps:
  - { id: un, channel: email, kind: email, objective: Saluer, prompt: Une question., template: default/email, also: [linkedin] }
  - id: deux
    wait: 3d
    channel: email
    kind: email
    objective: Relancer
    prompt: Une question.
    template: default/email
    when: { delivered: true }
    variants: [{ id: a, template: default/email }]
`;

/** LinkedIn's own export: somebody with another profile, a row without a date, and two conversations. */
const CONNECTIONS = `First Name,Last Name,URL,Email Address,Company,Position,Connected On
Claire,Durand,https://www.linkedin.com/in/claire-001,,Ateliers Durand,,05 Oct 2023
Karim,Benali,https://www.linkedin.com/in/karim-000,,Benali,,05 Oct 2023
Zoé,Petit,,,Petit,,soon
`;
const MESSAGES = `CONVERSATION ID,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,CONTENT,FOLDER
1,Karim,https://www.linkedin.com/in/karim-000,Moi,https://www.linkedin.com/in/hector,2026-11-23 09:00:00 UTC,Oui,INBOX
2,Lea,https://www.linkedin.com/in/lea,Moi,https://www.linkedin.com/in/hector,2026-11-23 09:00:00 UTC,Oui,INBOX
`;

/** The tick that finds another one at work. */
const HELD: readonly string[] = [];

function holdLock(folder: string): void {
  const connection = openDatabase(join(folder, 'hector.db'), Date.parse(MONDAY));
  takeLease(connection, { host: 'another-machine', pid: 1 });
  connection.close();
}

/** What no rehearsal leads to: two mails of which nobody knows, of people who wait at their step. */
const DOUBTED: readonly string[] = ['1', '2'];

function doubt(folder: string): void {
  const connection = openDatabase(join(folder, 'hector.db'), Date.parse(MONDAY));
  connection.exec(`update message set state = 'uncertain', claimed_at = created_at where id in (${DOUBTED});
    update enrolment set status = 'active', step = (select step from message where enrolment_id = enrolment.id)
    where id in (select enrolment_id from message where id in (${DOUBTED}))`);
  connection.close();
}

/** Four texts that wait for approval, as Claude would have written them. */
const WAITING = ['901', '902', '903', '904'] as const;

function letWait(folder: string): void {
  const connection = openDatabase(join(folder, 'hector.db'), Date.parse(MONDAY));
  const writing = {
    ...BY_TEMPLATE,
    ...{ model: 'claude-sonnet-5-5', prompt: '1', voice: 'neutral 1', latencyMs: 900, cost: 4200 },
    disc: { profile: 'D', source: 'title' },
    tokens: { input: 1, output: 2, cacheRead: 3, cacheWrite: 4 },
    claims: [{ statement: 'vous dirigez', fact: 'title', value: 'Directrice', source: 'liste' }],
  };
  const campaignId = aCampaign(connection, { name: 'Relue', approval: 'all', mode: 'rehearsal' });
  for (const id of WAITING) {
    const enrolmentId = anEnrolment(connection, { campaignId, nextAt: null, hold: 'approval' });
    const messageId = aMessage(connection, { enrolmentId, state: 'awaiting_approval' });
    connection
      .prepare('update message set id = ?, writing = ? where id = ?')
      .run(Number(id), JSON.stringify(writing), messageId);
  }
  connection.close();
  writeFileSync(join(folder, 'text.txt'), 'Subject: Autre\n\nBonjour');
  writeFileSync(join(folder, 'sheet.csv'), 'id,decision,fingerprint\ndouze,ok,x\n');
}

/** The tick that finds a campaign whose mails came back. */
const BOUNCED: readonly string[] = [];

function complain(folder: string): void {
  const connection = openDatabase(join(folder, 'hector.db'), Date.parse(MONDAY));
  const messageId = aMessage(connection, { state: 'sent' });
  anEvent(connection, { type: 'complained', messageId });
  connection.close();
}

/** The report of a campaign that Claude has written in. */
const PAID: readonly string[] = [];

function pay(folder: string): void {
  const connection = openDatabase(join(folder, 'hector.db'), Date.parse(MONDAY));
  connection.exec(`insert into model_call (at, purpose, campaign_id, model, input_tokens, output_tokens, cache_read_tokens,
    cache_write_tokens, cost, latency_ms, result)
    select 0, 'write', campaign_id, 'claude-sonnet-5-5', 1, 1, 0, 0, 5000, 900, 'answered' from message where state = 'sent'`);
  connection.close();
}

/** The proof of a ledger that somebody has meddled with. */
const BROKEN: readonly string[] = [];

function breakLedger(folder: string): void {
  const connection = openDatabase(join(folder, 'hector.db'), Date.parse(MONDAY));
  connection.exec("update message set state = 'sent' where id = 2");
  connection.close();
}

/** The check of a database that somebody has taken apart. */
const TORN: readonly string[] = [];

function tear(folder: string): void {
  const connection = openDatabase(join(folder, 'hector.db'), Date.parse(MONDAY));
  connection.exec('pragma foreign_keys = off; drop table sender_day; delete from campaign where id = 1');
  connection.close();
}

/** What a campaign may have for itself. */
const OWN = ['--caps', 'email=40', '--sender', 'Claire Martin <claire@ads.example>'];

/** What each command is asked, in the order of a small campaign: [command, words, at]. */
const RUNS: readonly (readonly [command: string, words: readonly string[], at?: string])[] = [
  ['init', ['.']],
  ['status', []],
  ['report', []],
  ['doctor', ['--offline']],
  ['cron show', []],
  ['cron install', ['--systemd']],
  ['cron install', []],
  ['tick', []],
  ['cron show', []],
  ['cron remove', []],
  ['config show', []],
  ['db path', []],
  ['blacklist add', ['anne@refus.example', '--reason', 'sur demande']],
  ['blacklist add', ['anne@refus.example']],
  ['blacklist add', ['@parti.example', '--expires', '2026-11-30']],
  ['blacklist add', ['@parti.example', '--expires', '2026-12-31']],
  ['blacklist list', []],
  ['blacklist check', ['anne@refus.example']],
  ['campaign create', ['Printemps', '--scenario', 'connexion-douce', '--objective', 'un échange']],
  [
    'campaign create',
    ['Seconde', '--scenario', 'connexion-douce', '--from', 'list.csv', '--start', '2027-01-04'],
  ],
  ['campaign edit', ['Seconde', '--scenario', 'relance-douce', '--days', 'lun-jeu']],
  ['prospect import', ['list.csv', '--dry-run']],
  ['prospect import', ['list.csv', '--campaign', 'Printemps']],
  ['prospect import', ['more.csv', '--campaign', 'Printemps']],
  ['explain', ['Nina New']],
  ['campaign pause', ['Seconde']],
  ['explain', ['--campaign', 'Seconde']],
  ['campaign resume', ['Seconde']],
  ['campaign create', ['Relance', '--scenario', 'relance-douce']],
  ['prospect import', ['late.csv', '--campaign', 'Relance']],
  ['prepare', ['--within', '3d'], '2027-01-04T08:00:00Z'],
  ['scenario preview', ['connexion-douce', '--prospect', 'sample']],
  ['campaign create', ['Propre', '--scenario', 'connexion-douce', '--live', ...OWN]],
  ['campaign pause', ['Propre']],
  ['campaign resume', ['Propre']],
  ['tick', ['--dry-run'], '2027-01-04T09:00:00Z'],
  ['tick', ['--dry-run', '--texts'], '2027-01-04T09:00:00Z'],
  ['tick', [], '2027-01-04T09:00:00Z'],
  ['task list', []],
  ['task next', []],
  ['task later', ['1']],
  ['task list', []],
  ['task undo', ['1']],
  ['task not-found', ['1']],
  ['task undo', ['1']],
  ['task connected', ['1']],
  ['task undo', ['1']],
  ['task done', ['1']],
  ['task skip', ['2']],
  ['task accepted', ['Claire Durand']],
  ['blacklist check', ['Claire Durand']],
  ['status', []],
  ['campaign list', []],
  ['campaign show', ['Seconde']],
  ['campaign show', ['Propre']],
  ['prospect pause', ['Nina New']],
  ['prospect resume', ['Nina New']],
  ['prospect add', ['--name', 'Zoé Roux', '--email', 'zoe@roux.example', '--campaign', 'Printemps']],
  [
    'prospect add',
    ['--name', 'Rémi Roux', '--email', 'remi@roux.example', '--set', 'ca=3', '--campaign', 'Seconde'],
  ],
  ['prospect edit', ['Rémi Roux', '--title', 'DAF']],
  ['prospect pause', ['Rémi Roux', 'Anne Refus', '--yes']],
  ['prospect resume', ['Rémi Roux', 'Anne Refus', '--yes']],
  ['prospect move', ['Rémi Roux', 'Anne Refus', '--to', 'Printemps', '--yes']],
  ['prospect show', ['Rémi Roux']],
  ['prospect list', []],
  ['prospect show', ['Claire Durand'], '2027-01-04T09:30:00Z'],
  ['prospect show', ['Anne Refus']],
  ['prospect show', ['Nina New']],
  ['reply add', ['Claire Durand', '--text', 'Oui', '--meeting'], '2027-01-04T10:00:00Z'],
  ['reply add', ['Karim Benali', '--text', 'Non', '--opt-out'], '2027-01-04T10:00:00Z'],
  ['report', [], TUESDAY],
  ['report', PAID],
  ['explain', ['Claire Durand'], '2027-01-04T11:00:00Z'],
  ['explain', ['--campaign', 'Seconde'], '2027-01-04T11:00:00Z'],
  ['prospect export', []],
  ['prospect export', ['people.json']],
  ['blacklist check', ['@parti.example'], TUESDAY],
  ['blacklist check', ['@parti.example'], '2027-01-04T11:00:00Z'],
  ['blacklist import', ['oppositions.csv', '--dry-run']],
  ['blacklist import', ['oppositions.csv']],
  ['blacklist export', ['--hash', 'sha256']],
  ['gdpr export', ['Olga Over', '--output', 'requests'], '2027-01-04T11:00:00Z'],
  ['gdpr export', ['Karim Benali'], '2027-01-04T11:00:00Z'],
  ['blacklist add', [createHash('sha256').update('anne@refus.example').digest('hex')]],
  ['blacklist remove', ['anne@refus.example']],
  ['blacklist remove', ['anne@refus.example']],
  ['prospect edit', ['Zoé Roux', '--email', 'zoe@parti.example']],
  ['prospect remove', ['Olga Over', '--yes']],
  ['scenario list', []],
  ['scenario show', ['connexion-douce']],
  ['scenario show', ['essai']],
  ['scenario lint', ['essai']],
  ['voice list', []],
  ['voice show', ['groupe-services']],
  ['voice show', []],
  ['scenario copy', ['relance-agressive']],
  ['completion', ['zsh']],
  ['voice copy', []],
  ['voice lint', ['neutral']],
  ['task next', ['--campaign', 'Relance']],
  ['prospect import', ['--undo', '4']],
  ['blacklist check', ['nobody@nowhere.example']],
  ['reply add', ['Luc Roy', '--text', 'Bonjour']],
  ['linkedin import', ['Connections.csv', 'messages.csv', '--dry-run'], TUESDAY],
  ['message list', ['--state', 'sent']],
  ['message show', ['1']],
  ['message mark-sent', DOUBTED.slice(0, 1)],
  ['message retry', [...DOUBTED.slice(1), '--yes']],
  ['message review', []],
  ['message export', []],
  ['message edit', [WAITING[0], '--file', 'text.txt']],
  ['message rewrite', [WAITING[1], '--remark', 'plus court']],
  ['message approve', [...WAITING.slice(0, 2), '1']],
  ['message reject', [WAITING[2], '--reason', 'non']],
  ['message show', [WAITING[2]]],
  ['message import', ['sheet.csv', '--dry-run']],
  ['tick', BOUNCED],
  ['status', []],
  ['gdpr erase', ['Karim Benali', '--dry-run'], '2027-01-04T12:00:00Z'],
  ['gdpr erase', ['Karim Benali', '--yes'], '2027-01-04T12:00:00Z'],
  ['gdpr purge', ['--older-than', '90d'], '2027-12-01T09:00:00Z'],
  ['demo', ['--folder', 'demo']],
  ['db backup', ['mine.db']],
  ['db restore', ['mine.db', '--yes']],
  ['db backup', ['--keep', '1'], TUESDAY],
  ['db backup', ['--keep', '1'], '2026-11-25T09:00:00Z'],
  ['db check', []],
  [
    'campaign create',
    ['Plus tard', '--scenario', 'connexion-douce', '--from', 'all', '--objective', 'a', '--live', '--draft'],
  ],
  ['campaign list', []],
  ['campaign delete', ['Plus tard', '--yes']],
  ['campaign complete', ['Relance', '--yes']],
  ['verify', []],
  ['verify', BROKEN],
  ['db check', TORN],
  ['tick', HELD],
  ['prospect remove', ['--where', 'q=@firme-', '--yes']],
];

/** A crontab program that keeps what it is given in the folder. */
const CRONTAB = (folder: string): string => `#!/bin/sh
if [ "$1" = -l ]; then [ -f '${folder}/kept' ] && exec /bin/cat '${folder}/kept'; echo 'no crontab for x' >&2; exit 1; fi
/bin/cat > '${folder}/kept'
`;

const seen = new Map<string, Leaf[]>();
const documented = documentedKeys(readFileSync('docs/json.md', 'utf8'));
const verbs = (await allVerbs()).map(({ path }) => path);

beforeAll(async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'list.csv'), LIST);
  for (const [command, words, at = MONDAY] of RUNS) {
    if (words === HELD) holdLock(folder);
    if (words === PAID) pay(folder);
    if (words === BROKEN) breakLedger(folder);
    if (words === TORN) tear(folder);
    if (words === BOUNCED) complain(folder);
    if (command === 'message mark-sent') doubt(folder);
    if (command === 'message review') letWait(folder);
    const output = await printed(folder, at, [...command.split(' '), ...words]);
    if (command === 'init') prepare(folder);
    seen.set(command, [...(seen.get(command) ?? []), ...leavesOf(output)]);
  }
});

function prepare(folder: string): void {
  mkdirSync(join(folder, 'scenarios'));
  writeFileSync(join(folder, 'scenarios', 'essai.yaml'), SCENARIO);
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'bin', 'crontab'), CRONTAB(folder));
  chmodSync(join(folder, 'bin', 'crontab'), 0o755);
  writeFileSync(join(folder, 'Connections.csv'), CONNECTIONS);
  writeFileSync(join(folder, 'messages.csv'), MESSAGES);
  writeFileSync(join(folder, 'more.csv'), 'Prénom;Nom;E-mail;Fonction\nNina;New;nina@new.example;DAF\n');
  writeFileSync(
    join(folder, 'oppositions.csv'),
    'kind;value;motif\nemail;paul@non.example;a dit non\nfusée;x;\n',
  );
  writeFileSync(join(folder, 'late.csv'), 'Prénom;Nom;E-mail\nOlga;Over;olga@over.example\n');
}

it('names every command, and no other', () => {
  expect([...documented.keys()].sort()).toEqual([...verbs].sort());
});

describe.each(verbs)('hector %s --json', (command) => {
  const keys = documented.get(command) ?? [];

  it('prints documented keys, of the documented types', () => {
    const leaves = seen.get(command) ?? [];
    expect(leaves.length).toBeGreaterThan(0);
    const strange = leaves.filter(({ path, type }) => {
      const own = keys.filter((key) => matches(key, path));
      if (type === 'null') return !own.some(({ types }) => types.includes('null')) && !isAboveAny(path);
      if (type === 'empty[]') return !own.some(({ types }) => types.some(isList)) && !isAboveAny(path);
      return !own.some(({ types }) => types.includes(type) || types.includes('any'));
    });
    expect(strange).toEqual([]);

    function isAboveAny(path: string): boolean {
      return keys.some((key) => isAbove(key, path));
    }
  });

  it('prints every documented key, in one run or another', () => {
    const paths = (seen.get(command) ?? []).map(({ path }) => path);
    // Names that depend on what happens: some of them are enough, or none where nothing happened.
    const fixed = keys.filter(({ pattern }) => !pattern.includes('*'));
    const unseen = fixed.filter((key) => !paths.some((path) => matches(key, path)));
    expect(unseen.map(({ pattern }) => pattern)).toEqual([]);
  });
});

const isList = (type: string): boolean => type.endsWith('[]');
