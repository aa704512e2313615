import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Moment } from './gate.ts';
import { temporaryFolder, until, workspaceIn } from './hector.ts';
import {
  contradictions,
  type LiveCampaign,
  liveCampaign,
  nextDate,
  reached,
  runToEnd,
  setClock,
} from './live-campaign.ts';

const PEOPLE = 500;
/** More by HECTOR_KILL_SEEDS=20. */
const SEEDS = Number(process.env.HECTOR_KILL_SEEDS ?? 2);
const KILLS = 8;
const COPIED = 60;

/** Where a tick is killed: with so many texts stored, or at a call. */
type Point = { stored: number } | Pick<Moment, 'call' | 'when'>;

describe(`a tick of ${PEOPLE} people, killed ${KILLS} times and begun again`, () => {
  it.each(Array.from({ length: SEEDS }, (_, seed) => seed + 1))(
    'reaches each of them exactly once on each channel, or says that it cannot know (seed %i)',
    async (seed) => {
      const random = seeded(seed);
      const campaign = await liveCampaign(PEOPLE);
      let killed = 0;
      while (killed < KILLS) {
        // Half of the kills among the few calls of the mails, half among the many of the SMS.
        if (killed === KILLS / 2) await moveOn(campaign);
        if (await killAt(campaign, pointOf(random, killed < KILLS / 2))) killed += 1;
        else if (nextDate(campaign.work) === null) break;
        else await moveOn(campaign);
      }
      await runToEnd(campaign);
      expect(await contradictions(campaign)).toEqual([]);
      expect(reached(campaign).size + uncertain(campaign)).toBeGreaterThanOrEqual(2 * PEOPLE);
    },
    60_000,
  );
});

describe('a base as a power cut leaves it: copied in the middle of a tick that never goes on', () => {
  it.each<[string, 'mail' | 'phone', Moment['when'], number]>([
    ['before a batch of mails has arrived', 'mail', 'called', 1],
    ['after a batch of mails has arrived', 'mail', 'accepted', 1],
    ['before an SMS has arrived', 'phone', 'called', 25],
    ['after an SMS has arrived', 'phone', 'accepted', 25],
  ])(
    '%s: the copy is gone on with, and nobody gets anything twice',
    async (_, channel, when, call) => {
      const campaign = await liveCampaign(COPIED);
      if (channel === 'phone') await moveOn(campaign);
      const folder = temporaryFolder();
      const { child, ended } = campaign.work.start('tick');
      campaign.gates[channel].at({
        call,
        when,
        act() {
          child.kill('SIGSTOP');
          for (const file of ['hector.yaml', 'hector.db', 'hector.db-wal'])
            copyFileSync(join(campaign.work.folder, file), join(folder, file));
          child.kill('SIGKILL');
        },
      });
      expect(await ended).toMatchObject({ signal: 'SIGKILL' });
      campaign.gates[channel].at(null);
      const copy = { ...campaign, work: workspaceIn(folder, campaign.work.env) };
      await runToEnd(copy);
      expect(await contradictions(copy)).toEqual([]);
      expect(reached(copy).size + uncertain(copy)).toBeGreaterThanOrEqual(2 * COPIED);
    },
    60_000,
  );
});

/** @returns false when the tick had ended before */
async function killAt(campaign: LiveCampaign, point: Point): Promise<boolean> {
  const { work, gates } = campaign;
  const before = textsIn(campaign);
  const running = work.start('tick');
  const ended = running.ended.then(() => true);
  if ('stored' in point) {
    let over = false;
    void ended.then(() => {
      over = true;
    });
    await until('texts are stored', () => over || textsIn(campaign) >= before + point.stored, 30_000);
    running.child.kill('SIGKILL');
  } else {
    const moment: Moment = { ...point, act: () => void running.child.kill('SIGKILL') };
    for (const gate of Object.values(gates)) gate.at(moment);
  }
  const { signal } = await running.ended;
  for (const gate of Object.values(gates)) gate.at(null);
  return signal === 'SIGKILL';
}

const textsIn = ({ work }: LiveCampaign): number =>
  work.rows<{ n: number }>('select count(*) as n from message')[0]?.n ?? 0;

/** Whatever is due now is done, then the clock goes to what is due next. */
async function moveOn(campaign: LiveCampaign): Promise<void> {
  await campaign.work.hector('tick');
  const next = nextDate(campaign.work);
  if (next !== null) setClock(campaign, Math.max(campaign.clock.now, next));
}

function pointOf(random: () => number, mails: boolean): Point {
  const pick = (count: number) => 1 + Math.floor(random() * count);
  if (pick(6) === 1) return { stored: pick(3) };
  const when = (['called', 'accepted', 'answered'] as const)[pick(3) - 1] ?? 'called';
  return { call: pick(mails ? 3 : 90), when };
}

const uncertain = ({ work }: LiveCampaign): number =>
  work.rows<{ n: number }>("select count(*) as n from message where state = 'uncertain'")[0]?.n ?? 0;

/** Chance with a seed, in [0, 1): Tommy Ettinger's mulberry32 (public domain). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
