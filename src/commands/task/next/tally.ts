import type { Said, TaskAct } from '../../../engine/ports/tasks.ts';

/** What a key has recorded; an answer stops people everywhere, and is not taken back. */
export type SessionAct = TaskAct | 'replied';

export interface Done {
  messageId: number;
  act: SessionAct;
  said: Said;
  person: string;
}

const WORDS: Readonly<Record<SessionAct, string>> = {
  sent: 'sent',
  skipped: 'skipped',
  not_found: 'not found',
  connected: 'connected already',
  accepted: 'accepted',
  replied: 'replied',
  stopped: 'stopped',
  later: 'left for later',
};

export const actWords = (act: SessionAct): string => WORDS[act];

/** What came of a session. */
export class Tally {
  /** How long each task took, ms. */
  readonly took: number[] = [];
  readonly #counts = new Map<SessionAct, number>();

  add(act: SessionAct, number = 1): void {
    this.#counts.set(act, (this.#counts.get(act) ?? 0) + number);
  }

  get isEmpty(): boolean {
    return [...this.#counts.values()].every((count) => count === 0);
  }

  /** `2 sent, 1 left for later.` */
  line(): string {
    const parts = Object.keys(WORDS).flatMap((act) => {
      const found = [...this.#counts].find(([counted]) => counted === act);
      return found && found[1] > 0 ? [`${found[1]} ${WORDS[found[0]]}`] : [];
    });
    return `${parts.join(', ')}.`;
  }
}
