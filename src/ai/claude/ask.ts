import type { MessageCreateParamsNonStreaming } from '@anthropic-ai/sdk/resources/messages';
import type { RealTime } from '../../pace.ts';
import type { Circuit } from './circuit.ts';
import type { Exchange } from './exchange.ts';
import type { ClaudeFailure, Failure } from './failure.ts';
import { type Reading, readMessage, type Usage } from './message.ts';

/**
 * What came of one question. `latencyMs`: of its HTTP calls, without the waits between them; `calls`: how many there
 * were; `detail`: one line for a person.
 */
export type ClaudeOutcome =
  | { status: 'answered'; text: string; model: string; usage: Usage; latencyMs: number; calls: number }
  | {
      status: 'failed';
      reason: ClaudeFailure;
      detail: string;
      /** Refusals and cut-off texts are paid for. */
      usage: Usage | null;
      latencyMs: number;
      calls: number;
      retryAfterMs: number | null;
    };

/** What happens outside: the clock, and dice from 0 up to 1. */
export interface Surroundings {
  time: RealTime;
  random: () => number;
}

const MOST_TRIES = 3;
/** A longer Retry-After is not waited for. */
const PATIENCE_MS = 20_000;
const FIRST_PAUSE_MS = 1000;

/** Asks once, and up to twice more where that may help and was not forbidden. */
export async function ask(
  exchange: Exchange,
  circuit: Circuit,
  params: MessageCreateParamsNonStreaming,
  surroundings: Surroundings,
  stop: AbortSignal | undefined,
): Promise<ClaudeOutcome> {
  const spent: Spent = { latencyMs: 0, calls: 0 };
  if (circuit.open !== null) return outcome(failed(circuit.open), spent);
  const attempt = async (): Promise<Reading> => {
    const called = await exchange.call(
      (client, signal) => client.post<unknown>('/v1/messages', { body: params, signal }),
      stop,
    );
    spent.calls += called.calls;
    spent.latencyMs += called.ms;
    return called.status === 'done'
      ? readMessage(called.data, params.model, exchange.tell)
      : failed(called.failure);
  };
  const reading = await repeated(attempt, circuit, surroundings, stop);
  circuit.record(reading.status === 'answered' ? null : reading.failure);
  return outcome(reading, spent);
}

async function repeated(
  attempt: () => Promise<Reading>,
  circuit: Circuit,
  { time, random }: Surroundings,
  stop: AbortSignal | undefined,
): Promise<Reading> {
  for (let tries = 1; ; tries += 1) {
    const reading = await attempt();
    if (reading.status === 'answered' || tries === MOST_TRIES) return reading;
    const pause = pauseAfter(reading.failure, tries, random);
    if (pause === null) return reading;
    // A stop is told by the next attempt, which then makes no call.
    await time.wait(pause, stop).catch(() => undefined);
    // Others have found out meanwhile.
    if (circuit.open !== null) return reading;
  }
}

/** What Claude asks for, else a random part of 1 s, 2 s (full jitter), ms; null: no use, or too long. */
function pauseAfter({ again, retryAfterMs }: Failure, tries: number, random: () => number): number | null {
  if (!again) return null;
  if (retryAfterMs !== undefined) return retryAfterMs <= PATIENCE_MS ? retryAfterMs : null;
  return random() * FIRST_PAUSE_MS * 2 ** (tries - 1);
}

interface Spent {
  latencyMs: number;
  calls: number;
}

const failed = (failure: Failure): Reading => ({ status: 'failed', failure, usage: null });

function outcome(reading: Reading, spent: Spent): ClaudeOutcome {
  if (reading.status === 'answered') return { ...reading, ...spent };
  const { reason, detail, retryAfterMs = null } = reading.failure;
  return { status: 'failed', reason, detail, retryAfterMs, usage: reading.usage, ...spent };
}
