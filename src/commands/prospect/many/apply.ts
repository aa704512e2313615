import type { Context } from '../../../context.ts';
import { PEOPLE_PROBLEMS, type PersonOutcome } from '../../../engine/ports/people-changes.ts';
import { EXIT, usageError } from '../../../errors.ts';
import { createProgress } from '../../../io/progress.ts';
import { printJson } from '../../../io/table.ts';
import { printable } from '../../../io.ts';
import { counted } from '../../counted.ts';
import { enrolmentJson } from '../view.ts';
import type { Selected, Unknown } from './select.ts';

/** What is done with many people at once. */
export interface ManyAct {
  /** `pause`, for the question. */
  verb: string;
  /** `paused`, for what is told afterwards. */
  done: string;
  /** Behind the people in both: `from Printemps to Été`. */
  where: string;
  /** The command, for what to type next. */
  help: string;
  yes: boolean;
  /** One atomic act. */
  act(ids: readonly number[]): Promise<PersonOutcome[]>;
}

/** People of one act: the database is locked for a moment only. */
const CHUNK = 1000;
const SAMPLE = 3;
/** Lines on a terminal of what was not done. */
const LISTED = 20;

/** Asks, does it in pieces, and says what could not be done and why: then the exit code is 1. */
export async function applyToMany(context: Context, selected: Selected, job: ManyAct): Promise<void> {
  const { ids, unknown } = selected;
  if (ids.length === 0 && unknown.length === 0) {
    context.io.note('Nobody like that: nothing was done. Who is there: hector prospect list');
    if (context.json) printJson(context.io, manyJson(job, [], []));
    return;
  }
  if (ids.length > 0 && !(await confirmed(context, selected, job))) {
    context.io.note('Nothing was done.');
    return;
  }
  const outcomes = await inPieces(context, ids, job);
  report(context, job, outcomes, unknown);
}

async function confirmed(context: Context, { ids, unknown, said }: Selected, job: ManyAct): Promise<boolean> {
  if (job.yes) return true;
  const who = `${counted(ids.length, 'person', 'people')}${job.where} (${await sample(context, ids)})${leftOut(unknown)}`;
  if (!context.io.interactive)
    throw usageError(`this would ${job.verb} ${who}: say --yes`, `${job.help}${said} --yes`);
  const verb = job.verb.charAt(0).toUpperCase() + job.verb.slice(1);
  return context.prompter().confirm(`${verb} ${who}?`);
}

const leftOut = ({ length }: readonly Unknown[]): string =>
  length === 0 ? '' : `, and leave out ${length} who ${length === 1 ? 'is' : 'are'} not known`;

async function sample(context: Context, ids: readonly number[]): Promise<string> {
  const names = await (await context.stores.peopleChanges()).names(ids.slice(0, SAMPLE));
  const shown = printable(names.map(({ name }) => name).join(', '));
  const more = ids.length - names.length;
  return more > 0 ? `${shown} and ${more} more` : shown;
}

async function inPieces(context: Context, ids: readonly number[], job: ManyAct): Promise<PersonOutcome[]> {
  const progress = createProgress(context.io, `${job.verb} people`);
  const outcomes: PersonOutcome[] = [];
  try {
    for (let from = 0; from < ids.length; from += CHUNK) {
      outcomes.push(...(await job.act(ids.slice(from, from + CHUNK))));
      progress.at(outcomes.length, ids.length);
      // Ctrl-C between two acts, and a terminal that is drawn.
      await new Promise((resolve) => setImmediate(resolve));
    }
  } finally {
    progress.end();
  }
  return outcomes;
}

function report(
  context: Context,
  job: ManyAct,
  outcomes: readonly PersonOutcome[],
  unknown: readonly Unknown[],
): void {
  const { io } = context;
  const failed = outcomes.filter(({ problem }) => problem !== null);
  if (failed.length + unknown.length > 0) context.exitCode = EXIT.failed;
  if (context.json) {
    printJson(io, manyJson(job, outcomes, unknown));
    return;
  }
  const done = outcomes.length - failed.length;
  io.out(printable(`${counted(done, 'person', 'people')} ${job.done}${job.where}.`));
  const lines = [
    ...failed.map(({ id, name, problem }) => `#${id} ${name}: ${problem && PEOPLE_PROBLEMS[problem]}`),
    ...unknown.map(({ why }) => why),
  ];
  if (lines.length === 0) return;
  io.warn(`Not ${job.done}: ${lines.length}`);
  for (const line of lines.slice(0, LISTED)) io.warn(`  ${printable(line)}`);
  if (lines.length > LISTED) io.warn(`  and ${lines.length - LISTED} more; --json lists all of them`);
}

/** Stable keys: docs/json.md. */
function manyJson(
  { done: what }: ManyAct,
  outcomes: readonly PersonOutcome[],
  unknown: readonly Unknown[],
): Record<string, unknown> {
  const done = outcomes.filter(({ problem }) => problem === null);
  return {
    done: what,
    count: done.length,
    people: done.map(({ id, name, enrolments }) => ({
      id,
      name,
      // Nothing is left of whoever was deleted.
      ...(enrolments.length > 0 ? { enrolments: enrolments.map(enrolmentJson) } : {}),
    })),
    not_done: [
      ...outcomes.flatMap(({ id, name, problem }) =>
        problem === null ? [] : [{ id, name, reason: problem }],
      ),
      ...unknown.map(({ reference }) => ({ id: null, name: reference, reason: 'nobody' })),
    ],
  };
}
