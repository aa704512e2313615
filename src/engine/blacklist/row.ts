import { readCell } from '../import/cell.ts';
import { DISGUISES, type SuppressionKey, type SuppressionKind } from '../model.ts';
import { parseSuppression } from '../parse-suppression.ts';
import type { ListedEntry } from '../ports/blacklist.ts';
import type { CsvRecord } from '../ports/imports.ts';
import { kindNamed, type ListColumns } from './columns.ts';
import { parseExpiry } from './expiry.ts';

/** What holds where a row does not say otherwise. Instants are UTC ms. */
export interface ListDefaults {
  kind: SuppressionKind | null;
  reason: string;
  source: string;
  expiresAt: number | null;
  /** ISO 3166 alpha-2: where phone numbers without an international code are at home. */
  country: string;
  timezone: string;
  now: number;
}

export interface ListRow {
  entries: ListedEntry[];
  /** What of the row could not be taken, in a sentence; null: nothing. */
  problem: string | null;
  /** What a person should look at in a row that was taken, in a sentence; null: nothing. */
  warning: string | null;
}

/** One row of a list; null for a blank one. What can be taken of it is taken: a no must not be lost over a typing error. */
export async function readListRow(
  { cells }: CsvRecord,
  columns: ListColumns,
  defaults: ListDefaults,
): Promise<ListRow | null> {
  const cell = (index: number | null): string =>
    index === null ? '' : readCell(cells[index] ?? '').text.replace(/\s+/g, ' ');
  const typed = columns.values.flatMap(({ index, kind, hash }) => {
    const text = cell(index);
    return text === '' ? [] : [{ text, kind, hash }];
  });
  if (typed.length === 0) return null;
  const named = cell(columns.kind);
  const { expiresAt, warning } = expiryOf(cell(columns.expires), defaults);
  const by = {
    reason: cell(columns.reason) || defaults.reason,
    source: cell(columns.source) || defaults.source,
    expiresAt,
    now: defaults.now,
  };
  const row: ListRow = { entries: [], problem: null, warning };
  for (const { text, kind, hash } of typed) {
    const key = await keyOf(text, { column: kind, named, hash }, defaults);
    if (typeof key === 'string') row.problem ??= key;
    else row.entries.push({ key, by });
  }
  return row;
}

interface RowExpiry {
  expiresAt: number | null;
  warning: string | null;
}

const FOR_GOOD = /^(?:never|none|no|permanent|forever|jamais|aucune?|sans fin|illimitée?|définiti(?:f|ve))$/i;

/** What cannot be read must not let anybody be contacted: such an entry holds for good. */
function expiryOf(text: string, defaults: ListDefaults): RowExpiry {
  if (text === '') return { expiresAt: defaults.expiresAt, warning: null };
  if (FOR_GOOD.test(text)) return { expiresAt: null, warning: null };
  const parsed = parseExpiry(text, defaults);
  return parsed.ok
    ? { expiresAt: parsed.value, warning: null }
    : { expiresAt: null, warning: 'no expiry to come (a date or a period such as 90d): taken for good' };
}

const NO_KIND = 'no kind of entry: email, phone, domain, linkedin or siren';

/**
 * The kind of its column, or else what the row says it is; many lists have other words there, which are passed over
 * where the value speaks for itself. The sentence says the kind of mistake, not the value: it is counted by.
 */
async function keyOf(
  text: string,
  { column, named, hash }: { column: SuppressionKind | null; named: string; hash: string | null },
  { kind, country }: ListDefaults,
): Promise<SuppressionKey | string> {
  const said = column ?? kindNamed(named) ?? kind;
  const parsed = await parseSuppression(text, { kind: said, country });
  if (!parsed.ok) return hash === null ? parsed.problem : `no ${hash} hash`;
  const { value } = parsed.value;
  if (value.startsWith('hmac:'))
    return 'a fingerprint, which means something only in the workspace that made it';
  const guessed = said === null && named !== '';
  return guessed && DISGUISES.some((form) => value.startsWith(`${form}:`)) ? NO_KIND : parsed.value;
}
