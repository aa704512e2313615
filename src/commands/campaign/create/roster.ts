import type { Context } from '../../../context.ts';
import { rowReader } from '../../../engine/import/row.ts';
import type { Prospect } from '../../../engine/model.ts';
import type { Campaign } from '../../../engine/plan/snapshot.ts';
import type { CampaignAnswers } from '../../../engine/ports/campaign-drafts.ts';
import type { LeftOut } from '../../../engine/ports/campaigns.ts';
import type { NormalisedRow } from '../../../engine/ports/imports.ts';
import { emptyRoster, type Roster, type RosterStore } from '../../../engine/ports/roster.ts';
import type { Scenario } from '../../../engine/scenario/scenario.ts';
import { createProgress } from '../../../io/progress.ts';
import { headerRecogniser, settlePlan } from '../../prospect/import/plan.ts';
import { candidates, filesOf, parseFrom, parsePerson } from '../people.ts';
import { rowsByHand } from './enrol.ts';

/** Who would be in a campaign, and who would not. */
export interface Selection {
  inside: Prospect[];
  /** By reason: how many, and the first of them. */
  out: Map<LeftOut, { count: number; first: Prospect[] }>;
  /** Rows of lists that an import would refuse. */
  refused: number;
}

const CHUNK = 1000;
const NAMED = 3;

/** The sources as they are now: lists are read, and nothing of them is stored. */
export async function selectPeople(
  context: Context,
  answers: CampaignAnswers,
  { mode, scenario }: Pick<Campaign, 'mode'> & { scenario: Scenario },
): Promise<Selection> {
  const store = await context.stores.roster();
  const progress = createProgress(context.io, 'Looking at people');
  try {
    const { roster, refused } = await gather(context, answers, store);
    const selection: Selection = { inside: [], out: new Map(), refused };
    const people = [...roster.people.values()];
    const answered = answers.includeAnswered === true;
    for (let from = 0; from < people.length; from += CHUNK) {
      const chunk = people.slice(from, from + CHUNK);
      const reasons = await store.leftOut(chunk, { mode, scenario, answered });
      for (const person of chunk) sort(person, reasons.get(person.id) ?? null, selection);
      progress.at(from + chunk.length, people.length);
    }
    return selection;
  } finally {
    progress.end();
  }
}

function sort(person: Prospect, reason: LeftOut | null, { inside, out }: Selection): void {
  if (reason === null) {
    inside.push(person);
    return;
  }
  const group = out.get(reason) ?? { count: 0, first: [] };
  out.set(reason, group);
  group.count += 1;
  if (group.first.length < NAMED) group.first.push(person);
}

async function gather(
  context: Context,
  { from = [], person = [] }: CampaignAnswers,
  store: RosterStore,
): Promise<{ roster: Roster; refused: number }> {
  const roster = emptyRoster();
  const now = context.now();
  const sources = from.map((text) => parseFrom(text, context.cwd, now));
  const ids = await candidates(context, sources);
  for (let at = 0; at < ids.length; at += CHUNK)
    for (const one of await store.people(ids.slice(at, at + CHUNK))) roster.people.set(one.id, one);
  let refused = 0;
  for (const path of filesOf(sources))
    for await (const { rows, bad } of readList(context, path))
      refused += bad + (await store.afterImport(rows, roster));
  refused += await store.afterImport(await rowsByHand(context, person.map(parsePerson)), roster);
  return { roster, refused };
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
