import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { hostname } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { expect, it } from 'vitest';
import { contents, type Ran, workspace } from './hector.ts';

const people = (from: number, to: number): string =>
  `nom;email;societe\n${Array.from({ length: to - from }, (_, n) => `Nom${from + n};p${from + n}@pme.example;Firme ${n}\n`).join('')}`;

it('two imports at once both end, and the base has the union', async () => {
  const work = workspace();
  work.write('first.csv', people(0, 12_000));
  work.write('second.csv', people(8_000, 20_000));
  await work.ok('status');
  const runs = await Promise.all([
    work.hector('prospect', 'import', 'first.csv', '--json'),
    work.hector('prospect', 'import', 'second.csv', '--json'),
  ]);
  expect(runs.map(({ code, stderr }) => ({ code, stderr }))).toEqual([
    { code: 0, stderr: '' },
    { code: 0, stderr: '' },
  ]);
  const counts = runs.map(({ stdout }) => JSON.parse(stdout));
  expect(counts.map(({ read }) => read)).toEqual([12_000, 12_000]);
  expect(counts[0].new + counts[1].new).toBe(20_000);
  expect(counts[0].unchanged + counts[1].unchanged).toBe(4_000);
  expect(work.rows('select count(*) people, count(distinct email) emails from prospect')).toEqual([
    { people: 20_000, emails: 20_000 },
  ]);
  expect(work.files()).toEqual(['first.csv', 'hector.db', 'hector.yaml', 'second.csv']);
});

it('two first commands at once make one base', async () => {
  const work = workspace();
  const runs = await Promise.all(['status', 'status', 'status'].map((word) => work.hector(word)));
  expect(runs.map(({ code }) => code)).toEqual([0, 0, 0]);
  expect(work.rows('select count(*) n from workspace')).toEqual([{ n: 1 }]);
});

it('an import and a tick at once: both end well', async () => {
  const work = workspace();
  work.write('first.csv', people(0, 100));
  work.write('second.csv', people(100, 1_500));
  await work.ok('campaign', 'create', 'PME', '--scenario', 'relance-douce', '--from', 'first.csv');
  const [imported, ticked] = await Promise.all([
    work.hector('prospect', 'import', 'second.csv', '--campaign', 'PME', '--json'),
    work.hector('tick', '--json'),
  ]);
  expect([imported.code, ticked.code]).toEqual([0, 0]);
  expect(JSON.parse(imported.stdout)).toMatchObject({ new: 1_400, enrolled: 1_400 });
  expect(JSON.parse(ticked.stdout).sent.email).toBeGreaterThanOrEqual(100);
  const sent = work.rows<{ n: number }>('select count(*) n from message group by enrolment_id having n > 1');
  expect(sent).toEqual([]);
});

it('a tick while another tick runs leaves everything to it: exit code 0', async () => {
  const work = workspace();
  await work.ok(
    'campaign',
    'create',
    'PME',
    '--scenario',
    'relance-douce',
    '--from',
    work.write('p.csv', people(0, 3)),
  );
  // A live process on this machine holds the lease.
  const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  await once(other, 'spawn');
  const base = new BetterSqlite3(join(work.folder, 'hector.db'));
  base
    .prepare("insert into lease (name, host, pid, heartbeat_at) values ('tick', ?, ?, ?)")
    .run(hostname(), other.pid, Date.now());
  const before = contents(work);
  expect(await work.hector('tick')).toMatchObject({ code: 0, stdout: '', stderr: '' });
  expect(JSON.parse((await work.ok('tick', '--json')).stdout)).toEqual({
    ran: false,
    reason: 'another tick is running',
  });
  expect(contents(work)).toEqual(before);
  other.kill();
  await once(other, 'exit');
  // Its holder is dead: the next one takes over.
  expect(JSON.parse((await work.ok('tick', '--json')).stdout)).toMatchObject({
    ran: true,
    sent: { email: 3 },
  });
  base.close();
});

it('two ticks, a large import and somebody who looks at it all: nobody reads of a lock', async () => {
  const work = workspace();
  work.write('first.csv', people(0, 600));
  work.write('large.csv', people(600, 20_600));
  await work.ok('campaign', 'create', 'PME', '--scenario', 'relance-douce', '--from', 'first.csv');
  let over = false;
  const runs: Ran[] = [];
  const keepOn = async (...words: string[]): Promise<void> => {
    while (!over) runs.push(await work.hector(...words));
  };
  const looking = [
    keepOn('report', '--json'),
    keepOn('status', '--json'),
    keepOn('tick', '--json'),
    keepOn('tick'),
  ];
  const imported = await work.hector('prospect', 'import', 'large.csv', '--json');
  over = true;
  await Promise.all(looking);
  expect(imported).toMatchObject({ code: 0, stderr: '' });
  expect(runs.length).toBeGreaterThan(8);
  expect(runs.filter(({ code, stderr }) => code !== 0 || stderr !== '')).toEqual([]);
  const twice = 'select count(*) n from message group by enrolment_id, step having n > 1';
  expect(work.rows(twice)).toEqual([]);
  expect(work.rows('select count(*) n from prospect')).toEqual([{ n: 20_600 }]);
  await work.ok('verify');
});
