/** The end of one call: its time is over, body included, or the user stops it. */
export class Deadline {
  /** Whether it was the time. */
  late = false;
  readonly #control = new AbortController();
  readonly #stop: AbortSignal | undefined;
  readonly #timer: NodeJS.Timeout;
  readonly #abort = (): void => this.#control.abort();

  constructor(ms: number, stop: AbortSignal | undefined) {
    this.#stop = stop;
    this.#timer = setTimeout(() => {
      this.late = true;
      this.#abort();
    }, ms);
    stop?.addEventListener('abort', this.#abort, { once: true });
  }

  get signal(): AbortSignal {
    return this.#control.signal;
  }

  /** The call is over. */
  end(): void {
    clearTimeout(this.#timer);
    this.#stop?.removeEventListener('abort', this.#abort);
  }
}

export const STOPPED = Symbol('stopped');

/** What is awaited, or that the user has stopped before it was there. */
export async function unlessStopped<T>(
  awaited: Promise<T>,
  stop: AbortSignal | undefined,
): Promise<T | typeof STOPPED> {
  if (stop === undefined) return awaited;
  if (stop.aborted) return STOPPED;
  let listener = (): void => undefined;
  const stopped = new Promise<typeof STOPPED>((resolve) => {
    listener = () => resolve(STOPPED);
    stop.addEventListener('abort', listener, { once: true });
  });
  try {
    return await Promise.race([awaited, stopped]);
  } finally {
    stop.removeEventListener('abort', listener);
  }
}
