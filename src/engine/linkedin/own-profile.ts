import type { MessageRow } from './rows.ts';

export type OwnProfile = { found: string } | { found: null; candidates: string[] };

/** Whose mailbox this is: the one profile that has a part in nearly every message. */
export class Participants {
  readonly #counts = new Map<string, number>();
  #messages = 0;

  add({ sender, recipients }: Pick<MessageRow, 'sender' | 'recipients'>): void {
    this.#messages += 1;
    for (const slug of new Set([sender, ...recipients]))
      this.#counts.set(slug, (this.#counts.get(slug) ?? 0) + 1);
  }

  has(slug: string): boolean {
    return this.#counts.has(slug);
  }

  get messages(): number {
    return this.#messages;
  }

  /** Nobody, where two are equally often there: all messages are of one conversation. */
  own(): OwnProfile {
    const [first, second] = [...this.#counts].sort((left, right) => right[1] - left[1]);
    if (!first) return { found: null, candidates: [] };
    if (first[1] > (second?.[1] ?? 0) && first[1] * 2 > this.#messages) return { found: first[0] };
    return { found: null, candidates: [first[0], ...(second ? [second[0]] : [])] };
  }
}

/** Whose export it is cannot be told, or it is not the one that was named. */
export class OwnProfileUnknown extends Error {
  /** Who has a part in most of them. */
  readonly candidates: readonly string[];
  /** The one that a person has named, and that is in none of them. */
  readonly named: string | null;

  constructor(candidates: readonly string[], named: string | null) {
    super('whose messages are these?');
    this.candidates = candidates;
    this.named = named;
  }
}
