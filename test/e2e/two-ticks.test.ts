import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import {
  contradictions,
  type LiveCampaign,
  liveCampaign,
  nextDate,
  reached,
  runToEnd,
  setClock,
} from './live-campaign.ts';

const PEOPLE = 120;

describe('a tick that is taken for dead while it only slept', () => {
  it.each<[string, 'mail' | 'phone', number]>([
    ['mails', 'mail', 1],
    ['SMS', 'phone', 20],
  ])(
    'another takes over, and the first one stops where it was: nobody gets two %s',
    async (_, channel, call) => {
      const campaign = await liveCampaign(PEOPLE);
      if (channel === 'phone') {
        await campaign.work.ok('tick');
        setClock(campaign, nextDate(campaign.work) ?? 0);
      }
      // One call at a time, so that it does not fall asleep in the middle of a write.
      const first = campaign.work.start('tick', '--concurrency', '1');
      const asleep = new Promise<void>((resolve) =>
        campaign.gates[channel].at({
          call,
          when: 'accepted',
          act() {
            first.child.kill('SIGSTOP');
            resolve();
          },
        }),
      );
      await asleep;
      forget(campaign);
      await campaign.work.hector('tick');
      const calls = campaign.gates[channel].calls();
      first.child.kill('SIGCONT');
      const { code, stderr } = await first.ended;
      expect([0, 1]).toContain(code);
      expect(stderr).not.toMatch(/fault|SQLITE/);
      expect(campaign.gates[channel].calls()).toBe(calls);
      await runToEnd(campaign);
      expect(await contradictions(campaign)).toEqual([]);
      expect(reached(campaign).size).toBe(2 * PEOPLE);
    },
  );
});

/** As if nobody had heard of its holder for long. */
function forget({ work }: LiveCampaign): void {
  const base = new BetterSqlite3(join(work.folder, 'hector.db'));
  base.exec('update lease set heartbeat_at = 0');
  base.close();
}
