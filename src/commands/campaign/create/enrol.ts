import type { Context } from '../../../context.ts';
import { type TypedFacts, typedPersonText } from '../../../engine/import/typed-person.ts';
import type { Campaign } from '../../../engine/plan/snapshot.ts';
import { type EnrolResult, LEFT_OUT_REASONS } from '../../../engine/ports/campaigns.ts';
import type { NormalisedRow } from '../../../engine/ports/imports.ts';
import { UserError, usageError } from '../../../errors.ts';
import { printable } from '../../../io.ts';
import { importProspects } from '../../prospect/import.ts';

/** Whom a new campaign takes in. */
export interface Sources {
  /** Numbers of people who are in the base. */
  people: readonly number[];
  /** Lists still to be imported. */
  files: readonly string[];
  /** People given by hand, still to be stored. */
  byHand: readonly TypedFacts[];
}

/**
 * Lists first: one that cannot be read leaves no campaign behind, as long as nobody is in it.
 * @throws UserError
 */
export async function enrolAll(
  context: Context,
  campaign: Campaign,
  { people, files, byHand }: Sources,
  answered: boolean,
): Promise<EnrolResult> {
  const total: EnrolResult = { enrolled: 0, left_out: {} };
  const seen = new Set<number>();
  for (const file of files) {
    const { enrolment, prospectIds } = await importInto(context, campaign, file, answered);
    for (const id of prospectIds) seen.add(id);
    if (enrolment) addUp(total, enrolment);
  }
  const rest = [...(await storeByHand(context, byHand)), ...people].filter((id) => !seen.has(id));
  const enroller = await context.stores.enroller();
  addUp(total, await enroller.enrol(campaign.name, [...new Set(rest)], context.now(), { answered }));
  return total;
}

async function importInto(context: Context, campaign: Campaign, path: string, includeAnswered: boolean) {
  try {
    const options = { campaign: campaign.name, silentJson: true, includeAnswered };
    return await importProspects(context, path, options);
  } catch (error) {
    await (await context.stores.campaigns()).discard(campaign.id);
    throw error;
  }
}

/** What is wrong with one of them is said before anything is stored. */
export async function rowsByHand(context: Context, people: readonly TypedFacts[]): Promise<NormalisedRow[]> {
  if (people.length === 0) return [];
  const { readTyped } = await import('../../../engine/import/typed.ts');
  const { country } = await context.config();
  return people.map((facts) => {
    const read = readTyped(facts, country);
    if (read.ok) return read.row;
    throw usageError(`--person: ${read.problem}`, 'hector campaign create --help');
  });
}

/** One who is refused keeps nobody else out. */
async function storeByHand(context: Context, people: readonly TypedFacts[]): Promise<number[]> {
  if (people.length === 0) return [];
  const { addProspect } = await import('../../prospect/facts/take.ts');
  const ids: number[] = [];
  for (const facts of people) {
    try {
      ids.push((await addProspect(context, facts, { update: false, dryRun: false })).prospectId);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      context.io.warn(printable(`Not added: ${typedPersonText(facts)}: ${error.message}`));
    }
  }
  return ids;
}

function addUp(total: EnrolResult, { enrolled, left_out }: EnrolResult): void {
  total.enrolled += enrolled;
  for (const reason of LEFT_OUT_REASONS) {
    const people = left_out[reason];
    if (people) total.left_out[reason] = (total.left_out[reason] ?? 0) + people;
  }
}
