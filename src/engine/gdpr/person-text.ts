import type { Language } from '../model.ts';
import type { HeldRow } from '../ports/gdpr.ts';
import { label } from './labels.ts';
import type { StatedBasis } from './legal-basis.ts';
import { FACTS, WORDS } from './words.ts';

/** All that is held about one person, as it is handed out. Instants are ISO times. */
export interface PersonFile {
  exported_at: string;
  held_by: { name: string | null; company: string | null; email: string | null };
  legal_basis: StatedBasis;
  data_source: string | null;
  person: HeldRow;
  imports: HeldRow[];
  campaigns: HeldRow[];
  campaign_draft: HeldRow[];
  blacklist: HeldRow[];
  outbox_files: { name: string; text: string }[];
  /** Where both forms were written. */
  files: string[];
  /** A list a table. */
  [table: string]: unknown;
}

/** The same for the person to read, line by line. Texts of messages are told whole. */
export function personText(file: PersonFile, language: Language): string[] {
  const words = WORDS[language];
  const { name, company, email } = file.held_by;
  const section = (title: string, lines: readonly string[]): string[] => [
    '',
    `${title}`,
    '-'.repeat(title.length),
    ...(lines.length === 0 ? [words.nothing] : lines),
  ];
  return [
    words.title(nameOf(file.person), shown(file.exported_at)),
    `${words.heldBy}${words.colon}${[name, company, email].filter(Boolean).join(', ') || words.unknown}`,
    ...section(words.facts, factLines(file.person, language)),
    ...section(words.origin, originLines(file, language)),
    ...section(words.campaigns, campaignLines(file, language)),
    ...section(words.messages, messageLines(file, language)),
    ...section(words.events, eventLines(file, language)),
    ...section(words.blacklist, blacklistLines(file, language)),
    ...section(words.computed, computedLines(file, language)),
    ...section(
      words.outbox,
      file.outbox_files.map((each) => each.name),
    ),
    ...section(words.rights, words.rightsText),
  ];
}

const rows = (file: PersonFile, table: string): HeldRow[] => {
  const found = file[table];
  return Array.isArray(found) ? found : [];
};

const text = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : null;

/** `2026-11-23 09:00 UTC`; what is no instant stays. */
const shown = (value: unknown): string =>
  (text(value) ?? '').replace(/^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}).*Z$/, '$1 $2 UTC');

const nameOf = ({ id, first_name, last_name }: HeldRow): string =>
  [text(first_name), text(last_name)].filter(Boolean).join(' ') || `#${text(id)}`;

function factLines(person: HeldRow, language: Language): string[] {
  const { colon } = WORDS[language];
  const facts = Object.entries(FACTS).flatMap(([column, labels]) => {
    const value = text(person[column]);
    return value === null ? [] : [`${labels[language]}${colon}${value}`];
  });
  const custom = typeof person.custom === 'object' && person.custom !== null ? person.custom : {};
  return [...facts, ...Object.entries(custom).map(([key, value]) => `${key}${colon}${value}`)];
}

function originLines(
  { person, imports, legal_basis, data_source }: PersonFile,
  language: Language,
): string[] {
  const words = WORDS[language];
  const { colon } = words;
  const source = text(person.source);
  return [
    ...imports.map((list) => `${words.list}${colon}${said(list.file, language)}, ${shown(list.started_at)}`),
    `${words.since}${colon}${shown(person.created_at)}`,
    ...(source ? [`${words.source}${colon}${label(source, language)}`] : []),
    ...(data_source ? [`${words.source}${colon}${data_source}`] : []),
    `${words.basis}${colon}${words.bases[legal_basis.basis]}`,
  ];
}

/** In words, as far as it is one of ours; empty where nothing is said. */
const said = (value: unknown, language: Language): string => label(text(value) ?? '', language);

const listed = (values: readonly unknown[], language: Language): string =>
  values
    .map((value) => said(value, language))
    .filter((each) => each !== '')
    .join(', ');

const campaignLines = (file: PersonFile, language: Language): string[] =>
  rows(file, 'enrolment').map((enrolment) => {
    const campaign = file.campaigns.find(({ id }) => id === enrolment.campaign_id);
    const { status, reason } = enrolment;
    const standing = listed(status === reason ? [status] : [status, reason], language);
    return `${text(campaign?.name)} (${shown(enrolment.created_at)})${WORDS[language].colon}${standing}`;
  });

const messageLines = (file: PersonFile, language: Language): string[] =>
  rows(file, 'message').flatMap((message) => {
    const { colon, subject: title } = WORDS[language];
    const subject = text(message.subject);
    return [
      `${shown(message.sent_at ?? message.created_at)}, ${listed([message.channel, message.state, message.mode], language)}`,
      ...(subject ? [`  ${title}${colon}${subject}`] : []),
      ...(text(message.body) ?? '').split('\n').map((line) => `  ${line}`.trimEnd()),
    ];
  });

/** What a person said or a provider told, and why; the rest is bookkeeping, and whole in the JSON form. */
const TOLD = ['text', 'reason', 'note', 'source', 'url'];

const eventLines = (file: PersonFile, language: Language): string[] =>
  rows(file, 'event').flatMap(({ at, type, channel, data }) => {
    const kept = typeof data === 'object' && data !== null ? Object.entries(data) : [];
    // An act that was taken back is told by its own line.
    const told =
      type === 'undone' ? [] : kept.filter(([key]) => TOLD.includes(key)).map(([, value]) => value);
    const words = told.map((value) => said(value, language)).filter((each) => each !== '');
    const head = `${shown(at)}, ${listed([type, channel], language)}`;
    const { colon } = WORDS[language];
    const line = words.length === 0 ? head : `${head}${colon}${words.join(colon.replace(':', ';'))}`;
    return line.split('\n').map((each, index) => (index === 0 ? each : `  ${each}`));
  });

const blacklistLines = ({ blacklist }: PersonFile, language: Language): string[] =>
  blacklist.map(
    ({ kind, value, reason, added_at }) =>
      `${said(kind, language)} ${text(value)}${WORDS[language].colon}${said(reason, language)}, ${shown(added_at)}`,
  );

/** What was reckoned or asked about them; whole in the JSON form. */
function computedLines(file: PersonFile, language: Language): string[] {
  const words = WORDS[language];
  const proposals = rows(file, 'disc_proposal').map(({ proposal }) => {
    const { profile, reason }: HeldRow =
      typeof proposal === 'object' && proposal !== null ? { ...proposal } : {};
    return `${words.disc}${words.colon}${[text(profile), text(reason)].filter(Boolean).join(', ') || words.none}`;
  });
  const calls = rows(file, 'model_call').map(
    (call) =>
      `${words.claude}${words.colon}${shown(call.at)}, ${listed([call.purpose, call.model], language)}`,
  );
  const kept = rows(file, 'text_cache').map(
    (answer) => `${words.kept}${words.colon}${shown(answer.created_at)}`,
  );
  return [...proposals, ...calls, ...kept];
}
