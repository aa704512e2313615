import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { campaigns } from '../../src/commands/doctor/campaigns.ts';
import type { Check } from '../../src/commands/doctor/check.ts';
import { leftovers } from '../../src/commands/doctor/leftovers.ts';
import { aCampaign, DAY, HOUR, NOW } from '../builders.ts';
import { type TestContext, testContext } from '../context.ts';

const look = ({ look }: Check, { context }: TestContext) =>
  look({ context, config: null, offline: true, providers: async () => [] });

function file(path: string, age: number) {
  writeFileSync(path, '', { mode: 0o600 });
  utimesSync(path, (NOW - age) / 1000, (NOW - age) / 1000);
}

it('the doctor names what killed backups and restores have left, and old copies, not what is at work', async () => {
  const test = testContext();
  const backups = join(test.folder, 'backups');
  mkdirSync(backups);
  const part = join(backups, '.hector.db-0123456789ab.part');
  const salvaged = join(test.folder, 'hector.db.salvaged');
  for (const path of [part, salvaged]) file(path, 2 * HOUR);
  file(join(test.folder, 'hector.db.restoring'), HOUR / 2);
  file(join(backups, 'before-restore-20261001-000000.db'), 40 * DAY);
  file(join(backups, 'before-restore-20261120-000000.db'), 3 * DAY);
  const found = await look(leftovers, test);
  expect(found.map(({ what, cure }) => [what.split(' ').slice(0, 5).join(' '), cure])).toEqual([
    [`${salvaged} is left of a`, `rm ${salvaged}`],
    [`${part} is left of a`, `rm ${part}`],
    ['1 database from before a', `ls -l ${backups}`],
  ]);
  expect(await look(leftovers, testContext())).toEqual([]);
});

it('the doctor says which campaigns were paused without a person, and why', async () => {
  const test = testContext();
  const connection = await test.context.connection();
  aCampaign(connection, { name: 'Été 2026', status: 'paused' });
  aCampaign(connection, { status: 'paused' });
  connection.exec("update campaign set pause_reason = 'the database was restored' where id = 1");
  expect(await look(campaigns, test)).toMatchObject([
    {
      ...{ status: 'warn', what: 'Été 2026 is paused: the database was restored' },
      cure: "hector campaign show 'Été 2026'",
    },
  ]);
});
