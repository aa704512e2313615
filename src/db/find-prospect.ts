import { type Prospect, prospectName, type SuppressionKey } from '../engine/model.ts';
import { parseSuppression } from '../engine/parse-suppression.ts';
import type { Resolved } from '../engine/ports/people.ts';
import { didYouMean, folded } from '../engine/suggest.ts';
import { EXIT, failure, UserError, usageError } from '../errors.ts';
import type { Connection } from './connection.ts';
import { defineFolded, foldedSql, prospectsById } from './prospect-rows.ts';

const SHOWN = 5;
/** Above this many people, looking for the nearest name costs more than it helps. */
const SUGGEST_WITHIN = 20_000;

/**
 * The person someone means by `#12`, `12`, an e-mail address, a LinkedIn address or slug, a phone number (read as
 * one of `country`), or a name without case and accents.
 * @throws UserError when nobody is meant, or several people are (with their ids).
 */
export async function findProspect(
  connection: Connection,
  reference: string,
  country = 'FR',
): Promise<Prospect> {
  const typed = reference.trim();
  const ids = await candidates(connection, typed, country);
  refuseErased(connection, ids);
  const [first, ...others] = prospectsById(connection, ids.slice(0, SHOWN));
  if (first && others.length === 0) return first;
  if (!first) throw nobody(connection, typed);
  const list = [first, ...others].map(
    (one) => `#${one.id} ${[prospectName(one), one.title, one.company].filter(Boolean).join(', ')}`,
  );
  const more = ids.length > SHOWN ? ' ...' : '';
  throw new UserError(
    `"${shown(typed)}" means several people: ${shown(list.join('; '), 2 * LONGEST)}${more}`,
    {
      ...{ exitCode: EXIT.usage, next: `hector prospect show '#${first.id}'` },
      instead: { typed, meant: `#${first.id}` },
    },
  );
}

/** The row stays so that counts stay right; only its number still leads there. */
function refuseErased(connection: Connection, ids: readonly number[]): void {
  const erasedAt = connection
    .prepare<[string], number | null>(
      'select erased_at from prospect where id in (select value from json_each(?))',
    )
    .pluck()
    .get(JSON.stringify(ids.slice(0, 1)));
  if (!erasedAt) return;
  const day = new Date(erasedAt).toISOString().slice(0, 10);
  throw failure(
    `#${ids[0]}: their data were erased on ${day}; nothing is held of them`,
    'hector prospect list',
  );
}

async function candidates(connection: Connection, typed: string, country: string): Promise<number[]> {
  const exact = await namedExactly(connection, typed, country);
  return exact.length > 0 || typed === '' ? exact : withName(connection, folded(typed).replace(/\s+/g, ' '));
}

/** By number, address or slug: nothing that has no index. */
async function namedExactly(connection: Connection, typed: string, country: string): Promise<number[]> {
  if (typed === '') return [];
  const id = /^(?:#\s*(\d{1,15})|([1-9]\d{0,7}))$/.exec(typed);
  if (id) return [Number(id[1] ?? id[2])];
  const address = await parseSuppression(typed, { country });
  const byAddress = address.ok ? withAddress(connection, address.value) : [];
  if (byAddress.length > 0) return byAddress;
  return withAddress(connection, { kind: 'linkedin', value: typed.toLowerCase() });
}

/** Many references at once; one that means several people names nobody. */
export async function resolveProspects(
  connection: Connection,
  references: readonly string[],
  country: string,
): Promise<Resolved> {
  const there = connection
    .prepare<[number], number>('select 1 from prospect where id = ? and erased_at is null')
    .pluck();
  const ids = new Set<number>();
  const unknown: string[] = [];
  for (const reference of references) {
    const [id, ...others] = await namedExactly(connection, reference.trim(), country);
    if (id !== undefined && others.length === 0 && there.get(id) === 1) ids.add(id);
    else unknown.push(reference.trim());
  }
  return { ids: [...ids], unknown };
}

const WHERE: Partial<Record<SuppressionKey['kind'], string>> = {
  email: 'email = :value',
  linkedin: 'linkedin = :value',
  phone: '(mobile = :value or phone = :value)',
};

function withAddress(connection: Connection, { kind, value }: SuppressionKey): number[] {
  const where = WHERE[kind];
  if (!where) return [];
  return connection
    .prepare<[{ value: string }], { id: number }>(
      `select id from prospect where ${where} order by id limit ${SHOWN + 1}`,
    )
    .all({ value })
    .map(({ id }) => id);
}

/**
 * First and last name in either order, or one of them alone. There is no index: one pass over the table, in which
 * most people are passed over by one look for the words.
 */
function withName(connection: Connection, name: string): number[] {
  defineFolded(connection);
  return connection
    .prepare<[{ name: string }], { id: number }>(
      `select id from prospect
       where instr(${foldedSql("concat_ws(' ', first_name, last_name, first_name)")}, :name) > 0
         and :name in (folded(first_name || ' ' || last_name), folded(last_name || ' ' || first_name),
           folded(last_name), folded(first_name))
       order by id limit ${SHOWN + 1}`,
    )
    .all({ name })
    .map(({ id }) => id);
}

function nobody(connection: Connection, typed: string) {
  const people =
    connection
      .prepare<[], { count: number }>('select count(*) as count from prospect where erased_at is null')
      .get()?.count ?? 0;
  if (people === 0) return usageError('there are no prospects yet', 'hector prospect import FILE.csv');
  const near = people <= SUGGEST_WITHIN ? didYouMean(typed, names(connection)) : '';
  const words = shown(typed).replace(/'/g, "'\\''");
  return usageError(
    `no prospect matches "${shown(typed)}"${shown(near)}`,
    `hector prospect list --q '${words}'`,
  );
}

function names(connection: Connection): string[] {
  return connection
    .prepare<[], { name: string }>(
      `select distinct trim(coalesce(first_name, '') || ' ' || coalesce(last_name, '')) as name from prospect where erased_at is null`,
    )
    .all()
    .map(({ name }) => name);
}

const LONGEST = 300;

/** Names come from files and end on a terminal here: no control characters, no endless lines. */
const shown = (text: string, longest = LONGEST): string =>
  text.slice(0, longest).replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, '?');
