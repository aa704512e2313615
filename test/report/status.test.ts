import { describe, expect, test } from 'vitest';
import type { Connection } from '../../src/db/connection.ts';
import { createStatusStore } from '../../src/db/status-store.ts';
import { aCampaign, anEnrolment, DAY, HOUR, NOW, testDatabase } from '../builders.ts';

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
