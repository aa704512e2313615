/**
 * Gathers what comes in one turn of the event loop, so that it is written at once: the disk is waited for once, and
 * whoever handed something in is told when it is safe.
 */
export class Together<T> {
  readonly #write: (items: readonly T[]) => void;
  #items: T[] = [];
  #under: Promise<void> | null = null;

  constructor(write: (items: readonly T[]) => void) {
    this.#write = write;
  }

  add(item: T): Promise<void> {
    this.#items.push(item);
    this.#under ??= new Promise((resolve) => setImmediate(resolve)).then(() => {
      const items = this.#items;
      this.#items = [];
      this.#under = null;
      this.#write(items);
    });
    return this.#under;
  }
}
