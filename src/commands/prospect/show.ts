import type { Context } from '../../context.ts';
import { PROSPECT_FIELDS, prospectName } from '../../engine/model.ts';
import type { KnownDisc } from '../../engine/ports/disc.ts';
import type { EnrolmentView, HistoryLine, PersonCard } from '../../engine/ports/people.ts';
import { profileUrl } from '../../engine/texts/linkedin.ts';
import { UserError } from '../../errors.ts';
import { type Column, printJson, printTable } from '../../io/table.ts';
import { dateTimeIn, isoOrNull, relative } from '../../io/time.ts';
import { printable } from '../../io.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { flagsOf, personJson, personNamed, reachable, statusText } from './view.ts';

export const command = (open: OpenContext) =>
  hectorCommand('show', {
    summary: 'everything known about a person',
    description: 'Shows one person: facts, campaigns with their next date, blacklist, and all that happened.',
    examples: [
      'hector prospect show 12',
      'hector prospect show claire.durand@ads.example',
      "hector prospect show 'Claire Durand'",
    ],
  })
    .argument('<prospect>', 'id, e-mail address, LinkedIn address or slug, phone number, or name')
    .action(async (prospect, options) => showPerson(open(options), { prospect }));

export async function showPerson(context: Context, options: { prospect: string }): Promise<void> {
  const { id } = await personNamed(context, options.prospect);
  const card = await (await context.stores.people()).card(id);
  const disc = await proposedDisc(context, card);
  if (context.json) return printJson(context.io, cardJson(card, disc));
  const { io } = context;
  const heading = (text: string) => io.terminal && io.out(`\n${io.color.bold(text)}`);
  if (io.terminal) io.out(io.color.bold(printable(`#${id} ${prospectName(card.prospect)}`)));
  await printTable(io, FACTS, factsOf(card, disc));
  if (card.enrolments.length > 0) {
    heading('Campaigns');
    await printTable(io, enrolmentColumns(io.terminal, context.now()), card.enrolments);
    if (io.terminal) io.note(`Why, and what comes next: hector explain ${id}`);
  } else io.note('In no campaign.');
  if (card.blacklist.length > 0) {
    heading('Blacklisted: never contacted');
    await printTable(io, BLACKLIST, card.blacklist);
  }
  if (card.history.length > 0) {
    heading('History');
    await printTable(io, historyColumns(io.terminal), card.history);
  }
}

interface Fact {
  name: string;
  value: string;
}

const FACTS: Column<Fact>[] = [
  { header: 'Fact', value: ({ name }) => name },
  { header: 'Value', value: ({ value }) => value },
];

/** Not what the list itself says; and where hector.yaml cannot be read, nothing that may be unwanted. */
async function proposedDisc(context: Context, { prospect }: PersonCard): Promise<KnownDisc | null> {
  try {
    const known = (await (await context.disc())?.of(prospect)) ?? null;
    return known?.source === 'column' ? null : known;
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

function factsOf(card: PersonCard, disc: KnownDisc | null): Fact[] {
  const { prospect } = card;
  const facts = PROSPECT_FIELDS.flatMap((name) => {
    const value = prospect[name];
    return value === null ? [] : [{ name, value: name === 'linkedin' ? profileUrl(value) : value }];
  });
  const custom = Object.entries(prospect.custom).map(([key, value]) => ({ name: `custom.${key}`, value }));
  const flags = flagsOf(card);
  return [
    ...facts,
    ...custom,
    ...(disc ? [{ name: 'DISC', value: proposalText(disc) }] : []),
    { name: 'reachable by', value: reachable(prospect) || 'nothing' },
    ...(flags.length > 0 ? [{ name: 'flags', value: flags.join(' ') }] : []),
  ];
}

const proposalText = ({ profile, confidence, reason }: KnownDisc): string =>
  `${profile}, a proposal (${Math.round(confidence * 100)} %): ${reason}`;

/** On a terminal in the campaign's zone, which is named; else ISO. */
const enrolmentColumns = (terminal: boolean, now: number): Column<EnrolmentView>[] => [
  {
    header: 'Campaign',
    value: ({ campaign, mode }) => (mode === 'rehearsal' ? `${campaign} (rehearsal)` : campaign),
  },
  { header: 'Status', value: statusText },
  { header: 'Step', value: ({ step }) => step },
  {
    header: 'Next',
    value: ({ nextAt, timezone }) => {
      if (nextAt === null) return null;
      return terminal
        ? `${dateTimeIn(nextAt, timezone)} ${timezone}, ${relative(nextAt, now)}`
        : isoOrNull(nextAt);
    },
  },
  { header: 'Because', value: ({ hold, status }) => (status === 'active' ? hold : null) },
];

const BLACKLIST: Column<PersonCard['blacklist'][number]>[] = [
  { header: 'Kind', value: ({ kind }) => kind },
  { header: 'Value', value: ({ value }) => value },
  { header: 'Reason', value: ({ reason }) => reason },
  { header: 'By', value: ({ source }) => source },
];

const historyColumns = (terminal: boolean): Column<HistoryLine>[] => [
  {
    header: 'When',
    whole: true,
    value: ({ at, timezone }) => (terminal ? dateTimeIn(at, timezone ?? 'UTC') : isoOrNull(at)),
  },
  { header: 'What', value: ({ what }) => what },
  { header: 'Campaign', value: ({ campaign }) => campaign },
  { header: 'Step', value: ({ step }) => step },
  { header: 'By', value: ({ channel }) => channel },
  { header: 'Text', value: ({ text }) => text?.slice(0, LONGEST_TEXT) ?? null },
];

const LONGEST_TEXT = 200;

const cardJson = (card: PersonCard, disc: KnownDisc | null) => ({
  ...personJson(card),
  created_at: isoOrNull(card.createdAt),
  updated_at: isoOrNull(card.updatedAt),
  disc_proposal: disc,
  blacklist: card.blacklist.map(({ createdAt, ...entry }) => ({ ...entry, added_at: isoOrNull(createdAt) })),
  history: card.history.map(({ at, what, campaign, step, channel, text, message }) => ({
    at: isoOrNull(at),
    what,
    campaign,
    step,
    channel,
    text,
    message_id: message?.id ?? null,
    message_state: message?.state ?? null,
  })),
});
