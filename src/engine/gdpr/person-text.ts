import type { Language } from '../model.ts';
import type { HeldRow } from '../ports/gdpr.ts';
import type { StatedBasis } from './legal-basis.ts';
import { FACTS, WORDS, type Words } from './words.ts';

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
    ...section(words.origin, originLines(file, words)),
    ...section(words.campaigns, campaignLines(file, words)),
    ...section(words.messages, messageLines(file, words)),
    ...section(words.events, eventLines(file, words)),
    ...section(words.blacklist, blacklistLines(file, words)),
    ...section(words.computed, computedLines(file, words)),
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

function originLines({ person, imports, legal_basis, data_source }: PersonFile, words: Words): string[] {
  const { colon } = words;
  return [
    ...imports.map((list) => `${words.list}${colon}${text(list.file)}, ${shown(list.started_at)}`),
    `${words.since}${colon}${shown(person.created_at)}`,
    ...(text(person.source) ? [`${words.source}${colon}${text(person.source)}`] : []),
    ...(data_source ? [`${words.source}${colon}${data_source}`] : []),
    `${words.basis}${colon}${words.bases[legal_basis.basis]}`,
  ];
}

const campaignLines = (file: PersonFile, words: Words): string[] =>
  rows(file, 'enrolment').map((enrolment) => {
    const campaign = file.campaigns.find(({ id }) => id === enrolment.campaign_id);
    const standing = [text(enrolment.status), text(enrolment.reason)].filter(Boolean).join(', ');
    return `${text(campaign?.name)} (${shown(enrolment.created_at)})${words.colon}${standing}`;
  });

const messageLines = (file: PersonFile, words: Words): string[] =>
  rows(file, 'message').flatMap((message) => {
    const at = shown(message.sent_at ?? message.created_at);
    const head = [at, text(message.channel), text(message.state), text(message.mode)]
      .filter(Boolean)
      .join(', ');
    const subject = text(message.subject);
    return [
      head,
      ...(subject ? [`  ${words.subject}${words.colon}${subject}`] : []),
      ...(text(message.body) ?? '').split('\n').map((line) => `  ${line}`),
    ];
  });

const eventLines = (file: PersonFile, words: Words): string[] =>
  rows(file, 'event').map((event) => {
    const data = typeof event.data === 'object' && event.data !== null ? Object.entries(event.data) : [];
    const said = data.map(
      ([key, value]) => `${key} ${typeof value === 'object' ? JSON.stringify(value) : value}`,
    );
    const head = [shown(event.at), text(event.type), text(event.channel)].filter(Boolean).join(', ');
    return said.length === 0 ? head : `${head}${words.colon}${said.join('; ')}`;
  });

const blacklistLines = ({ blacklist }: PersonFile, words: Words): string[] =>
  blacklist.map(
    (entry) =>
      `${text(entry.kind)} ${text(entry.value)}${words.colon}${text(entry.reason)}, ${shown(entry.added_at)}`,
  );

/** What was reckoned or asked about them; whole in the JSON form. */
function computedLines(file: PersonFile, words: Words): string[] {
  const proposals = rows(file, 'disc_proposal').map(
    ({ proposal }) => `${words.disc}${words.colon}${JSON.stringify(proposal)}`,
  );
  const calls = rows(file, 'model_call').map(
    (call) => `${words.claude}${words.colon}${shown(call.at)}, ${text(call.purpose)}, ${text(call.model)}`,
  );
  const kept = rows(file, 'text_cache').map(
    (answer) => `${words.kept}${words.colon}${shown(answer.created_at)}`,
  );
  return [...proposals, ...calls, ...kept];
}
