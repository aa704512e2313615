import { setTimeout as delay } from 'node:timers/promises';
import type { Context } from '../../../context.ts';
import { TakingStopped, takeIn } from '../../../engine/linkedin/take-in.ts';
import type { Findings, Taken, TakeOptions } from '../../../engine/ports/linkedin.ts';
import { EXIT, UserError } from '../../../errors.ts';
import { watchInterrupt } from '../../../io/interrupt.ts';
import { createProgress } from '../../../io/progress.ts';

/** Long enough for who waits for the write lock: SQLite asks again every 100 ms at the latest. */
const PAUSE_MS = 150;

/** @throws UserError when it was interrupted; what is in then stays in */
export async function takeFindings(
  context: Context,
  findings: Findings,
  options: TakeOptions,
): Promise<Taken> {
  const interrupt = watchInterrupt();
  const progress = createProgress(context.io, options.dryRun ? 'Trying' : 'Taking in');
  let taken = { done: 0, of: 0 };
  try {
    return await takeIn({
      ...{ findings, options },
      store: await context.stores.linkedin(),
      pause: () => delay(options.dryRun ? 0 : PAUSE_MS),
      interrupted: interrupt.pressed,
      onProgress(done, of) {
        taken = { done, of };
        progress.at(done, of);
      },
    });
  } catch (error) {
    progress.end();
    if (error instanceof TakingStopped) throw stopped(options.dryRun ? 0 : taken.done, taken.of);
    if (taken.done > 0 && !options.dryRun) context.io.warn(`hector: ${soFar(taken.done, taken.of)}`);
    throw error;
  } finally {
    interrupt.stop();
    progress.end();
  }
}

const stopped = (done: number, of: number): UserError =>
  new UserError(`interrupted: ${done === 0 ? 'nothing was stored' : soFar(done, of)}`, {
    exitCode: EXIT.interrupted,
  });

const soFar = (done: number, of: number): string =>
  `${done} of ${of} findings are in and hold; the same command goes on from there`;
