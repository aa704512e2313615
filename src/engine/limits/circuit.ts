import { CHANNELS, type Channel } from '../model.ts';

/** A live channel whose provider fails. `failures` in a row; closed again by the next call that works. */
export interface Circuit {
  channel: Channel;
  failures: number;
  /** UTC ms; null while it is not open. */
  openUntil: number | null;
  reason: string;
}

const FAILURES = 5;
const FIRST_MS = 5 * 60_000;
const LONGEST_MS = 3_600_000;

/**
 * After five failed calls in a row a channel is left alone for five minutes, and twice as long after each further
 * failure, an hour at most. The first call after that decides: one that works closes the circuit.
 */
export class Circuits {
  readonly #states: Map<Channel, Circuit>;

  constructor(states: readonly Circuit[]) {
    this.#states = new Map(states.map((state) => [state.channel, { ...state }]));
  }

  /** When the channel may be tried again (UTC ms), or null when it may be used now. */
  openUntil(channel: Channel, now: number): number | null {
    const until = this.#states.get(channel)?.openUntil ?? null;
    return until !== null && until > now ? until : null;
  }

  /** The provider itself asks for a pause: it is no failure, but nobody calls before that. */
  hold(channel: Channel, reason: string, until: number): void {
    const known = this.#states.get(channel);
    if (known?.openUntil && known.openUntil >= until) return;
    this.#states.set(channel, { channel, failures: known?.failures ?? 0, openUntil: until, reason });
  }

  worked(channel: Channel): void {
    this.#states.delete(channel);
  }

  /** @returns true when this failure opens the circuit */
  failed(channel: Channel, reason: string, now: number): boolean {
    const failures = (this.#states.get(channel)?.failures ?? 0) + 1;
    // Calls that were under way together fail together: that is one outage, not many.
    if (this.openUntil(channel, now) !== null) return false;
    const rest = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - FAILURES, 20));
    const openUntil = failures < FAILURES ? null : now + rest;
    this.#states.set(channel, { channel, failures, openUntil, reason });
    return openUntil !== null;
  }

  /** What to remember for the next tick. */
  states(): Circuit[] {
    return CHANNELS.flatMap((channel) => this.#states.get(channel) ?? []);
  }
}
