import fc from 'fast-check';
import type { CampaignCaps } from '../../src/engine/limits/campaign-caps.ts';
import { type Approval, CHANNELS, type Channel } from '../../src/engine/model.ts';
import type { Scenario, Step } from '../../src/engine/scenario/scenario.ts';
import { scenarioSchema } from '../../src/engine/scenario/schema.ts';
import { KINDS_OF } from '../../src/engine/texts/kinds.ts';
import { aScenario, aStep, DAY, HOUR, type ProspectOverrides } from '../builders.ts';
import { ACTS, type Answer, type Input, type Round, SAID, type Story, type StoryCaps } from './story.ts';

const channel = fc.constantFrom<Channel>(...CHANNELS);
const wait = fc.constantFrom('0d', '1h', '6h', '1d', '2d', '1bd', '2bd', '4d');

const when = fc.record(
  {
    fact: fc.constantFrom('accepted', 'delivered'),
    value: fc.boolean(),
    within: fc.option(wait, { nil: undefined }),
    otherwise: fc.constantFrom('skip', 'stop', 'goto'),
    to: fc.nat(4),
  },
  { noNullPrototype: true },
);

const step = fc.record({
  channel: fc.constantFrom<Step['channel']>('email', 'email', 'sms', 'linkedin', 'auto'),
  wait,
  when: fc.option(when, { nil: null, freq: 1 }),
  fallback: fc.uniqueArray(channel, { maxLength: 2 }),
  also: fc.oneof(
    { weight: 2, arbitrary: fc.constant<Channel[]>([]) },
    fc.uniqueArray(channel, { maxLength: 2 }),
  ),
  expires: fc.constantFrom('5d', '5d', '1d', '3bd', '6h'),
});

const scenario = fc
  .record({
    steps: fc.array(step, { minLength: 1, maxLength: 5, size: 'max' }),
    companyStop: fc.constantFrom<Scenario['company_stop']>('reply', 'off'),
  })
  .map(({ steps, companyStop }) =>
    scenarioSchema.parse(
      aScenario({
        company_stop: companyStop,
        steps: steps.map((each, index) => stepOf(each, index, steps.length)),
      }),
    ),
  );

type StepStory = typeof step extends fc.Arbitrary<infer T> ? T : never;

function stepOf(
  { channel: own, when: asked, fallback, also, ...rest }: StepStory,
  index: number,
  count: number,
): Step {
  const carrier: Channel = own === 'auto' ? 'linkedin' : own;
  const target = index + 1 + ((asked?.to ?? 0) % Math.max(1, count - index - 1));
  const jump = target < count ? `goto step-${target}` : 'skip';
  return aStep({
    ...rest,
    id: `step-${index}`,
    channel: own,
    kind: KINDS_OF[carrier][0],
    fallback: fallback.filter((each) => each !== own),
    also: own === 'auto' ? [] : also.filter((each) => each !== own && !fallback.includes(each)),
    ...(asked
      ? {
          when: { [asked.fact]: asked.value, ...(asked.within ? { within: asked.within } : {}) },
          otherwise: asked.otherwise === 'goto' ? jump : asked.otherwise,
        }
      : {}),
  });
}

const campaign = fc.record({
  scenario,
  days: fc.constantFrom<number[][]>(
    [1, 2, 3, 4, 5],
    [1, 2, 3, 4, 5],
    [1, 2, 3, 4, 5, 6, 7],
    [6, 7],
    [7],
    [2],
  ),
  hours: fc.constantFrom<[number, number][]>([540, 1080], [540, 1080], [0, 1440], [600, 660], [1140, 1320]),
  approval: fc.constantFrom<Approval>('off', 'off', 'all', 'all', 'first', 'ai'),
  own: fc.constantFrom<CampaignCaps[]>({}, {}, { email: 1 }, { email: 2, sms: 1, linkedin: 2 }),
  sender: fc.constantFrom(0, 0, 1, 2),
  timezone: fc.constantFrom('Europe/Paris', 'Europe/Paris', 'America/Martinique', 'Pacific/Noumea'),
});

const WHEREABOUTS: ProspectOverrides[] = [
  {},
  {},
  { zip: '67000' },
  { zip: '97200' },
  { country: 'BE' },
  { timezone: 'America/New_York' },
  { timezone: 'Pacific/Auckland' },
];

