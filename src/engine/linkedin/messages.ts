import { fold } from '../import/fold.ts';
import { classifyInbound } from '../inbound/classify.ts';
import type { FoundReply, FoundSending, LinkedinFile, OpenText } from '../ports/linkedin.ts';
import type { Desk } from './desk.ts';
import { keepEarliest } from './invitations.ts';
import { OwnProfileUnknown, Participants } from './own-profile.ts';
import { type MessageRow, readMessage } from './rows.ts';

export interface GatheredMessages {
  own: string;
  replies: FoundReply[];
  sendings: FoundSending[];
}

interface Own {
  /** Named by a person. */
  named: string | null;
  /** The sender of the outgoing invitations of the same export. */
  inviter: string | null;
}

/**
 * messages.csv: answers, and texts of open tasks that have gone out. The file is read twice, since the direction of a
 * message shows only in whose mailbox it is; of its rows only those that matter are kept.
 * @throws OwnProfileUnknown
 */
export async function gatherMessages(
  desk: Desk,
  files: readonly LinkedinFile[],
  open: readonly OpenText[],
  known: Own,
): Promise<GatheredMessages | null> {
  const participants = new Participants();
  for (const file of files)
    for await (const rows of desk.rows(file, readMessage)) for (const row of rows) participants.add(row);
  if (participants.messages === 0) return null;
  const own = ownProfile(participants, known);
  const found = new Found(desk, own, open);
  for (const file of files)
    for await (const rows of desk.rows(file, readMessage, true)) await found.take(rows);
  return { own, replies: found.replies, sendings: [...found.sendings.values()] };
}

function ownProfile(participants: Participants, { named, inviter }: Own): string {
  const counted = participants.own();
  if (named !== null) {
    if (participants.has(named)) return named;
    throw new OwnProfileUnknown(counted.found === null ? counted.candidates : [counted.found], named);
  }
  if (inviter !== null && participants.has(inviter)) return inviter;
  if (counted.found === null) throw new OwnProfileUnknown(counted.candidates, null);
  return counted.found;
}

class Found {
  readonly replies: FoundReply[] = [];
  readonly sendings = new Map<number, FoundSending>();
  readonly #desk: Desk;
  readonly #own: string;
  readonly #tasks = new Map<number, OpenText[]>();

  constructor(desk: Desk, own: string, open: readonly OpenText[]) {
    this.#desk = desk;
    this.#own = own;
    for (const task of open)
      this.#tasks.set(task.prospectId, [...(this.#tasks.get(task.prospectId) ?? []), task]);
  }

  async take(rows: readonly MessageRow[]): Promise<void> {
    const desk = this.#desk;
    await desk.learn(rows.flatMap(({ sender, recipients }) => [sender, ...recipients]));
    const inbound = rows.filter(({ sender }) => sender !== this.#own);
    const ids = new Set(inbound.flatMap(({ sender }) => desk.prospectOf(sender) ?? []));
    const since = await desk.input.store.knownSince([...ids]);
    for (const row of rows)
      if (row.sender === this.#own) this.#outgoing(row);
      else this.#inbound(row, since);
  }

  /** The text of a task that is still open, word for word, and not before the task was there. */
  #outgoing({ recipients, at, text }: MessageRow): void {
    if (recipients.length !== 1) return;
    const prospectId = this.#desk.prospectOf(recipients[0] ?? null);
    if (prospectId === null) return;
    const words = fold(text);
    for (const { messageId, body, createdAt, invitation } of this.#tasks.get(prospectId) ?? [])
      if (at >= createdAt && fold(body) === words)
        keepEarliest(this.sendings, { messageId, prospectId, invitation, at, body: text });
  }

  #inbound(
    { sender, recipients, name, at, text, conversation }: MessageRow,
    since: ReadonlyMap<number, number>,
  ) {
    const desk = this.#desk;
    const prospectId = desk.prospectOf(sender);
    if (prospectId === null) return desk.missed({ name, at, detail: null });
    if (at < (since.get(prospectId) ?? Number.POSITIVE_INFINITY)) return desk.count('before');
    const about = { prospectId, name, at, detail: text, candidates: [] };
    if (recipients.length > 1 || (recipients.length === 1 && recipients[0] !== this.#own))
      return desk.see({ ...about, what: 'group' });
    const kind = classifyInbound(text);
    if (kind === 'absence') return desk.see({ ...about, what: 'absence' });
    this.replies.push({ prospectId, conversation, sender, at, text, optOut: kind === 'opt_out' });
  }
}
