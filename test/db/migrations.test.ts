import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { asset } from '../../src/assets.ts';
import { type Connection, openDatabase } from '../../src/db/connection.ts';
import { NOW } from '../builders.ts';

const root = mkdtempSync(join(tmpdir(), 'hector-migrations-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A file as version 0.1 made it, with one message on each channel. */
function olderFile(name: string): string {
  const file = join(root, name);
  const connection = new BetterSqlite3(file);
  const sql = readFileSync(asset('src', 'db', 'migrations', '0000_initial.sql'), 'utf8');
  for (const statement of sql.split('--> statement-breakpoint')) connection.exec(statement);
  connection.exec(`
    insert into workspace values (1, 'abc', 1);
    insert into scenario_version values (1, 'essai', 'Essai', 'h', '{}', 1);
    insert into campaign (id, name, scenario_version_id, status, mode, language, timezone, days, hours_from, hours_to,
      start_at, created_at) values (1, 'PME', 1, 'running', 'live', 'fr', 'Europe/Paris', '[1]', 540, 1080, 1, 1);
    insert into prospect (id, email, created_at, updated_at) values (1, 'claire@firme.example', 1, 1);
    insert into enrolment (id, campaign_id, prospect_id, status, step, next_at, anchor_at, created_at)
      values (1, 1, 1, 'active', 'a', 5, 1, 1);`);
  const message = connection.prepare(
    `insert into message (enrolment_id, prospect_id, campaign_id, step, channel, kind, state, mode, body, envelope, source,
       created_at, sent_at) values (1, 1, 1, ?, ?, ?, 'sent', 'live', 'x', ?, 'template', 1, 2)`,
  );
  for (const [step, channel, envelope] of [
    ['a', 'email', { from: 'Claire Durand <Claire@Ads.example>' }],
    ['b', 'email', { from: 'Claire@Ads.example' }],
    ['c', 'sms', { from: 'ADS', messagingService: null }],
    ['d', 'sms', { from: null, messagingService: 'MG1' }],
    ['e', 'linkedin', { profile: 'claire' }],
  ] as const)
    message.run(step, channel, channel, JSON.stringify(envelope));
  connection.pragma('user_version = 1');
  connection.close();
  return file;
}

const schemaOf = (connection: Connection): unknown[] =>
  connection
    .prepare("select type, name, tbl_name from sqlite_schema where name not like 'sqlite_%' order by 1, 2")
    .all();

describe('a database of an older version', () => {
  it('becomes what a new one is, and keeps everything', () => {
    const older = openDatabase(olderFile('a.db'), NOW);
    const fresh = openDatabase(join(root, 'fresh.db'), NOW);
    expect(schemaOf(older)).toEqual(schemaOf(fresh));
    expect(older.prepare('select uuid from workspace').pluck().get()).toBe('abc');
    expect(older.prepare('select next_at, days_off from enrolment, campaign').get()).toEqual({
      next_at: 5,
      days_off: '[]',
    });
    expect(older.pragma('integrity_check', { simple: true })).toBe('ok');
    older.close();
    fresh.close();
  });

  it('learns who sent its messages, by which caps are counted', () => {
    const connection = openDatabase(olderFile('b.db'), NOW);
    expect(connection.prepare('select step, sender from message order by step').raw().all()).toEqual([
      ['a', 'claire@ads.example'],
      ['b', 'claire@ads.example'],
      ['c', 'ADS'],
      ['d', 'MG1'],
      ['e', 'linkedin'],
    ]);
    connection.close();
  });

  it('learns of which scenario its messages are', () => {
    const connection = openDatabase(olderFile('d.db'), NOW);
    expect(connection.prepare('select distinct scenario from message').pluck().all()).toEqual(['essai']);
    connection.close();
  });

  it.each<[string, string, number]>([
    ['of the one that has their step, where the campaign has been given another since', 'autre', 0],
    ['of the present one all the same, where an earlier version of it had their step', 'essai', 1],
  ])('learns that messages are %s', (_, earlier, at) => {
    const file = olderFile(`${earlier}.db`);
    const older = new BetterSqlite3(file);
    const version = older.prepare('insert or replace into scenario_version values (?, ?, ?, ?, ?, ?)');
    const add = (id: number, slug: string, ids: string[], createdAt: number) =>
      version.run(
        id,
        slug,
        slug,
        `h${id}`,
        JSON.stringify({ scenario: { steps: ids.map((step) => ({ id: step })) } }),
        createdAt,
      );
    add(1, 'essai', ['z', 'b'], 3);
    add(2, earlier, ['a', 'b'], 1);
    add(3, 'ancien', ['a'], at);
    add(4, 'nouveau', ['a'], 9);
    older.close();
    const connection = openDatabase(file, NOW);
    const rows = connection.prepare(
      "select step, scenario from message where step in ('a', 'b', 'c') order by 1",
    );
    expect(rows.raw().all()).toEqual([
      ['a', earlier],
      ['b', 'essai'],
      ['c', 'essai'],
    ]);
    connection.close();
  });

  it('is not changed by a second opening', () => {
    const file = olderFile('c.db');
    openDatabase(file, NOW).close();
    const before = readFileSync(file);
    openDatabase(file, NOW).close();
    expect(readFileSync(file).equals(before)).toBe(true);
  });
});
