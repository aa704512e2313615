import type { Context } from '../../../context.ts';
import { rowReader } from '../../../engine/import/row.ts';
import type { CampaignMode, Channel, Prospect } from '../../../engine/model.ts';
import type { Policy } from '../../../engine/plan/decision.ts';
import type { CampaignAnswers } from '../../../engine/ports/campaign-drafts.ts';
import type { LeftOut } from '../../../engine/ports/campaigns.ts';
import type { NormalisedRow } from '../../../engine/ports/imports.ts';
import { emptyRoster, type Roster, type RosterStore } from '../../../engine/ports/roster.ts';
import type { Scenario } from '../../../engine/scenario/scenario.ts';
import { createProgress } from '../../../io/progress.ts';
import { headerRecogniser, settlePlan } from '../../prospect/import/plan.ts';
import { candidates, filesOf, parseFrom, parsePerson } from '../people.ts';
import { rowsByHand } from './enrol.ts';
import { reachCounter, type Shortfall } from './shortfalls.ts';

/** Who would be in a campaign, and who would not. Of a long list, the first people only are kept. */
export interface Selection {
  count: number;
  first: Prospect[];
  /** By reason: how many, and the first of them. */
  out: Map<LeftOut, { count: number; first: Prospect[] }>;
  /** Rows of lists that an import would refuse. */
  refused: number;
  /** Channels that do not reach everybody. */
  shortfalls: Shortfall[];
}

/** What decides who is in. */
export interface Into {
  mode: CampaignMode;
  channels: readonly Channel[];
  scenario: Scenario;
  policy: Policy;
}

/** Whether anybody is named at all, be they there or not. */
export const namesPeople = ({ from = [], person = [] }: CampaignAnswers): boolean =>
  from.length + person.length > 0;

/** Beyond that many people the calendar would keep a person waiting, and tell little more. */
export const MOST_FORESEEN = 3000;
const CHUNK = 1000;
const NAMED = 3;

/**
 * The sources as they are now: lists are read, and nothing of them is stored.
 * @param rest called after each portion; what it throws ends it
 */
export async function selectPeople(
  context: Context,
  answers: CampaignAnswers,
  into: Into,
  rest: () => Promise<void>,
): Promise<Selection> {
  const store = await context.stores.roster();
  const progress = createProgress(context.io, 'Looking at people');
  try {
    const { ids, listed, refused } = await gather(context, answers, store, rest);
    const known = new Set(ids);
    const others = [...listed.values()].filter(({ id }) => !known.has(id));
    const selection: Selection = { count: 0, first: [], out: new Map(), refused, shortfalls: [] };
    const reach = reachCounter(into, into.policy);
    const too = { answered: answers.includeAnswered === true, again: answers.again === true };
    let done = 0;
    for await (const people of chunks(store, ids, listed, others)) {
      const reasons = await store.leftOut(people, { mode: into.mode, scenario: into.scenario, too });
      for (const person of people) {
        const reason = reasons.get(person.id) ?? null;
        sort(person, reason, selection);
        if (reason === null) reach.add(person);
      }
      done += people.length;
      progress.at(done, ids.length + others.length);
      await rest();
    }
    return { ...selection, shortfalls: reach.shortfalls() };
  } finally {
    progress.end();
  }
}

/** Those of the base as the lists leave them, then those whom the lists bring; never all of them at once. */
async function* chunks(
  store: RosterStore,
  ids: readonly number[],
  listed: Roster['people'],
  others: readonly Prospect[],
): AsyncGenerator<Prospect[]> {
  for (let at = 0; at < ids.length; at += CHUNK)
    yield (await store.people(ids.slice(at, at + CHUNK))).map((one) => listed.get(one.id) ?? one);
  for (let at = 0; at < others.length; at += CHUNK) yield others.slice(at, at + CHUNK);
}

function sort(person: Prospect, reason: LeftOut | null, selection: Selection): void {
  if (reason === null) {
    selection.count += 1;
    if (selection.first.length < MOST_FORESEEN) selection.first.push(person);
    return;
  }
  const { out } = selection;
  const group = out.get(reason) ?? { count: 0, first: [] };
  out.set(reason, group);
  group.count += 1;
  if (group.first.length < NAMED) group.first.push(person);
}

/** `ids`: people of the base; `listed`: people of lists and by hand, those of the base among them completed. */
async function gather(
  context: Context,
  { from = [], person = [] }: CampaignAnswers,
  store: RosterStore,
  rest: () => Promise<void>,
): Promise<{ ids: number[]; listed: Roster['people']; refused: number }> {
  const roster = emptyRoster();
  const now = context.now();
  const sources = from.map((text) => parseFrom(text, context.cwd, now));
  const ids = await candidates(context, sources);
  let refused = 0;
  for (const path of filesOf(sources))
    for await (const { rows, bad } of readList(context, path)) {
      refused += bad + (await store.afterImport(rows, roster));
      await rest();
    }
  refused += await store.afterImport(await rowsByHand(context, person.map(parsePerson)), roster);
  return { ids, listed: roster.people, refused };
}

async function* readList(
  context: Context,
  path: string,
): AsyncGenerator<{ rows: NormalisedRow[]; bad: number }> {
  const { country } = await context.config();
  const list = await context.csvFile(path, { encoding: null, delimiter: null, known: headerRecogniser([]) });
  try {
    const read = rowReader(settlePlan(list, []), country);
    for await (const records of list.records()) {
      const found = records.map(read);
      const rows = found.flatMap((each) => (each.kind === 'person' ? [each.row] : []));
      yield { rows, bad: found.filter(({ kind }) => kind === 'refused').length };
    }
  } finally {
    await list.close();
  }
}
