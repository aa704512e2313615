import { describe, expect, it, vi } from 'vitest';
import { openDatabase } from '../../src/db/connection.ts';
import { createReviewStore } from '../../src/db/review-store.ts';
import { aCampaign, aMessage, anEnrolment, NOW, testDatabase } from '../builders.ts';
import { NO_FILTER } from './drafts.ts';

/** So many texts that wait for approval. */
function waitingTexts(count: number) {
  const connection = testDatabase();
  const campaignId = aCampaign(connection);
  connection.transaction(() => {
    for (let index = 0; index < count; index += 1) {
      const enrolmentId = anEnrolment(connection, { campaignId, hold: 'approval', nextAt: null });
      aMessage(connection, { enrolmentId, state: 'awaiting_approval' });
    }
  })();
  return { connection, store: createReviewStore(connection, () => NOW) };
}

describe('many texts approved at once', () => {
  it('leave room in between for whoever else wants to write', async () => {
    const { connection, store } = waitingTexts(1100);
    const other = openDatabase(connection.name, NOW);
    const seen: unknown[] = [];
    const look = () => {
      const ready = other.prepare("select count(*) from message where state = 'ready'").pluck().get();
      other.exec("update campaign set objective = 'autre'");
      if (seen.push(ready) < 2) setImmediate(look);
    };
    const drafts = await store.list(NO_FILTER, null);
    setImmediate(look);
    const { approved, left } = await store.approve(drafts, NOW);
    other.close();
    expect([approved.length, left]).toEqual([1100, []]);
    expect(seen).toEqual([500, 1000]);
    expect(connection.prepare('select count(*) from enrolment where next_at is not null').pluck().get()).toBe(
      1100,
    );
  });

  it('are approved by the same few statements as one', async () => {
    const { connection, store } = waitingTexts(40);
    const drafts = await store.list(NO_FILTER, null);
    const prepare = vi.spyOn(connection, 'prepare');
    await store.approve(drafts, NOW);
    expect(prepare.mock.calls.length).toBeLessThan(10);
    expect(prepare.mock.calls.join()).not.toContain('from said');
  });
});
