import type { CsvRecord, NormalisedRow } from '../ports/imports.ts';
import { isFormula, isSuspicious, readCell } from './cell.ts';
import type { Refusal, Warning } from './codes.ts';
import type { ColumnPlan } from './columns.ts';
import { companyKey, phoneKey } from './company-key.ts';
import { Draft } from './draft.ts';
import { type CellReader, readerOf } from './fields.ts';
import { splitFullName } from './full-name.ts';
import { recaseFirstName, recaseName } from './names.ts';

interface Reader {
  index: number;
  read: CellReader;
  /** A fact, and no column of the list's own. */
  shown: boolean;
}

export type ReadRow =
  | { kind: 'blank' }
  | { kind: 'refused'; reason: Refusal }
  | { kind: 'person'; row: NormalisedRow; warnings: readonly Warning[] };

/** Reads rows of one file: what each column means is settled once. @param home ISO 3166 alpha-2, for phones */
export function rowReader(plan: ColumnPlan, home: string): (record: CsvRecord) => ReadRow {
  const readers = plan.columns.flatMap((column): Reader[] => {
    const read = readerOf(column, home);
    return read ? [{ index: column.index, read, shown: column.target !== null }] : [];
  });
  let padded: boolean | null = null;
  return (record) => {
    const draft = new Draft();
    let filled = 0;
    for (const { index, read, shown } of readers) {
      const text = cleaned(record.cells[index], draft);
      if (text === '') continue;
      filled += 1;
      // A fact stands in texts, where a formula would be sent as it is; `cleaned` has warned.
      if (!shown || !isFormula(text)) read(draft, text);
    }
    const fit = widthOf(record.cells, plan.width);
    if (fit === 'long') return { kind: 'refused', reason: 'too_many_cells' };
    if (filled === 0) return { kind: 'blank' };
    // Spreadsheets pad every row alike; one longer row among exact ones has slipped at an unquoted delimiter.
    padded ??= fit === 'padded';
    if (fit === 'padded' && !padded) return { kind: 'refused', reason: 'too_many_cells' };
    if (fit === 'short') draft.warn('too_few_cells');
    return finished(draft, record.line);
  };
}

function cleaned(raw: string | undefined, draft: Draft): string {
  if (raw === undefined || raw === '') return '';
  if (!isSuspicious(raw)) return raw.trim();
  const cell = readCell(raw);
  if (cell.warning !== null) draft.warn(cell.warning);
  return cell.text;
}

/** Empty cells beyond the header are what spreadsheets leave behind; a blank line has but one cell. */
function widthOf(cells: readonly string[], width: number): 'fits' | 'padded' | 'long' | 'short' {
  if (cells.length === width) return 'fits';
  if (cells.length < width) return 'short';
  return cells.slice(width).some((cell) => cell.trim() !== '') ? 'long' : 'padded';
}

function finished(draft: Draft, line: number): ReadRow {
  settleName(draft);
  settlePhones(draft);
  settleFirm(draft);
  const { facts } = draft;
  if (facts.email === null && facts.linkedin === null && facts.phone === null && facts.mobile === null)
    return { kind: 'refused', reason: 'no_way_to_reach' };
  if (facts.first_name === null && facts.last_name === null) draft.warn('no_name');
  const onlyPhone = facts.email === null && facts.linkedin === null;
  const main = facts.mobile ?? facts.phone;
  const other = facts.mobile === null ? null : facts.phone;
  const row: NormalisedRow = {
    line,
    facts,
    custom: draft.custom,
    companyKey: companyKey(facts),
    // A bare number is known by itself, or it would be new with each import.
    phoneKey: phoneKey(main, facts.first_name, facts.last_name) ?? (onlyPhone ? main : null),
    otherPhoneKey: phoneKey(other, facts.first_name, facts.last_name),
  };
  return { kind: 'person', row, warnings: draft.warnings };
}

function settleName({ facts, fullName }: Draft): void {
  if (fullName === null) return;
  const split = splitFullName(fullName);
  facts.civility ??= split.civility;
  if (facts.first_name !== null && facts.last_name !== null) return;
  facts.first_name ??= split.first === null ? null : recaseFirstName(split.first);
  facts.last_name ??= split.last === null ? null : recaseName(split.last);
}

/** A mobile is a mobile in whatever column it stood; a second one takes the place of a missing land line. */
function settlePhones(draft: Draft): void {
  const { facts, phones } = draft;
  if (phones === null) return;
  const mobile = phones.find((phone) => phone.mobile);
  const line =
    phones.find((phone) => !phone.mobile) ?? phones.find((phone) => phone.number !== mobile?.number);
  facts.mobile = mobile?.number ?? null;
  facts.phone = line?.number ?? null;
  for (const phone of phones)
    if (phone.number !== facts.mobile && phone.number !== facts.phone)
      draft.keep(phone.column.key, phone.number);
}

function settleFirm(draft: Draft): void {
  const { facts } = draft;
  if (facts.siret === null) return;
  const siren = facts.siret.slice(0, 9);
  if (facts.siren === null) facts.siren = siren;
  if (facts.siren === siren) return;
  draft.warn('siren_mismatch');
  facts.siret = null;
}
