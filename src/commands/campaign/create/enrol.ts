import type { Context } from '../../../context.ts';
import { type TypedFacts, typedPersonText } from '../../../engine/import/typed-person.ts';
import type { Campaign } from '../../../engine/plan/snapshot.ts';
import {
  type EnrolResult,
  LEFT_OUT,
  LEFT_OUT_REASONS,
  type TakenToo,
} from '../../../engine/ports/campaigns.ts';
import type { NormalisedRow } from '../../../engine/ports/imports.ts';
import { shellWord } from '../../../engine/shell-word.ts';
import { EXIT, failure, UserError, usageError } from '../../../errors.ts';
import { watchInterrupt } from '../../../io/interrupt.ts';
import { printable } from '../../../io.ts';
import { importProspects } from '../../prospect/import.ts';
import { addUp, enrolPeople } from '../enrol-people.ts';

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
 * Takes everybody in, then lets the campaign run: no tick writes to a part of them. Where somebody cannot be taken in, as
 * from a list that cannot be read, or after Ctrl-C, there is no campaign.
 * @param campaign paused
 * @throws UserError
 */
export async function enrolAndStart(
  context: Context,
  campaign: Campaign,
  sources: Sources,
  too: TakenToo,
): Promise<EnrolResult> {
  const total: EnrolResult = { enrolled: 0, left_out: {} };
  const interrupt = watchInterrupt();
  try {
    await enrolAll(context, campaign, sources, { too, total });
    if (interrupt.pressed()) throw noCampaign();
    refuseNobody(total);
    const store = await context.stores.campaigns();
    await store.setStatus(campaign.id, 'running', context.now());
    return total;
  } catch (error) {
    await takeBack(context, campaign, sources, total);
    throw interrupt.pressed() ? noCampaign() : error;
  } finally {
    interrupt.stop();
  }
}

const noCampaign = (): UserError =>
  new UserError('interrupted: no campaign is made', { exitCode: EXIT.interrupted });

/** Where people were named, one with none of them is a mistake. @throws UserError */
function refuseNobody({ enrolled, left_out }: EnrolResult): void {
  const reasons = LEFT_OUT_REASONS.flatMap((reason) => {
    const people = left_out[reason];
    return people ? [{ people, text: `${people} ${LEFT_OUT[reason]}` }] : [];
  });
  if (enrolled > 0 || reasons.length === 0) return;
  const named = reasons.reduce((sum, { people }) => sum + people, 0);
  throw failure(
    `nobody of ${named} can be enrolled: ${reasons.map(({ text }) => text).join(', ')}`,
    'hector prospect list',
  );
}

async function takeBack(
  context: Context,
  { id, name }: Campaign,
  { files, byHand }: Sources,
  { enrolled, left_out }: EnrolResult,
): Promise<void> {
  const ends = await context.stores.campaignEnds();
  const gone = await ends.discard(id).catch((error: unknown) => {
    context.io.warn(printable(`Campaign "${name}" could not be taken back: ${String(error)}`));
    return false;
  });
  const [show, drop] = ['show', 'delete'].map((verb) => `hector campaign ${verb} ${shellWord(name)}`);
  if (!gone) context.io.warn(printable(`Campaign "${name}" is left as it is: ${show}, or ${drop}`));
  else if (enrolled > 0)
    context.io.note('No campaign is made. Whom the lists before have brought stays in the base.');
  else if (Object.keys(left_out).length > 0 && files.length + byHand.length > 0)
    context.io.note('No campaign is made. Whom the lists have brought stays in the base.');
}

async function enrolAll(
  context: Context,
  campaign: Campaign,
  { people, files, byHand }: Sources,
  { too, total }: { too: TakenToo; total: EnrolResult },
): Promise<void> {
  const seen = new Set<number>();
  for (const file of files) {
    const { enrolment, prospectIds } = await importInto(context, campaign, file, too);
    for (const id of prospectIds) seen.add(id);
    if (enrolment) addUp(total, enrolment);
  }
  const rest = [...(await storeByHand(context, byHand)), ...people].filter((id) => !seen.has(id));
  const enroller = await context.stores.enroller();
  const wanted = { campaign: campaign.name, people: [...new Set(rest)], too, now: context.now() };
  await enrolPeople(context, enroller, wanted, total);
}

const importInto = (context: Context, { name }: Campaign, path: string, { answered, again }: TakenToo) =>
  importProspects(context, path, { campaign: name, silentJson: true, includeAnswered: answered, again });

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
