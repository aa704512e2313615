import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createCampaign, launchable } from '../../src/commands/campaign/create/launch.ts';
import { reviewOf } from '../../src/commands/campaign/create/review.ts';
import { confirmSent } from '../../src/commands/task/confirm.ts';
import { daysOf, linkedinWork } from '../../src/engine/forecast/summary.ts';
import type { CampaignAnswers } from '../../src/engine/ports/campaign-drafts.ts';
import { aCampaign, aMessage, anEnrolment, aProspect, type ProspectOverrides } from '../builders.ts';
import { settings, type TickWorkspace, tickWorkspace } from '../tick/workspace.ts';

const HOUR = 3_600_000;
/** Monday 7 December 2026, 08:00 in Paris: Christmas and the new year lie ahead. */
const START = Date.UTC(2026, 11, 7, 7);

const ALL: ProspectOverrides = { consent: 'salon 2026' };
const PEOPLE: readonly ProspectOverrides[] = [
  ALL,
  { ...ALL, linkedin: null },
  { ...ALL, email: null },
  { mobile: null },
  { email: 'paul@gmail.com' },
  { ...ALL, zip: '97400', mobile: '+262692123456' },
  { ...ALL, linkedin: null, email: null },
];

/** LinkedIn alone, so that it can be live without any provider. */
const BY_HAND = `slug: a-la-main
name: À la main
description: Deux messages
target: tout le monde
duration_days: 10
steps:
  - { id: invitation, channel: linkedin, kind: invitation, objective: a, prompt: b, template: default/invitation, expires: 20d }
  - { id: suite, wait: 2d, channel: linkedin, kind: message, objective: a, prompt: b, template: default/message, when: { accepted: true, within: 4d }, otherwise: stop }
`;

interface Row {
  person: number;
  step: string;
  channel: string;
  date: string;
}

async function space(people: readonly ProspectOverrides[], more = ''): Promise<TickWorkspace> {
  const found = await tickWorkspace({ now: START, settings: settings({ more }) });
  mkdirSync(join(found.folder, 'scenarios'));
  writeFileSync(join(found.folder, 'scenarios', 'a-la-main.yaml'), BY_HAND);
  for (const facts of people) aProspect(found.connection, { createdAt: START, ...facts });
  return found;
}

const dateIn = (at: number, zone = 'Europe/Paris'): string =>
  new Date(at).toLocaleDateString('sv-SE', { timeZone: zone });

async function foreseen(context: TickWorkspace['context'], answers: CampaignAnswers, accepted: boolean) {
  const review = await reviewOf(context, answers);
  const { touches } = accepted ? review.accepted : review.ignored;
  return touches.map(
    ({ personId, step, channel, at }): Row => ({ person: personId, step, channel, date: dateIn(at) }),
  );
}

/**
 * A tick at each full hour at which somebody is due, every text pasted at once, every invitation accepted at once or none.
 * The ticks in between find nobody.
 */
async function lived(work: TickWorkspace, answers: CampaignAnswers, accepted: boolean, days: number) {
  await createCampaign(work.context, launchable(answers));
  const tasks = await work.context.stores.tasks();
  const next = work.connection
    .prepare<[], number | null>("select min(next_at) from enrolment where status = 'active'")
    .pluck();
  for (let at = START; at < START + days * DAY; ) {
    work.setClock(at);
    await work.tick();
    for (const task of await tasks.list({ campaign: null, channel: null }, null)) {
      await confirmSent(work.context, tasks, task, task.body);
      if (accepted && task.kind === 'invitation') await tasks.accepted(task.prospect.id, work.context.now());
    }
    const due = next.get() ?? Number.POSITIVE_INFINITY;
    at = START + Math.max(at - START + HOUR, Math.ceil((due - START) / HOUR) * HOUR);
  }
  const rows = work.connection
    .prepare<[], { person: number; step: string; channel: string; at: number }>(
      'select prospect_id as person, step, channel, sent_at as at from message where sent_at is not null',
    )
    .all();
  return rows.map(({ at, ...row }): Row => ({ ...row, date: dateIn(at) }));
}

const sorted = (rows: readonly Row[]): string[] =>
  rows.map(({ person, step, channel, date }) => `${date} ${person} ${channel} ${step}`).sort();

