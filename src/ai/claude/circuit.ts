import type { ClaudeFailure, Failure } from './failure.ts';

const MOST_DOWN = 4;

/** Not mended while this process runs. */
const LASTING: readonly ClaudeFailure[] = ['bad_key', 'no_model', 'no_credit'];

/** Says when it is of no use to ask again in this process, which is one tick. */
export class Circuit {
  #down = 0;
  #open: Failure | null = null;

  /** Why nobody should ask now; null: go ahead. */
  get open(): Failure | null {
    return this.#open;
  }

  /** How asking has gone; null: an answer. */
  record(failure: Failure | null): void {
    if (failure?.reason === 'stopped') return;
    this.#down = failure?.reason === 'down' ? this.#down + 1 : 0;
    if (failure === null || failure.reason === 'refused' || failure.reason === 'cut_off') this.#open = null;
    else if (LASTING.includes(failure.reason) || this.#down >= MOST_DOWN) this.#open ??= failure;
  }
}
