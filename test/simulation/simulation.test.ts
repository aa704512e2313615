import fc from 'fast-check';
import { expect, it } from 'vitest';
import { verifyLedger } from '../../src/engine/verify/ledger.ts';
import { story } from './arbitraries.ts';
import { happen } from './inputs.ts';
import { Ledger } from './ledger.ts';
import { broken } from './rules.ts';
import type { Round, Story } from './story.ts';
import { tick } from './tick.ts';
import { openWorld, type World } from './world.ts';

/** More by HECTOR_STORIES=2000, others by HECTOR_SEED=7. */
const STORIES = Number(process.env.HECTOR_STORIES ?? 150);
const SEED = Number(process.env.HECTOR_SEED ?? 20261123);

it(`${STORIES} stories: nothing twice, nothing after no, nothing outside its hours, nothing unread, nobody lost`, {
  timeout: 60_000 + STORIES * 400,
}, async () => {
  await fc.assert(fc.asyncProperty(story, play), { numRuns: STORIES, seed: SEED });
});

async function play(told: Story): Promise<void> {
  const world = await openWorld(told);
  try {
    const ledger = new Ledger(world.connection);
    for (const round of told.rounds) {
      jump(world, round.jump);
      for (const input of round.inputs) await happen(world, ledger, input);
      const ended = await tick(world, ledger, round);
      expect(broken(world, ledger, ended)).toEqual([]);
    }
    await finish(world, ledger);
    if (alwaysForward(told)) expect(await verified(world)).toEqual([]);
  } finally {
    await world.close();
  }
}

/** `verify` has the times of a blacklist only, so that a clock that was put back makes an entry look older. */
const alwaysForward = ({ rounds }: Story): boolean => rounds.every(({ jump: by }) => by === 'next' || by > 0);

/** What `hector verify` finds in the base. */
async function verified({ context }: World): Promise<unknown[]> {
  const [store, calendar] = await Promise.all([context.stores.verify(), context.calendar()]);
  const { checks } = await verifyLedger({ store, calendar, timezone: 'Europe/Paris', limit: 10 });
  return checks.flatMap(({ rows }) => rows);
}

function jump(world: World, by: Round['jump']): void {
  const next = by === 'next' ? Math.max(world.now(), nextDate(world) ?? 0) : world.now() + by;
  world.setClock(next);
}

/** Who can never be reached in the hours of the campaign is looked at again each day: a person has to mend that. */
const nextDate = ({ connection }: World): number | null =>
  connection
    .prepare<[], number | null>(
      "select min(next_at) from enrolment where status = 'active' and hold is not 'window_never_opens'",
    )
    .pluck()
    .get() ?? null;

const QUIET: Round = {
  jump: 'next',
  inputs: [],
  answers: [],
  lookUp: 'truth',
  crash: null,
  meanwhile: null,
  stop: null,
  limit: null,
  concurrency: 1,
};
/** Twice as many as the longest story with one touch a day and all its retries has ever needed. */
const PATIENCE = 120;

/** Everything goes well from here on, and the operator does what is asked: then everybody comes to an end. */
async function finish(world: World, ledger: Ledger): Promise<void> {
  for (let index = 0; index < world.campaigns.length; index += 1)
    await happen(world, ledger, { input: 'resume_campaign', campaign: index });
  for (let index = 0; index < world.people.length; index += 1)
    await happen(world, ledger, { input: 'resume', person: index });
  for (let ticks = 0; ticks < PATIENCE; ticks += 1) {
    jump(world, 'next');
    const ended = await tick(world, ledger, QUIET);
    expect(broken(world, ledger, ended)).toEqual([]);
    while (await hasTask(world)) await happen(world, ledger, { input: 'task_done', task: 0 });
    while (await hasDraft(world)) await happen(world, ledger, { input: 'approve', draft: 0 });
    if (stillOpen(world).length === 0) return;
  }
  expect(stillOpen(world)).toEqual([]);
}

const hasTask = async ({ context }: World): Promise<boolean> =>
  (await (await context.stores.tasks()).list({ campaign: null, channel: null }, 1)).length > 0;

const hasDraft = async ({ context }: World): Promise<boolean> =>
  (await (await context.stores.reviews()).count({ campaign: null, channel: null, step: null })) > 0;

const stillOpen = ({ connection }: World): unknown[] =>
  connection
    .prepare<[]>(
      "select id, status, step, next_at, hold from enrolment where status in ('active', 'paused') and hold is not 'window_never_opens'",
    )
    .all();
