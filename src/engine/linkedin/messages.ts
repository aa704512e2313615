import { fold } from '../import/fold.ts';
import { classifyInbound } from '../inbound/classify.ts';
import type { FoundReply, FoundSending, KnownSince, LinkedinFile, OpenText } from '../ports/linkedin.ts';
import type { Desk } from './desk.ts';
import { OwnProfileUnknown, Participants } from './own-profile.ts';
import { type MessageRow, readMessage } from './rows.ts';
import { SentRows } from './sent-rows.ts';

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
    for await (const rows of desk.rows(file, readMessage, true)) await found.take(rows, file.name);
  return { own, replies: found.replies, sendings: await found.sendings() };
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

/** Signs kept of each message from before any campaign: there may be years of talk. */
const FIRST_WORDS = 200;

/** A string of its own, of whole signs: `slice` would keep all of the text in memory. */
const beginningOf = (text: string): string =>
  [...text.slice(0, 2 * FIRST_WORDS)].slice(0, FIRST_WORDS).join('');

class Found {
  readonly replies: FoundReply[] = [];
  readonly #desk: Desk;
  readonly #own: string;
  readonly #sent: SentRows;

  constructor(desk: Desk, own: string, open: readonly OpenText[]) {
    this.#desk = desk;
    this.#own = own;
    this.#sent = new SentRows(open);
  }

  async sendings(): Promise<FoundSending[]> {
    return (await this.#sent.pair(this.#desk.input.store, isText)).sendings;
  }

  async take(rows: readonly MessageRow[], file: string): Promise<void> {
    const desk = this.#desk;
    await desk.learn(rows.flatMap(({ sender, recipients }) => [sender, ...recipients]));
    const inbound = rows.filter(({ sender }) => sender !== this.#own);
    const ids = new Set(inbound.flatMap(({ sender }) => desk.prospectOf(sender) ?? []));
    const since = await desk.input.store.knownSince([...ids]);
    for (const row of rows)
      if (row.sender !== this.#own) this.#inbound(row, file, since);
      else if (row.doubt !== null) desk.leaveOut(file, row.doubt);
      else this.#outgoing(row);
  }

  #outgoing({ recipients, at, text }: MessageRow): void {
    if (recipients.length !== 1) return;
    const prospectId = this.#desk.prospectOf(recipients[0] ?? null);
    if (prospectId === null) return;
    const sent = { at, body: text };
    if (this.#sent.tasksOf(prospectId).some((task) => isText(task, sent))) this.#sent.add(prospectId, sent);
  }

  #inbound(
    { sender, recipients, name, at, text, conversation, doubt }: MessageRow,
    file: string,
    known: ReadonlyMap<number, KnownSince>,
  ) {
    const desk = this.#desk;
    const prospectId = desk.prospectOf(sender);
    const since = prospectId === null ? undefined : known.get(prospectId);
    const touched = at >= (since?.touchedAt ?? Number.POSITIVE_INFINITY);
    if (doubt !== null && !touched) return desk.leaveOut(file, doubt);
    if (prospectId === null) return desk.missed({ name, at, detail: null });
    const kind = classifyInbound(text);
    const answersUs = at >= (since?.knownAt ?? Number.POSITIVE_INFINITY);
    const reply = { prospectId, conversation, sender, at, text, answersUs };
    // Whoever refuses is not written to, wherever and whenever it was said.
    if (kind === 'opt_out') return this.replies.push({ ...reply, optOut: true });
    const about = { prospectId, name, at, detail: text, candidates: [] };
    if (!answersUs) return desk.see({ ...about, what: 'before', detail: beginningOf(text) });
    const toOthers = recipients.length > 1 || (recipients.length === 1 && recipients[0] !== this.#own);
    if (toOthers && !touched) return desk.see({ ...about, what: 'group' });
    if (kind === 'absence') return desk.see({ ...about, what: 'absence' });
    return this.replies.push({ ...reply, optOut: false });
  }
}

/** The text of a task, word for word, and not before the task was there. */
const isText = ({ body, createdAt }: OpenText, sent: { at: number; body: string | null }): boolean =>
  sent.at >= createdAt && sent.body !== null && fold(body) === fold(sent.body);
