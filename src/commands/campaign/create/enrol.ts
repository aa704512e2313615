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
import { addUp, enrolPeople } from '../enrol-people.ts';
import { forgetEmptyLists, sayLists, type TakenList, takeList } from './take-lists.ts';

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
 * Takes everybody in, then lets the campaign run, unless somebody has paused it: no tick writes to a part of them. Where somebody cannot be taken in, as
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
  const taken: Taken = { total: { enrolled: 0, left_out: {} }, lists: [], byHand: 0 };
  const interrupt = watchInterrupt();
  try {
    await enrolAll(context, campaign, sources, too, taken);
    if (interrupt.pressed()) throw noCampaign();
    refuseNobody(taken, sources);
    const store = await context.stores.campaigns();
    await store.start(campaign.id);
    sayLists(context, taken.lists);
    return taken.total;
  } catch (error) {
    await takeBack(context, campaign, taken);
    throw interrupt.pressed() ? noCampaign() : error;
  } finally {
    interrupt.stop();
  }
}

/** What a launch has done so far. */
interface Taken {
  total: EnrolResult;
  lists: TakenList[];
  /** People by hand who are stored. */
  byHand: number;
}

const noCampaign = (): UserError =>
  new UserError('interrupted: no campaign is made', { exitCode: EXIT.interrupted });

/** Where people were named, one with none of them is a mistake. @throws UserError */
function refuseNobody({ total: { enrolled, left_out } }: Taken, { people, files, byHand }: Sources): void {
  if (enrolled > 0 || people.length + files.length + byHand.length === 0) return;
  const reasons = LEFT_OUT_REASONS.flatMap((reason) => {
    const people = left_out[reason];
    return people ? [{ people, text: `${people} ${LEFT_OUT[reason]}` }] : [];
  });
  const [list] = files;
  if (reasons.length === 0)
    throw list === undefined
      ? failure('nobody of those who were named can be taken in', 'hector prospect list')
      : failure(`nobody in ${list} can be taken in`, `hector prospect import ${shellWord(list)} --dry-run`);
  const named = reasons.reduce((sum, { people }) => sum + people, 0);
  throw failure(
    `nobody of ${named} can be enrolled: ${reasons.map(({ text }) => text).join(', ')}`,
    'hector prospect list',
  );
}

async function takeBack(context: Context, { id, name }: Campaign, { lists, byHand }: Taken): Promise<void> {
  const ends = await context.stores.campaignEnds();
  const gone = await ends.discard(id).catch((error: unknown) => {
    context.io.warn(printable(`Campaign "${name}" could not be taken back: ${String(error)}`));
    return false;
  });
  const [show, drop] = ['show', 'delete'].map((verb) => `hector campaign ${verb} ${shellWord(name)}`);
  if (!gone) context.io.warn(printable(`Campaign "${name}" is left as it is: ${show}, or ${drop}`));
  const left = gone ? await forgetEmptyLists(context, lists) : lists;
  sayLists(context, left);
  if (gone && left.length + byHand > 0)
    context.io.note('No campaign is made. Whom the lists have brought stays in the base.');
}

async function enrolAll(
  context: Context,
  campaign: Campaign,
  { people, files, byHand }: Sources,
  too: TakenToo,
  taken: Taken,
): Promise<void> {
  const seen = new Set<number>();
  for (const file of files) {
    const list = await takeList(context, campaign, file, too);
    taken.lists.push(list);
    for (const id of list.prospectIds) seen.add(id);
    if (list.enrolment) addUp(taken.total, list.enrolment);
  }
  const typed = await storeByHand(context, byHand);
  taken.byHand = typed.length;
  const rest = [...typed, ...people].filter((id) => !seen.has(id));
  const enroller = await context.stores.enroller();
  const wanted = { campaign: campaign.id, people: [...new Set(rest)], too, now: context.now() };
  await enrolPeople(context, enroller, wanted, taken.total);
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
