import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { status } from '../../src/commands/status.ts';
import type { Connection } from '../../src/db/connection.ts';
import { createStatusStore } from '../../src/db/status-store.ts';
import { aCampaign, anEnrolment, DAY, HOUR, NOW, testDatabase } from '../builders.ts';
import { testContext } from '../context.ts';

const read = (connection: Connection) => createStatusStore(connection).read(NOW);

describe('status', () => {
  test('counts what is due, what follows within a day, and names the next date', async () => {
    const connection = testDatabase();
    const campaignId = aCampaign(connection);
    for (const nextAt of [NOW - DAY, NOW, NOW + HOUR, NOW + DAY, NOW + DAY + 1])
      anEnrolment(connection, { campaignId, nextAt });
    expect(await read(connection)).toMatchObject({ due: 2, next24h: 2, nextAt: NOW + HOUR });
  });

  test('names the next date however far away it is, and none where nobody waits', async () => {
    const connection = testDatabase();
    expect((await read(connection)).nextAt).toBeNull();
    anEnrolment(connection, { campaignId: aCampaign(connection), nextAt: NOW + 40 * DAY });
    expect(await read(connection)).toMatchObject({ due: 0, next24h: 0, nextAt: NOW + 40 * DAY });
  });

  test.each(['paused', 'completed'] as const)(
    'leaves out the people of a campaign that is %s',
    async (status) => {
      const connection = testDatabase();
      const stopped = aCampaign(connection, { status });
      for (const nextAt of [NOW, NOW + 1, NOW + 2 * DAY])
        anEnrolment(connection, { campaignId: stopped, nextAt, hold: 'missing_variable' });
      const running = aCampaign(connection);
      for (const nextAt of [NOW, NOW + HOUR]) anEnrolment(connection, { campaignId: running, nextAt });
      expect(await read(connection)).toMatchObject({ due: 1, next24h: 1, nextAt: NOW + HOUR, held: {} });
    },
  );

  test('leaves out people who are paused or have ended', async () => {
    const connection = testDatabase();
    const campaignId = aCampaign(connection);
    for (const status of ['paused', 'replied', 'completed', 'stopped'] as const)
      anEnrolment(connection, { campaignId, status, nextAt: NOW, hold: 'too_long' });
    expect(await read(connection)).toMatchObject({ due: 0, next24h: 0, nextAt: null, held: {} });
  });

  test('counts by reason those whose text or campaign a person must mend, and nobody who merely waits', async () => {
    const connection = testDatabase();
    const campaignId = aCampaign(connection);
    for (const hold of [
      'missing_variable',
      'missing_variable',
      'window_never_opens',
      'operator',
      'not_yet_due',
      null,
    ])
      anEnrolment(connection, { campaignId, nextAt: NOW + DAY, hold });
    expect((await read(connection)).held).toEqual({ missing_variable: 2, window_never_opens: 1 });
  });
});

describe('on a terminal, status', () => {
  const shown = async (yaml: string, terminal: boolean) => {
    const test = testContext(terminal ? { columns: 200 } : {});
    appendFileSync(join(test.folder, 'hector.yaml'), yaml);
    await status(test.context);
    return { stdout: test.stdout(), stderr: test.stderr() };
  };

  test('says that no tick can run with such settings, and what is wrong', async () => {
    const { stdout, stderr } = await shown('\nemial: {}\n', true);
    expect(stdout.replace(/\s+/g, ' ')).toMatch(/Settings: \S*hector\.yaml:\d+:1 unknown key "emial"/);
    expect(stderr).toContain('No tick can run. Next: hector doctor');
  });

  test('is silent of settings that are well, and does not read them for a script', async () => {
    expect((await shown('', true)).stdout).not.toContain('Settings');
    const { stdout, stderr } = await shown('\nemial: {}\n', false);
    expect(stdout + stderr).not.toContain('emial');
  });
});
