import { whileWaiting } from '../io/progress.ts';
import type { Io } from '../io.ts';

/** A call to Claude may take many seconds: a terminal is told that it goes on. */
export const whileClaudeWrites = <T>(io: Pick<Io, 'live' | 'stderr'>, work: Promise<T>): Promise<T> =>
  whileWaiting(io, 'Claude is writing', work);
