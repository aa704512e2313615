import { customKey, fold } from './fold.ts';
import { knownHeader, type Target } from './headers.ts';

/** The columns of a file of refused rows that are ours: skipped when the file comes back. */
export const OWN_COLUMNS = ['hector_line', 'hector_reason'] as const;

export interface Column {
  /** Place in the row, from 0. */
  index: number;
  header: string;
  /** Null: a custom field; `skip`: not read. */
  target: Target | 'skip' | null;
  /** The custom field, also of a second column for one fact. */
  key: string;
  /** Of several columns for one fact the lowest is read first. */
  rank: number;
}

export interface ColumnPlan {
  width: number;
  /** In the order of reading: better names first, the country before the phones that need it. */
  columns: Column[];
}

/** A `--map`: header to fact, `custom.key` or `skip`. */
export interface ColumnMap {
  index: number;
  target: Target | 'skip' | null;
  key: string | null;
}

/** What each column of the header means; a `--map` wins over what its name says. */
export function planColumns(header: readonly string[], maps: readonly ColumnMap[]): ColumnPlan {
  const keys = new Set<string>();
  const columns = header.map((name, index): Column => {
    const map = maps.find((one) => one.index === index);
    const ours = map ? undefined : customHeader(name);
    if (ours) return { index, header: name, target: null, key: ours, rank: 0 };
    const key = freeKey(map?.key ?? (customKey(name) || `column_${index + 1}`), keys);
    if (map) return { index, header: name, target: map.target, key, rank: -1 };
    if (isOwnHeader(name)) return { index, header: name, target: 'skip', key, rank: 0 };
    const known = knownHeader(name);
    return { index, header: name, target: known?.target ?? null, key, rank: known?.rank ?? 0 };
  });
  settleNames(columns);
  settleAddresses(columns);
  return { width: header.length, columns: columns.sort(readingOrder) };
}

/** Columns that an export or a refused file added to say where people stand. */
export const isOwnHeader = (header: string): boolean => /^hector_[a-z_]+$/.test(header.trim());

/** `custom.country` in an export: the custom field, not the fact whose name it has. */
const customHeader = (header: string): string | undefined => {
  const name = /^custom\.(.+)$/.exec(header.trim())?.[1];
  return name === undefined ? undefined : customKey(name) || undefined;
};

function freeKey(wanted: string, taken: Set<string>): string {
  let key = wanted;
  for (let count = 2; taken.has(key); count += 1) key = `${wanted}_${count}`;
  taken.add(key);
  return key;
}

/** `nom` alone is a full name, beside a first name it is the family name; so with `name` in English lists. */
function settleNames(columns: readonly Column[]): void {
  const has = (target: Target): boolean => columns.some((column) => column.target === target);
  for (const column of columns) {
    if (column.rank === -1) continue;
    if (fold(column.header) === 'nom' && !has('first_name')) column.target = 'full_name';
    if (fold(column.header) === 'name' && has('first_name') && !has('last_name')) column.target = 'last_name';
    if (column.target === 'full_name' && has('first_name') && has('last_name')) column.target = null;
  }
}

/** In LinkedIn's own export `URL` is the profile. */
function settleAddresses(columns: readonly Column[]): void {
  if (!columns.some((column) => column.key === 'connected_on')) return;
  for (const column of columns)
    if (fold(column.header) === 'url' && column.target === 'website') column.target = 'linkedin';
}

const readingOrder = (left: Column, right: Column): number =>
  Number(right.target === 'country') - Number(left.target === 'country') ||
  Number(right.target === 'mobile') - Number(left.target === 'mobile') ||
  left.rank - right.rank ||
  left.index - right.index;

/** Whether any column could say how to reach a person. */
export const canReach = (plan: ColumnPlan): boolean =>
  plan.columns.some(
    ({ target, header }) =>
      target === 'email' ||
      target === 'linkedin' ||
      target === 'phone' ||
      target === 'mobile' ||
      fold(header) === 'url',
  );

/** LinkedIn's messages.csv: no list of people, though it names some. */
export const isMessageExport = (header: readonly string[]): boolean =>
  header.some((name) => fold(name) === 'conversation id') &&
  header.some((name) => fold(name) === 'sender profile url');

/** Header to field, as stored with the import and shown to a person. */
export const describePlan = (plan: ColumnPlan): Record<string, string> =>
  Object.fromEntries(
    [...plan.columns]
      .sort((left, right) => left.index - right.index)
      .map((column) => [column.header || column.key, column.target ?? `custom.${column.key}`]),
  );
