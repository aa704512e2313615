import { groupBy } from '../../engine/group.ts';
import { personKey } from '../../engine/linkedin/match.ts';
import type { KnownSince, Namesake, OpenText, SentText } from '../../engine/ports/linkedin.ts';
import type { Connection } from '../connection.ts';
import { openMessages } from '../open-messages.ts';

export function bySlug(connection: Connection, slugs: readonly string[]): Map<string, number> {
  const rows = connection
    .prepare<[string], { linkedin: string; id: number }>(
      'select linkedin, id from prospect where linkedin in (select value from json_each(?))',
    )
    .all(JSON.stringify(slugs));
  return new Map(rows.map(({ linkedin, id }) => [linkedin, id]));
}

export function firms(connection: Connection, prospectIds: readonly number[]): Map<number, string> {
  const rows = connection
    .prepare<[string], { id: number; firm: string }>(
      `select id, company_key as firm from prospect
       where id in (select value from json_each(?)) and company_key is not null`,
    )
    .all(JSON.stringify(prospectIds));
  return new Map(rows.map(({ id, firm }) => [id, firm]));
}

interface NamedRow {
  id: number;
  first_name: string | null;
  last_name: string | null;
  company: string | null;
  linkedin: string | null;
}

/** One pass over the base: SQLite cannot fold names, and only those asked for are kept. */
export function byKey(connection: Connection, keys: ReadonlySet<string>): Map<string, Namesake[]> {
  const rows = connection
    .prepare<[], NamedRow>(
      'select id, first_name, last_name, company, linkedin from prospect where company is not null order by id',
    )
    .iterate();
  const found = new Map<string, Namesake[]>();
  for (const { id, first_name, last_name, company, linkedin } of rows) {
    const key = personKey(first_name, last_name, company);
    if (key === null || !keys.has(key)) continue;
    const name = [first_name, last_name].filter(Boolean).join(' ');
    found.set(key, [...(found.get(key) ?? []), { id, name, linkedin }]);
  }
  return found;
}

export function knownSince(connection: Connection, prospectIds: readonly number[]): Map<number, KnownSince> {
  const rows = connection
    .prepare<[{ people: string }], KnownSince & { id: number }>(
      `select id, min(at) as knownAt, min(touched) as touchedAt from (
         select p.value as id, e.created_at as at, null as touched from json_each(@people) p join enrolment e on e.prospect_id = p.value
         union all
         select p.value, m.sent_at, m.sent_at from json_each(@people) p join message m on m.prospect_id = p.value
         where m.mode = 'live' and m.sent_at is not null)
       group by id`,
    )
    .all({ people: JSON.stringify(prospectIds) });
  return new Map(rows.map(({ id, ...since }) => [id, since]));
}

export function openTexts(connection: Connection): OpenText[] {
  return connection
    .prepare<[], Omit<OpenText, 'invitation'> & { kind: string }>(
      `select m.id as messageId, m.prospect_id as prospectId, m.kind, m.body, m.created_at as createdAt
       from message m indexed by message_open
       where ${openMessages('m')} and m.state = 'awaiting_operator' and m.channel = 'linkedin' and m.mode = 'live'
       order by m.id`,
    )
    .all()
    .map(({ kind, ...text }) => ({ ...text, invitation: kind === 'invitation' }));
}

export function sentTexts(connection: Connection, prospectIds: readonly number[]): SentText[] {
  return connection
    .prepare<[string], Omit<SentText, 'invitation'> & { kind: string }>(
      `select prospect_id as prospectId, kind, body, sent_at as at from message
       where prospect_id in (select value from json_each(?)) and channel = 'linkedin' and mode = 'live'
         and state = 'sent' and sent_at is not null`,
    )
    .all(JSON.stringify(prospectIds))
    .map(({ kind, ...text }) => ({ ...text, invitation: kind === 'invitation' }));
}

export function names(connection: Connection, prospectIds: readonly number[]): Map<number, string> {
  const rows = connection
    .prepare<[string], { id: number; name: string }>(
      `select id, trim(coalesce(first_name, '') || ' ' || coalesce(last_name, '')) as name
       from prospect where id in (select value from json_each(?))`,
    )
    .all(JSON.stringify(prospectIds));
  return new Map([...groupBy(rows, ({ id }) => id)].map(([id, [row]]) => [id, row?.name ?? '']));
}
