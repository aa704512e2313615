import { describe, expect, it } from 'vitest';
import { until } from './hector.ts';
import {
  contradictions,
  type LiveCampaign,
  liveCampaign,
  nextDate,
  reached,
  runToEnd,
  setClock,
} from './live-campaign.ts';

const PEOPLE = 40;
const SIGNALS: [NodeJS.Signals][] = [['SIGINT'], ['SIGTERM']];

/** The day of the SMS, one call for each person. */
async function onTheDayOfTheSms(): Promise<LiveCampaign> {
  const campaign = await liveCampaign(PEOPLE);
  await campaign.work.ok('tick');
  setClock(campaign, nextDate(campaign.work) ?? 0);
  return campaign;
}

const states = ({ work }: LiveCampaign): Record<string, number> =>
  Object.fromEntries(
    work
      .rows<{ state: string; n: number }>(
        "select state, count(*) as n from message where channel = 'sms' group by state",
      )
      .map(({ state, n }) => [state, n]),
  );

describe('a tick that is asked to stop', () => {
  it.each(SIGNALS)(
    '%s: what is under way is ended and recorded, nothing else begun; exit 130',
    async (signal) => {
      const campaign = await onTheDayOfTheSms();
      const { child, ended } = campaign.work.start('tick');
      campaign.gates.phone.at({ call: 8, when: 'accepted', act: () => void child.kill(signal) });
      const ran = await ended;
      campaign.gates.phone.at(null);
      expect(ran).toMatchObject({ code: 130, signal: null });
      expect(ran.stderr).toMatch(/^([^\n]+\n)?$/);
      const { sent = 0, ready = 0, ...others } = states(campaign);
      expect(others).toEqual({});
      expect(sent).toBeGreaterThanOrEqual(8);
      expect(sent).toBeLessThan(PEOPLE);
      expect(sent + ready).toBeLessThanOrEqual(PEOPLE);
      expect(campaign.phone.accepted).toHaveLength(sent);
      expect(campaign.work.rows('select * from lease')).toEqual([]);
      expect(campaign.work.rows('select * from tick where finished_at is null')).toEqual([]);
      await runToEnd(campaign);
      expect(await contradictions(campaign)).toEqual([]);
      expect(reached(campaign).size).toBe(2 * PEOPLE);
    },
  );

  it.each(SIGNALS)('%s twice: it stops at once, though a call hangs', async (signal) => {
    const campaign = await onTheDayOfTheSms();
    const { child, ended } = campaign.work.start('tick');
    let hangs = false;
    let release: () => void = () => undefined;
    const hanging = new Promise<void>((resolve) => {
      release = resolve;
    });
    campaign.gates.phone.at({
      call: 3,
      when: 'accepted',
      act: () => {
        hangs = true;
        return hanging;
      },
    });
    await until('a call hangs', () => hangs);
    child.kill(signal);
    // The first is taken in before the second comes: the others under way are recorded.
    await until('the others are recorded', () => (states(campaign).sending ?? 0) === 1);
    child.kill(signal);
    const ran = await ended;
    release();
    campaign.gates.phone.at(null);
    expect(ran).toEqual({ code: null, signal, stdout: '', stderr: '' });
    expect(states(campaign).sending).toBe(1);
    await runToEnd(campaign);
    expect(await contradictions(campaign)).toEqual([]);
  });
});
