import type { Context } from '../../../context.ts';
import type { Warning } from '../../../engine/import/codes.ts';
import type { TypedFacts } from '../../../engine/import/typed.ts';
import { LEFT_OUT_REASONS, type LeftOut, type TakenToo } from '../../../engine/ports/campaigns.ts';
import type { ImportCounts, NormalisedRow } from '../../../engine/ports/imports.ts';
import { failure, usageError } from '../../../errors.ts';
import { printable } from '../../../io.ts';

export interface AddedPerson {
  /** Of the import run that it is, for --undo; null in a dry run. */
  importId: number | null;
  result: 'new' | 'updated' | 'unchanged';
  prospectId: number;
  warnings: readonly string[];
  textsAnew: number;
}

export interface AddOptions {
  /** Overwrite what is known; else it only fills what is empty. */
  update: boolean;
  /** Says what would happen, and writes nothing. */
  dryRun: boolean;
}

/** What the run is called in the log of imports. */
const BY_HAND = '(added by hand)';

/**
 * Takes one person in as an import of one row would: normalised, merged with whom it is, woken, to be undone.
 * @param facts by field, as typed; `full_name` and `custom.key` too
 * @throws UserError for a fact that cannot be read, and where nothing would reach the person
 */
export async function addProspect(
  context: Context,
  facts: TypedFacts,
  options: AddOptions,
): Promise<AddedPerson> {
  const { country } = await context.config();
  const { readTyped } = await import('../../../engine/import/typed.ts');
  const read = readTyped(facts, country);
  if (!read.ok) throw usageError(printable(read.problem), 'hector prospect add --help');
  const taken = await take(context, read.row, Object.keys(facts), options);
  // Whoever is known has a name by which they are known.
  const own = taken.result === 'new' ? read.warnings : read.warnings.filter((each) => each !== 'no_name');
  return { ...taken, warnings: [...new Set<Warning | string>([...own, ...taken.warnings])] };
}

async function take(
  context: Context,
  row: NormalisedRow,
  names: readonly string[],
  { update, dryRun }: AddOptions,
): Promise<AddedPerson> {
  const store = await context.stores.imports();
  const now = context.now();
  const mapping = Object.fromEntries(names.map((name) => [name, name]));
  const importId = await store.begin({ file: BY_HAND, mapping, now, dryRun });
  const counts: ImportCounts = { read: 1, new: 0, updated: 0, unchanged: 0, refused: {}, warnings: {} };
  let finished = false;
  try {
    const [result] = await store.chunk(importId, [row], { update, now });
    if (!result) throw new Error('the row has no result');
    if (result.result === 'erased') throw erased();
    counts[result.result] += 1;
    const textsAnew = await store.finish(importId, 'done', counts, now);
    finished = true;
    return { ...result, importId: dryRun ? null : importId, textsAnew };
  } finally {
    if (!finished) await store.finish(importId, 'failed', counts, now);
  }
}

const erased = () =>
  failure('their data were erased at their request: nothing of them is kept', 'hector prospect list');

/** Enrols them; why not, or null. */
export async function enrolAdded(
  context: Context,
  prospectId: number,
  campaign: string,
  too: TakenToo,
): Promise<LeftOut | null> {
  const enroller = await context.stores.enroller();
  const { enrolled, left_out } = await enroller.enrol(campaign, [prospectId], context.now(), too);
  if (enrolled > 0) return null;
  return LEFT_OUT_REASONS.find((reason) => left_out[reason]) ?? 'already_enrolled';
}
