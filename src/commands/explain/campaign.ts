import type { Context } from '../../context.ts';
import { campaignRules } from '../../engine/explain/campaign.ts';
import type { Rule } from '../../engine/explain/explain.ts';
import { SENTENCES } from '../../engine/explain/sentences.ts';
import type { Crowd, Group } from '../../engine/ports/explain.ts';
import { type Column, printJson, printTable } from '../../io/table.ts';
import { dateTimeIn, isoOrNull } from '../../io/time.ts';
import { printable } from '../../io.ts';
import { lastTickJson, lastTickText, ruleJson, ruleText } from './rule.ts';

export async function explainCampaign(context: Context, name: string): Promise<void> {
  const now = context.now();
  const [store, calendar, { country }] = await Promise.all([
    context.stores.explain(),
    context.calendar(),
    context.config(),
  ]);
  const crowd = await store.crowd(name, now);
  const rules = campaignRules(crowd, calendar, { country, now });
  if (context.json) printJson(context.io, crowdJson(crowd, rules));
  else await printCrowd(context, crowd, rules);
}

const crowdJson = ({ campaign, groups, ended, lastTick }: Crowd, rules: readonly Rule[]) => ({
  campaign: campaign.name,
  status: campaign.status,
  mode: campaign.mode,
  timezone: campaign.timezone,
  rules: rules.map(ruleJson),
  groups: groups.map(groupJson),
  ended,
  last_tick: lastTickJson(lastTick),
});

async function printCrowd(context: Context, crowd: Crowd, rules: readonly Rule[]): Promise<void> {
  const { io } = context;
  const { campaign, groups, ended, lastTick } = crowd;
  const separate = () => io.terminal && io.out('');
  if (io.terminal) for (const line of ruleLines(crowd, rules)) io.out(printable(line));
  else await printTable(io, RULES, rules);
  if (groups.length > 0) {
    separate();
    await printTable(io, columnsOf(io.terminal, campaign.timezone), groups);
  }
  if (ended.length > 0) {
    separate();
    await printTable(io, ENDED, ended);
  }
  io.note(groups.length === 0 ? 'Nobody is under way.' : lastTickText(lastTick, context.now(), io));
}

function ruleLines({ campaign }: Crowd, rules: readonly Rule[]): string[] {
  const when = (at: number) => `${dateTimeIn(at, campaign.timezone)} ${campaign.timezone}`;
  return [
    `${campaign.name}: ${campaign.status}`,
    ...rules.flatMap((rule) => [
      `- ${ruleText(rule, when)}`,
      ...rule.commands.map((command) => `    ${command}`),
    ]),
  ];
}

const sentenceOf = (reason: string | null): string => {
  if (reason === null) return 'due: goes out with the next tick';
  return isCode(reason) ? SENTENCES[reason] : reason;
};
const isCode = (reason: string): reason is keyof typeof SENTENCES => Object.hasOwn(SENTENCES, reason);

const groupJson = ({ reason, step, people, firstAt, lastAt, names }: Group) => ({
  reason,
  sentence: sentenceOf(reason),
  step,
  people,
  first_at: isoOrNull(firstAt),
  last_at: isoOrNull(lastAt),
  names,
});

const RULES: Column<Rule>[] = [
  { header: 'Rule', value: ({ code }) => `campaign ${code}` },
  { header: 'Until', value: ({ until }) => isoOrNull(until) },
];

function columnsOf(terminal: boolean, zone: string): Column<Group>[] {
  const when = (at: number | null) => (at === null ? null : terminal ? dateTimeIn(at, zone) : isoOrNull(at));
  return [
    { header: 'People', value: ({ people }) => people, align: 'right' },
    {
      header: 'Wait for',
      value: ({ reason }) => (terminal ? sentenceOf(reason) : (reason ?? 'due')),
      wrap: true,
    },
    { header: 'Step', value: ({ step }) => step },
    { header: 'First', value: ({ firstAt }) => when(firstAt) },
    {
      header: 'Last',
      value: ({ firstAt, lastAt }) => (lastAt === firstAt && terminal ? null : when(lastAt)),
    },
    {
      header: 'Such as',
      value: ({ names, people }) => names.join(', ') + (people > names.length ? ' ...' : ''),
    },
  ];
}

const ENDED: Column<Crowd['ended'][number]>[] = [
  { header: 'People', value: ({ people }) => people, align: 'right' },
  {
    header: 'Ended',
    value: ({ status, reason }) => (reason === null || reason === status ? status : `${status} (${reason})`),
  },
];
