import type { Channel } from '../../engine/model.ts';
import { TASK_ACTS, type TaskAct, type Undone } from '../../engine/ports/tasks.ts';
import { failure, usageError } from '../../errors.ts';
import { type Connection, write } from '../connection.ts';
import { eventWriter } from '../events.ts';

type Cell = string | number | null;
type Row = Record<string, Cell>;

/** One enrolment and its messages, as far as an act may change them. */
interface Image {
  enrolment: Row;
  messages: Row[];
}

/** What stands beside the first event of an act (`data.undo`): how it was, how the act has left it, what it recorded. */
interface Kept {
  act: TaskAct;
  message: number;
  before: Image[];
  after: Image[];
  events: number[];
}

const ENROLMENT = ['id', 'status', 'reason', 'step', 'next_at', 'hold', 'anchor_at', 'step_at', 'ended_at'];
const MESSAGE = ['id', 'state', 'error', 'sent_at', 'provider_id', 'idempotency_key', 'later_at'];

interface Act {
  act: TaskAct;
  messageId: number;
  prospectId: number;
  /** Where others than those it changes may act on it: what is active then must not have moved either. */
  watchesActive?: boolean;
}

/** Does something about a message so that it can be taken back. To be called inside write(). */
export function undoably(
  connection: Connection,
  { act, messageId, prospectId, watchesActive }: Act,
  body: () => void,
): void {
  const before = imagesOf(connection, prospectId);
  const last = lastEvent(connection);
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
  const kept: Kept = {
    ...{ act, message: messageId, events },
    before: before.filter(isOf),
    after: after.filter(isOf),
  };
  connection
    .prepare<[string, number | null]>(
      "update event set data = json_set(coalesce(data, '{}'), '$.undo', json(?)) where id = ?",
    )
    .run(JSON.stringify(kept), events[0] ?? null);
}

const lastEvent = (connection: Connection): number =>
  connection.prepare<[], number>('select coalesce(max(id), 0) from event').pluck().get() ?? 0;

function imagesOf(connection: Connection, prospectId: number): Image[] {
  const messages = connection.prepare<[Cell | undefined], Row>(
    `select ${MESSAGE.join(', ')} from message where enrolment_id = ? order by id`,
  );
  return connection
    .prepare<[number], Row>(`select ${ENROLMENT.join(', ')} from enrolment where prospect_id = ? order by id`)
    .all(prospectId)
    .map((enrolment) => ({ enrolment, messages: messages.all(enrolment.id) }));
}

const same = (one: Image, other: Image | undefined): boolean => JSON.stringify(one) === JSON.stringify(other);

interface MessageRef {
  prospect_id: number;
  campaign_id: number;
  enrolment_id: number;
  step: string;
  channel: Channel;
  state: string;
  later_at: number | null;
}

/** Takes back what was last said of a message. What it had recorded stays, as `undone`, and counts no more. */
export function undoLast(connection: Connection, messageId: number, at: number): Undone {
  return write(connection, () => {
    const ref = connection
      .prepare<[number], MessageRef>(
        'select prospect_id, campaign_id, enrolment_id, step, channel, state, later_at from message where id = ?',
      )
      .get(messageId);
    if (!ref) throw usageError(`no task ${messageId}`, 'hector task list');
    const act = isPutOff(ref) ? offerAgain(connection, messageId) : restore(connection, messageId, ref);
    eventWriter(connection)({
      type: 'undone',
      at,
      prospectId: ref.prospect_id,
      campaignId: ref.campaign_id,
      enrolmentId: ref.enrolment_id,
      messageId,
      channel: ref.channel,
      data: { step: ref.step, act, reason: `${act.replace('_', ' ')}: taken back` },
    });
    return { act, prospectId: ref.prospect_id };
  });
}

const isPutOff = ({ state, later_at }: MessageRef): boolean =>
  state === 'awaiting_operator' && later_at !== null;

function offerAgain(connection: Connection, messageId: number): TaskAct {
  connection.prepare<[number]>('update message set later_at = null where id = ?').run(messageId);
  return 'later';
}

function restore(connection: Connection, messageId: number, { prospect_id }: MessageRef): TaskAct {
  const undo = connection
    .prepare<[number, number], string>(
      `select data ->> '$.undo' from event indexed by event_prospect
       where prospect_id = ? and type <> 'undone' and data ->> '$.undo.message' = ?
       order by id desc limit 1`,
    )
    .pluck()
    .get(prospect_id, messageId);
  if (undo === undefined)
    throw usageError(`nothing that was said of task ${messageId} can be taken back`, 'hector task list');
  const kept = keptOf(undo);
  const now = imagesOf(connection, prospect_id);
  for (const image of kept.after) {
    const found = now.find(({ enrolment }) => enrolment.id === image.enrolment.id);
    if (!found || !same(image, found)) refuse(messageId, kept.act, found);
  }
  for (const { enrolment, messages } of kept.before) {
    putBack(connection, 'enrolment', ENROLMENT, enrolment);
    for (const message of messages) putBack(connection, 'message', MESSAGE, message);
  }
  disown(connection, kept.events);
  return kept.act;
}

/** Written by ourselves, in this file. */
function keptOf(text: string): Kept {
  const kept: Kept = JSON.parse(text);
  if (!TASK_ACTS.includes(kept.act)) throw new Error(`an act that is not known: ${kept.act}`);
  return kept;
}

function refuse(messageId: number, act: TaskAct, found: Image | undefined): never {
  const status = String(found?.enrolment.status ?? 'gone');
  const since =
    status === 'replied' || status === 'meeting'
      ? 'they have answered since'
      : status === 'active' || status === 'paused'
        ? 'they have gone on since'
        : `since then they are ${status}`;
  throw failure(
    `"${act.replace('_', ' ')}" of task ${messageId} cannot be taken back: ${since}`,
    `hector message show ${messageId}`,
  );
}

function putBack(connection: Connection, table: 'enrolment' | 'message', columns: string[], row: Row): void {
  const [id, ...changed] = columns;
  connection
    .prepare<[Row]>(
      `update ${table} set ${changed.map((name) => `${name} = @${name}`).join(', ')} where ${id} = @${id}`,
    )
    .run(row);
}

/** What has happened stays in the history by another name: no count, no condition and no cap knows it. */
function disown(connection: Connection, events: readonly number[]): void {
  connection
    .prepare<[string]>(
      `update event set type = 'undone', data = json_set(json_remove(coalesce(data, '{}'), '$.undo'), '$.was', type,
         '$.reason', type || ', taken back later' || coalesce(': ' || (data ->> '$.reason'), ''))
       where id in (select value from json_each(?))`,
    )
    .run(JSON.stringify(events));
}
