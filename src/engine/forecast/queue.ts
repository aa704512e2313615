/** The earliest first; of the same moment, in the order in which they came. */
export class TimeQueue<Item> {
  readonly #heap: { at: number; order: number; item: Item }[] = [];
  #order = 0;

  get size(): number {
    return this.#heap.length;
  }

  add(at: number, item: Item): void {
    this.#heap.push({ at, order: this.#order++, item });
    let place = this.#heap.length - 1;
    while (place > 0) {
      const above = (place - 1) >> 1;
      if (!this.#swapIfLater(above, place)) return;
      place = above;
    }
  }

  next(): { at: number; item: Item } | undefined {
    const [first] = this.#heap;
    const last = this.#heap.pop();
    if (!first || !last || this.#heap.length === 0) return first;
    this.#heap[0] = last;
    for (let place = 0; ; ) {
      const [left, right] = [2 * place + 1, 2 * place + 2];
      const below = this.#isLater(left, right) ? right : left;
      if (!this.#swapIfLater(place, below)) return first;
      place = below;
    }
  }

  #isLater(one: number, other: number): boolean {
    const [a, b] = [this.#heap[one], this.#heap[other]];
    return a !== undefined && b !== undefined && (a.at > b.at || (a.at === b.at && a.order > b.order));
  }

  #swapIfLater(above: number, below: number): boolean {
    const [a, b] = [this.#heap[above], this.#heap[below]];
    if (!a || !b || !this.#isLater(above, below)) return false;
    this.#heap[above] = b;
    this.#heap[below] = a;
    return true;
  }
}
