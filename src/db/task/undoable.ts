import type { TaskAct } from '../../engine/ports/tasks.ts';
import type { Connection } from '../connection.ts';

type Cell = string | number | null;
export type Row = Record<string, Cell>;

/** One enrolment and its messages, as far as an act may change them. */
export interface Image {
  enrolment: Row;
  messages: Row[];
}

/** What stands beside the first event of an act (`data.undo`): how it was, how the act has left it, what it recorded. */
export interface Kept {
  act: TaskAct;
  message: number;
  before: Image[];
  after: Image[];
  events: number[];
  /** The enrolments of the person that were open then, changed by it or not. */
  open: number[];
  /** The text of the message, where other words went out. */
  body?: string;
}

export const ENROLMENT = [
  'id',
  'status',
  'reason',
  'step',
  'next_at',
  'hold',
  'anchor_at',
  'step_at',
  'ended_at',
];
export const MESSAGE = ['id', 'state', 'error', 'sent_at', 'provider_id', 'idempotency_key', 'later_at'];

interface Act {
  act: TaskAct;
  messageId: number;
  prospectId: number;
  /** Where others than those it changes may act on it: what is active then must not have moved either. */
  watchesActive?: boolean;
  /** The words that really went out. */
  wording?: string;
}

/**
 * Does something about a message so that it can be taken back. To be called inside write().
 * @returns the first event that it has recorded, by which it is known
 */
export function undoably(
  connection: Connection,
  { act, messageId, prospectId, watchesActive, wording }: Act,
  body: () => void,
): number {
  const before = imagesOf(connection, prospectId);
  const last = lastEvent(connection);
  const earlier = wording === undefined ? null : keepWording(connection, messageId, wording);
  body();
  const after = imagesOf(connection, prospectId);
  const isConcerned = (image: Image, index: number): boolean =>
    (watchesActive === true && image.enrolment.status === 'active') || !same(image, after[index]);
  const concerned = new Set(before.filter(isConcerned).map(({ enrolment }) => enrolment.id));
  const isOf = ({ enrolment }: Image): boolean => concerned.has(enrolment.id);
  const events = connection
    .prepare<[number], number>('select id from event where id > ? order by id')
    .pluck()
    .all(last);
  const [first] = events;
  if (first === undefined) throw new Error(`"${act}" of message ${messageId} has recorded nothing`);
  const kept: Kept = {
    ...{ act, message: messageId, events },
    before: before.filter(isOf),
    after: after.filter(isOf),
    open: before.filter(isOpen).map(({ enrolment }) => Number(enrolment.id)),
    ...(earlier === null ? {} : { body: earlier }),
  };
  connection
    .prepare<[string, number]>(
      "update event set data = json_set(coalesce(data, '{}'), '$.undo', json(?)) where id = ?",
    )
    .run(JSON.stringify(kept), first);
  return first;
}

/**
 * What was said is not kept of somebody whose data were erased meanwhile.
 * @returns the text before, where it was another one
 */
function keepWording(connection: Connection, messageId: number, wording: string): string | null {
  const earlier = connection
    .prepare<[number], string>(
      `select body from message
       where id = ? and exists (select 1 from prospect where id = prospect_id and erased_at is null)`,
    )
    .pluck()
    .get(messageId);
  if (earlier === undefined || earlier === wording) return null;
  connection.prepare<[string, number]>('update message set body = ? where id = ?').run(wording, messageId);
  return earlier;
}

const lastEvent = (connection: Connection): number =>
  connection.prepare<[], number>('select coalesce(max(id), 0) from event').pluck().get() ?? 0;

export function imagesOf(connection: Connection, prospectId: number): Image[] {
  const messages = connection.prepare<[Cell | undefined], Row>(
    `select ${MESSAGE.join(', ')} from message where enrolment_id = ? order by id`,
  );
  return connection
    .prepare<[number], Row>(`select ${ENROLMENT.join(', ')} from enrolment where prospect_id = ? order by id`)
    .all(prospectId)
    .map((enrolment) => ({ enrolment, messages: messages.all(enrolment.id) }));
}

export const same = (one: Image, other: Image | undefined): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

export const isOpen = ({ enrolment: { status } }: Image): boolean =>
  status === 'active' || status === 'paused';
