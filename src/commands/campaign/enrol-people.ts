import type { Context } from '../../context.ts';
import {
  type Enroller,
  type EnrolResult,
  LEFT_OUT_REASONS,
  type TakenToo,
} from '../../engine/ports/campaigns.ts';
import { hearInterrupt, watchInterrupt } from '../../io/interrupt.ts';
import { createProgress } from '../../io/progress.ts';

interface Wanted {
  campaign: string | number;
  people: readonly number[];
  too: TakenToo;
  /** UTC ms. */
  now: number;
}

const CHUNK = 1000;

/**
 * Takes people in, thousand by thousand, so that Ctrl-C is heard in between.
 * @param total what is added to, also where it ends half-way
 * @throws UserError with exit code 130 after Ctrl-C; who is in by then stays in
 */
export async function enrolPeople(
  context: Context,
  enroller: Enroller,
  { campaign, people, too, now }: Wanted,
  total: EnrolResult,
): Promise<void> {
  const interrupt = watchInterrupt();
  const progress = createProgress(context.io, 'Enrolling');
  try {
    for (let from = 0; from < people.length; from += CHUNK) {
      addUp(total, await enroller.enrol(campaign, people.slice(from, from + CHUNK), now, too));
      progress.at(Math.min(from + CHUNK, people.length), people.length);
      await hearInterrupt(interrupt);
    }
  } finally {
    interrupt.stop();
    progress.end();
  }
}

export function addUp(total: EnrolResult, { enrolled, left_out }: EnrolResult): void {
  total.enrolled += enrolled;
  for (const reason of LEFT_OUT_REASONS) {
    const people = left_out[reason];
    if (people) total.left_out[reason] = (total.left_out[reason] ?? 0) + people;
  }
}