describe('the forecast agrees with what the ticks then do', () => {
  it.each([
    ['connexion-douce', true],
    ['connexion-douce', false],
    ['relance-agressive', true],
  ] as const)('%s, invitations accepted: %s', async (scenario, accepted) => {
    const work = await space(PEOPLE);
    const answers: CampaignAnswers = {
      ...{ name: 'Essai', scenario, from: ['all'], mode: 'rehearsal', days: 'lun-ven', hours: '9h-18h' },
      daysOff: '2026-12-24..2026-12-31',
    };
    const before = sorted(await foreseen(work.context, answers, accepted));
    expect(before.length).toBeGreaterThan(15);
    expect(before).toEqual(sorted(await lived(work, answers, accepted, 40)));
  });

  it('a live campaign with caps of its own, and a ramp: as many a day, of each kind', async () => {
    const people = Array.from({ length: 23 }, () => ALL);
    const work = await space(
      people,
      'linkedin: { invitations: { day: 5, week: 12 }, messages: { day: 3, week: 100 }, ramp: { 1: 40, 5: 100 } }',
    );
    const answers: CampaignAnswers = {
      ...{
        name: 'Essai',
        scenario: 'a-la-main',
        from: ['all'],
        mode: 'live',
        caps: 'invitation=4 linkedin=2',
      },
    };
    const counts = (rows: readonly Row[]) => {
      const byDay: Record<string, number> = {};
      for (const { date, step } of rows) byDay[`${date} ${step}`] = (byDay[`${date} ${step}`] ?? 0) + 1;
      return Object.fromEntries(Object.entries(byDay).sort());
    };
    const before = counts(await foreseen(work.context, answers, true));
    expect(before['2026-12-07 invitation']).toBe(2);
    expect(before).toEqual(counts(await lived(work, answers, true, 40)));
  });

  it('writes nothing', async () => {
    const work = await space(PEOPLE);
    const dump = () =>
      ['prospect', 'campaign', 'enrolment', 'message', 'event', 'scenario_version', 'import_run'].map(
        (table) => work.rows(`select * from ${table}`),
      );
    const before = dump();
    writeFileSync(join(work.folder, 'list.csv'), 'email\nnina@new.example\n');
    const answers: CampaignAnswers = {
      name: 'Essai',
      scenario: 'connexion-douce',
      from: ['all', 'list.csv'],
    };
    const { selection } = await reviewOf(work.context, answers);
    expect(selection.count).toBe(PEOPLE.length + 1);
    expect(dump()).toEqual(before);
  });
});

it('room of the week comes back on the day on which it was used, and not before', async () => {
  const work = await space(
    Array(3).fill({ ...ALL, company: 'Durand' }),
    'linkedin: { invitations: { day: 5, week: 3 }, ramp: off }',
  );
  const campaignId = aCampaign(work.connection, { status: 'completed' });
  for (const ago of [6, 4])
    aMessage(work.connection, {
      enrolmentId: anEnrolment(work.connection, { campaignId, status: 'completed' }),
      ...{ channel: 'linkedin', kind: 'invitation', sender: 'linkedin', state: 'sent' },
      sentAt: START - ago * DAY,
    });
  const answers = {
    name: 'Essai',
    scenario: 'a-la-main',
    from: ['where:company=Durand'],
    mode: 'live',
  } as const;
  const touches = await foreseen(work.context, answers, false);
  expect(touches.map(({ date }) => date)).toEqual(['2026-12-07', '2026-12-08', '2026-12-10']);
});

it('counts LinkedIn work by the day, on the days that have any', () => {
  const touch = (at: number, channel: 'linkedin' | 'email') => ({
    ...({ personId: 1, step: 'a', channel, at, kind: channel === 'email' ? 'email' : 'invitation' } as const),
  });
  const touches = [
    touch(0, 'linkedin'),
    touch(1, 'linkedin'),
    touch(DAY, 'email'),
    touch(2 * DAY, 'linkedin'),
  ];
  const days = daysOf({ touches, unfinished: 0 }, { dateOf: (at) => String(Math.floor(at / DAY)) }, 'UTC');
  expect(days.map(({ channels, invitations }) => [channels.linkedin, invitations])).toEqual([
    [2, 2],
    [0, 0],
    [1, 1],
  ]);
  expect(linkedinWork(days)).toEqual({ most: 3, usual: 2.25 });
});

const DAY = 24 * HOUR;
