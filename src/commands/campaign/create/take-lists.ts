import type { Context } from '../../../context.ts';
import type { Campaign } from '../../../engine/plan/snapshot.ts';
import type { TakenToo } from '../../../engine/ports/campaigns.ts';
import type { ImportCounts } from '../../../engine/ports/imports.ts';
import { shellWord } from '../../../engine/shell-word.ts';
import { printable } from '../../../io.ts';
import { counted } from '../../counted.ts';
import type { FinishedImport } from '../../prospect/import/report.ts';
import { importProspects } from '../../prospect/import.ts';

/** A list that a launch has imported. */
export interface TakenList extends FinishedImport {
  file: string;
}

/** Imports a list into a campaign; what is said of it is said by `sayLists`. */
export async function takeList(
  context: Context,
  { id, name }: Campaign,
  file: string,
  { answered, again }: TakenToo,
): Promise<TakenList> {
  const options = {
    campaign: name,
    campaignId: id,
    part: 'silent',
    includeAnswered: answered,
    again,
  } as const;
  return { file, ...(await importProspects(context, file, options)) };
}

/** People whom a list has, known or not. */
export const takenFrom = ({ new: fresh, updated, unchanged }: ImportCounts): number =>
  fresh + updated + unchanged;

/** One line each, with the way back. */
export function sayLists({ io }: Context, lists: readonly TakenList[]): void {
  for (const list of lists) {
    io.note(listLine(list));
    if (list.textsAnew > 0)
      io.note(`Texts not sent yet, to be written anew with the new facts: ${list.textsAnew}.`);
  }
}

function listLine({ file, importId, counts, refusedKept }: TakenList): string {
  const [refused, warned] = [counts.refused, counts.warnings].map((reasons) =>
    Object.values(reasons).reduce((sum, rows) => sum + rows, 0),
  );
  const people = `${counted(takenFrom(counts), 'person', 'people')} (${counts.new} new, ${counts.updated} completed)`;
  const rest = [
    ...(refused
      ? [`${counted(refused, 'row')} refused${refusedKept ? ` into ${file}.refused.csv` : ''}`]
      : []),
    ...(warned
      ? [`${counted(warned, 'warning')}, shown by: hector prospect import ${shellWord(file)} --dry-run`]
      : []),
  ];
  const text = `Imported ${file}: ${[people, ...rest].join('; ')}.`;
  return printable(`${text} To take it back: hector prospect import --undo ${importId}`);
}

/** After a launch that failed: those that have changed nothing were never there. What is left of the others stays. */
export async function forgetEmptyLists(context: Context, lists: readonly TakenList[]): Promise<TakenList[]> {
  const store = await context.stores.imports();
  const left: TakenList[] = [];
  for (const list of lists) if (!(await store.forgetEmpty(list.importId))) left.push(list);
  return left;
}
