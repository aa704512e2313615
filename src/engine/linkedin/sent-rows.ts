import { fold } from '../import/fold.ts';
import type { FindingsStore, FoundSending, OpenText, SentText } from '../ports/linkedin.ts';

/** What the files show as sent to one person. */
interface Sent {
  /** UTC ms. */
  at: number;
  body: string | null;
}

/** An invitation cannot be repeated sooner, and nobody writes the same words twice so soon. */
const SAME_TOUCH_MS = 21 * 24 * 3_600_000;

/** Texts that went out by the files, and the open tasks that they settle. */
export class SentRows {
  readonly #tasks = new Map<number, OpenText[]>();
  readonly #rows = new Map<number, Map<string, Sent>>();

  constructor(open: readonly OpenText[]) {
    for (const task of [...open].sort((left, right) => left.createdAt - right.createdAt))
      this.#tasks.set(task.prospectId, [...this.tasksOf(task.prospectId), task]);
  }

  /** Oldest first. */
  tasksOf(prospectId: number): readonly OpenText[] {
    return this.#tasks.get(prospectId) ?? [];
  }

  /** The same row may be in two files. */
  add(prospectId: number, sent: Sent): void {
    const rows = this.#rows.get(prospectId) ?? new Map<string, Sent>();
    rows.set(`${sent.at}|${sent.body === null ? '' : fold(sent.body)}`, sent);
    this.#rows.set(prospectId, rows);
  }

  /**
   * One row settles one task: that of the same words, else the oldest, and only one that was there by then. What is
   * recorded as sent already has had its row.
   */
  async pair(store: FindingsStore, fits: (task: OpenText, sent: Sent) => boolean): Promise<Paired> {
    const paired: Paired = { sendings: [], older: [], rest: [] };
    const known = await store.sentTexts([...this.#rows.keys()]);
    for (const [prospectId, rows] of this.#rows) {
      const recorded = known.filter((text) => text.prospectId === prospectId);
      const fresh = [...rows.values()]
        .filter((sent) => !recorded.some((text) => isSame(text, sent)))
        .sort((one, other) => one.at - other.at);
      const used = pairOne(paired, this.tasksOf(prospectId), fresh, fits);
      for (const sent of rows.values()) if (!used.has(sent)) paired.rest.push({ prospectId, at: sent.at });
    }
    return paired;
  }
}

interface Paired {
  sendings: FoundSending[];
  /** Tasks of people to whom everything went out before the task was there; `at` is the last of it. */
  older: { task: OpenText; at: number }[];
  /** Rows that settle nothing. */
  rest: { prospectId: number; at: number }[];
}

/** @returns the rows that say something of a task */
function pairOne(
  { sendings, older }: Paired,
  tasks: readonly OpenText[],
  rows: readonly Sent[],
  fits: (task: OpenText, sent: Sent) => boolean,
): Set<Sent> {
  const settled = new Set<OpenText>();
  const used = new Set<Sent>();
  for (const sent of rows) {
    const open = tasks.filter((task) => !settled.has(task) && fits(task, sent));
    const task = open.find(({ body }) => sent.body !== null && sameWords(body, sent.body)) ?? open[0];
    if (!task) continue;
    settled.add(task);
    used.add(sent);
    const { messageId, prospectId, invitation } = task;
    sendings.push({ messageId, prospectId, invitation, ...sent });
  }
  const [oldest, last] = [tasks[0], rows.at(-1)];
  if (!oldest || !last || settled.size > 0) return used;
  older.push({ task: oldest, at: last.at });
  return used.add(last);
}

const sameWords = (one: string, other: string): boolean => fold(one) === fold(other);

const isSame = (text: SentText, { at, body }: Sent): boolean =>
  Math.abs(text.at - at) < SAME_TOUCH_MS &&
  (text.invitation || (body !== null && sameWords(text.body, body)));
