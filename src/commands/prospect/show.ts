import type { Context } from '../../context.ts';
import { legalBasisOf, type StatedBasis } from '../../engine/gdpr/legal-basis.ts';
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
    description:
      'Shows one person: facts and where they come from, campaigns with their next date, blacklist, colleagues who are being contacted, and all that happened.',
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
  const known = { disc: await proposedDisc(context, card), basis: await basisOf(context, card) };
  if (context.json) return printJson(context.io, cardJson(card, known));
  const { io } = context;
  const heading = (text: string) => io.terminal && io.out(`\n${io.color.bold(text)}`);
  if (io.terminal) io.out(io.color.bold(printable(`#${id} ${prospectName(card.prospect)}`)));
  await printTable(io, FACTS, factsOf(card, known, io.terminal));
  if (card.enrolments.length > 0) {
    heading('Campaigns');
    await printTable(io, enrolmentColumns(io.terminal, context.now()), card.enrolments);
    if (io.terminal) io.note(`Why, and what comes next: hector explain ${id}`);
  } else io.note('In no campaign.');
  if (card.blacklist.length > 0) {
    heading('Blacklisted: never contacted');
    await printTable(io, BLACKLIST, card.blacklist);
  }
  if (card.colleagues.all > 0) {
    heading('Colleagues in campaigns');
    await printTable(io, COLLEAGUES, card.colleagues.people);
    const more = card.colleagues.all - card.colleagues.people.length;
    if (more > 0) io.note(`and ${more} more of the same firm`);
  }
  if (card.history.length > 0) {
    heading('History');
    await printTable(io, historyColumns(io.terminal), card.history);
  }
}

/** What is not in the store. */
interface Known {
  disc: KnownDisc | null;
  basis: StatedBasis | null;
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

/** Where hector.yaml cannot be read, it is not known. */
async function basisOf(context: Context, card: PersonCard): Promise<StatedBasis | null> {
  const { consent, custom } = card.prospect;
  try {
    const { gdpr } = await context.config();
    return legalBasisOf({ consent, custom, legalBasis: card.legalBasis }, gdpr.legalBasis);
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

function factsOf(card: PersonCard, { disc, basis }: Known, terminal: boolean): Fact[] {
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
    ...originsOf(card, basis, terminal),
  ];
}

const BASIS_FROM: Record<StatedBasis['from'], string> = {
  person: 'said for this person',
  list: 'as their list says',
  consent: 'they have consented',
  workspace: 'that of the workspace',
};

/** Where their data come from, what allows them to be held, and since when nothing was sent. */
function originsOf(card: PersonCard, basis: StatedBasis | null, terminal: boolean): Fact[] {
  const { importedBy, lastContactAt, createdAt } = card;
  const day = (at: number): string => (terminal ? dateTimeIn(at, 'UTC') : (isoOrNull(at) ?? ''));
  const from = importedBy === null ? '' : `, import ${importedBy.id} ${importedBy.file}`;
  return [
    { name: 'added', value: `${day(createdAt)}${from}` },
    ...(basis === null ? [] : [{ name: 'legal basis', value: `${basis.basis} (${BASIS_FROM[basis.from]})` }]),
    { name: 'last contact', value: lastContactAt === null ? 'never' : day(lastContactAt) },
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

const COLLEAGUES: Column<PersonCard['colleagues']['people'][number]>[] = [
  { header: 'Id', align: 'right', value: ({ id }) => id },
  { header: 'Name', whole: true, value: ({ name }) => name },
  { header: 'Title', value: ({ title }) => title },
  { header: 'Campaign', value: ({ campaign }) => campaign },
  { header: 'Status', value: ({ status }) => status },
];

const historyColumns = (terminal: boolean): Column<HistoryLine>[] => [
  {
    header: 'When',
    whole: true,
    value: ({ at, timezone }) => (terminal ? dateTimeIn(at, timezone ?? 'UTC') : isoOrNull(at)),
  },
  { header: 'What', value: ({ what }) => what },
  { header: 'Campaign', drop: 2, value: ({ campaign }) => campaign },
  { header: 'Step', drop: 1, value: ({ step }) => step },
  { header: 'By', value: ({ channel }) => channel },
  { header: 'Text', value: ({ text }) => text?.slice(0, LONGEST_TEXT) ?? null },
];

const LONGEST_TEXT = 200;

const cardJson = (card: PersonCard, { disc, basis }: Known) => ({
  ...personJson(card),
  created_at: isoOrNull(card.createdAt),
  updated_at: isoOrNull(card.updatedAt),
  imported_by: card.importedBy && { ...card.importedBy, at: isoOrNull(card.importedBy.at) },
  legal_basis: basis?.basis ?? null,
  legal_basis_from: basis?.from ?? null,
  last_contact_at: isoOrNull(card.lastContactAt),
  disc_proposal: disc,
  blacklist: card.blacklist.map(({ createdAt, expiresAt, ...entry }) => ({
    ...entry,
    added_at: isoOrNull(createdAt),
    expires_at: isoOrNull(expiresAt),
  })),
  colleagues: card.colleagues.people,
  colleagues_count: card.colleagues.all,
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