const person = fc
  .record({
    where: fc.constantFrom(...WHEREABOUTS),
    lacks: fc.oneof(
      { weight: 2, arbitrary: fc.constant<('email' | 'mobile' | 'linkedin')[]>([]) },
      fc.uniqueArray(fc.constantFrom<('email' | 'mobile' | 'linkedin')[]>('email', 'mobile', 'linkedin'), {
        maxLength: 2,
      }),
    ),
    consent: fc.constantFrom('salon 2026', 'salon 2026', 'salon 2026', null),
    companyKey: fc.constantFrom(null, null, null, 'siren:100000009'),
    campaigns: fc.tuple(fc.boolean(), fc.boolean()),
  })
  .map(({ where, lacks, consent, companyKey, campaigns }) => ({
    facts: { ...where, ...Object.fromEntries(lacks.map((name) => [name, null])), consent, companyKey },
    campaigns,
  }));

const input: fc.Arbitrary<Input> = fc.oneof(
  fc.record({ input: fc.constantFrom('reply', 'opt_out', 'meeting', 'blacklist'), person: fc.nat(5) }),
  {
    weight: 2,
    arbitrary: fc.record({
      input: fc.constantFrom('pause', 'resume', 'resume', 'accept'),
      person: fc.nat(5),
    }),
  },
  fc.record({
    input: fc.constantFrom('pause_campaign', 'resume_campaign', 'resume_campaign'),
    campaign: fc.nat(1),
  }),
  {
    weight: 5,
    arbitrary: fc.record({
      input: fc.constantFrom('task_done', 'task_done', 'task_skip', 'task_stop'),
      task: fc.nat(5),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      input: fc.constantFrom('approve', 'approve', 'approve', 'edit', 'reject'),
      draft: fc.nat(5),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ input: fc.constant('task_undo' as const), task: fc.nat(5) }),
  },
  fc.record({
    input: fc.constantFrom('pause_campaign', 'resume_campaign', 'complete_campaign'),
    campaign: fc.nat(1),
  }),
  fc.record({ input: fc.constant('rename' as const), person: fc.nat(5) }),
  fc.record({ input: fc.constant('change_sender' as const), campaign: fc.nat(1), sender: fc.nat(2) }),
  {
    weight: 2,
    arbitrary: fc.record({ input: fc.constant('prepare' as const), hours: fc.constantFrom(1, 24, 100) }),
  },
);

const answer: fc.Arbitrary<Answer> = fc.record({
  says: fc.constantFrom('sent', 'sent', ...SAID),
  arrived: fc.boolean(),
  takes: fc.constantFrom(0, 0, 0, 20 * 60_000),
});

const round: fc.Arbitrary<Round> = fc.record({
  jump: fc.oneof(
    { weight: 5, arbitrary: fc.constant<'next'>('next') },
    fc.constantFrom(600_000, HOUR, 5 * HOUR, 20 * HOUR, DAY, 3 * DAY, 8 * DAY, 25 * DAY, -HOUR),
  ),
  inputs: fc.array(input, { maxLength: 3 }),
  answers: fc.array(answer, { maxLength: 4, size: 'max' }),
  crash: fc.option(
    fc.record({
      act: fc.constantFrom(...ACTS),
      nth: fc.integer({ min: 1, max: 3 }),
      when: fc.constantFrom<'before' | 'after'>('before', 'after'),
    }),
    { nil: null, freq: 3 },
  ),
  lookUp: fc.constantFrom<Round['lookUp'][]>('truth', 'truth', 'truth', 'too_early', 'unknown', 'throws'),
  stop: fc.option(fc.integer({ min: 1, max: 10 }), { nil: null, freq: 5 }),
  meanwhile: fc.option(fc.record({ act: fc.integer({ min: 1, max: 8 }), input }), { nil: null, freq: 3 }),
  limit: fc.constantFrom(null, null, null, 1, 2),
  concurrency: fc.integer({ min: 1, max: 3 }),
});

/** Working days before a summer-time night, a winter-time night, a year's end, a leap day and a holiday. */
const STARTS = [
  '2026-11-23T09:00:00Z',
  '2027-03-26T15:00:00Z',
  '2026-10-23T14:00:00Z',
  '2026-12-30T10:00:00Z',
  '2028-02-28T10:00:00Z',
  '2026-05-07T10:00:00Z',
].map((time) => Date.parse(time));

export const story: fc.Arbitrary<Story> = fc.record({
  start: fc.constantFrom(...STARTS),
  caps: fc.constantFrom<(StoryCaps | null)[]>(
    null,
    null,
    { hour: 1, day: 2, week: 6 },
    { hour: 2, day: 2, week: 3 },
  ),
  maxAttempts: fc.constantFrom(1, 3, 10),
  campaigns: fc.array(campaign, { minLength: 1, maxLength: 2 }),
  people: fc.array(person, { minLength: 1, maxLength: 6, size: 'max' }),
  rounds: fc.array(round, { minLength: 1, maxLength: 14, size: 'max' }),
});
