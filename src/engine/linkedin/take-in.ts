import type { Findings, LinkedinStore, Taken, TakeOptions } from '../ports/linkedin.ts';
import type { StoppedCounts } from '../ports/people.ts';
import { countOf, portionsOf } from './portions.ts';

export interface TakeInput {
  findings: Findings;
  store: Pick<LinkedinStore, 'firms' | 'begin'>;
  options: TakeOptions;
  /** Between portions: lets whoever waits for the base write, and ctrl-C be heard. */
  pause(): Promise<void>;
  /** Asked between portions: a person has pressed ctrl-C. */
  interrupted(): boolean;
  onProgress(done: number, of: number): void;
}

/** A person has broken it off: what is in is in, and the same import goes on from there. */
export class TakingStopped extends Error {}

/**
 * Takes the findings in, portion by portion. What is in stays in where it breaks off.
 * @throws TakingStopped
 */
export async function takeIn(input: TakeInput): Promise<Taken> {
  const { findings, store, options } = input;
  const people = [...findings.sendings, ...findings.connections, ...findings.replies];
  const firms = await store.firms([...new Set(people.map(({ prospectId }) => prospectId))]);
  const portions = portionsOf(findings, firms);
  const taking = await store.begin(options);
  const sum = nothing();
  let done = 0;
  try {
    for (const portion of portions) {
      if (done > 0) await input.pause();
      if (input.interrupted()) throw new TakingStopped();
      add(sum, await taking.take(portion));
      done += countOf(portion);
      input.onProgress(done, people.length);
    }
  } finally {
    await taking.end();
  }
  return sum;
}

const nobody = (): StoppedCounts => ({ people: 0, enrolments: 0, messages: 0 });

export const nothing = (): Taken => ({
  outcomes: [],
  profiles: { filled: 0, taken: 0 },
  closed: 0,
  stopped: nobody(),
  colleagues: nobody(),
  blacklisted: 0,
});

function add(sum: Taken, more: Taken): void {
  for (const outcome of more.outcomes) sum.outcomes.push(outcome);
  sum.profiles.filled += more.profiles.filled;
  sum.profiles.taken += more.profiles.taken;
  sum.closed += more.closed;
  addStopped(sum.stopped, more.stopped);
  addStopped(sum.colleagues, more.colleagues);
  sum.blacklisted += more.blacklisted;
}

export function addStopped(sum: StoppedCounts, more: StoppedCounts): void {
  sum.people += more.people;
  sum.enrolments += more.enrolments;
  sum.messages += more.messages;
}
