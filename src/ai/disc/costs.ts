/** What profiles have cost, in millionths of a US dollar, until the text that each was asked for is charged with it. */
export class ProfileCosts {
  readonly #due = new Map<number, number>();

  add(prospectId: number, cost: number): void {
    if (cost > 0) this.#due.set(prospectId, (this.#due.get(prospectId) ?? 0) + cost);
  }

  take(prospectId: number): number {
    const cost = this.#due.get(prospectId) ?? 0;
    this.#due.delete(prospectId);
    return cost;
  }

  /** Of those whose text was not written. */
  takeRest(): number {
    const rest = [...this.#due.values()].reduce((sum, cost) => sum + cost, 0);
    this.#due.clear();
    return rest;
  }
}
