import { readCell } from '../import/cell.ts';
import type { SuppressionKey, SuppressionKind } from '../model.ts';
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
}

/** One row of a list; null for a blank one. What can be taken of it is taken: a no must not be lost over a typing error. */
export async function readListRow(
  { cells }: CsvRecord,
  columns: ListColumns,
  defaults: ListDefaults,
): Promise<ListRow | null> {
  const cell = (index: number | null): string =>
    index === null ? '' : readCell(cells[index] ?? '').text.replace(/\s+/g, ' ');
  const typed = columns.values.flatMap(({ index, kind }) => {
    const text = cell(index);
    return text === '' ? [] : [{ text, kind: kind ?? defaults.kind }];
  });
  if (typed.length === 0) return null;
  const named = cell(columns.kind);
  const said = kindNamed(named);
  if (named !== '' && said === null)
    return refused('no kind of entry: email, phone, domain, linkedin or siren');
  const expiry = expiryOf(cell(columns.expires), defaults);
  if (typeof expiry === 'string') return refused(expiry);
  const by = {
    reason: cell(columns.reason) || defaults.reason,
    source: cell(columns.source) || defaults.source,
    ...expiry,
    now: defaults.now,
  };
  const row: ListRow = { entries: [], problem: null };
  for (const { text, kind } of typed) {
    const key = await keyOf(text, said ?? kind, defaults.country);
    if (typeof key === 'string') row.problem ??= key;
    else row.entries.push({ key, by });
  }
  return row;
}

const refused = (problem: string): ListRow => ({ entries: [], problem });

function expiryOf(text: string, defaults: ListDefaults): { expiresAt: number | null } | string {
  if (text === '') return { expiresAt: defaults.expiresAt };
  const parsed = parseExpiry(text, defaults);
  return parsed.ok ? { expiresAt: parsed.value } : 'no expiry to come: a date or a period such as 90d';
}

/** The sentence says the kind of mistake, not the value: it is counted by. */
async function keyOf(
  text: string,
  kind: SuppressionKind | null,
  country: string,
): Promise<SuppressionKey | string> {
  const parsed = await parseSuppression(text, { kind, country });
  if (!parsed.ok) return parsed.problem;
  return parsed.value.value.startsWith('hmac:')
    ? 'a fingerprint, which means something only in the workspace that made it'
    : parsed.value;
}
