import type { Channel } from '../../engine/model.ts';
import { type Said, TASK_ACTS, type TaskAct, type Undone } from '../../engine/ports/tasks.ts';
import { failure, usageError } from '../../errors.ts';
import { type Connection, write } from '../connection.ts';
import { eventWriter } from '../events.ts';
import { whyNoReturn } from './undo-checks.ts';
import { ENROLMENT, type Image, imagesOf, type Kept, MESSAGE, type Row, same } from './undoable.ts';

interface MessageRef {
  prospect_id: number;
  campaign_id: number;
  enrolment_id: number;
  step: string;
  channel: Channel;
  state: string;
  later_at: number | null;
}

/**
 * Takes back what was last said of a message. What it had recorded stays, as `undone`, and counts no more.
 * @param said only this, where it is known: what somebody else has said since is theirs
 */
export function undoLast(
  connection: Connection,
  messageId: number,
  { at, said }: { at: number; said: Said | undefined },
): Undone {
  return write(connection, () => {
    const ref = connection
      .prepare<[number], MessageRef>(
        'select prospect_id, campaign_id, enrolment_id, step, channel, state, later_at from message where id = ?',
      )
      .get(messageId);
    if (!ref) throw usageError(`no task ${messageId}`, 'hector task list');
    const act = isPutOff(ref)
      ? offerAgain(connection, messageId, said)
      : restore(connection, messageId, { prospectId: ref.prospect_id, at, said });
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

function offerAgain(connection: Connection, messageId: number, said: Said | undefined): TaskAct {
  if (said !== undefined && said !== null) overtaken(messageId);
  connection.prepare<[number]>('update message set later_at = null where id = ?').run(messageId);
  return 'later';
}

function restore(
  connection: Connection,
  messageId: number,
  { prospectId, at, said }: { prospectId: number; at: number; said: Said | undefined },
): TaskAct {
  const last = connection
    .prepare<[number, number], { id: number; undo: string }>(
      `select id, data ->> '$.undo' as undo from event indexed by event_prospect
       where prospect_id = ? and type <> 'undone' and data ->> '$.undo.message' = ?
       order by id desc limit 1`,
    )
    .get(prospectId, messageId);
  if (said !== undefined && said !== last?.id) overtaken(messageId);
  if (!last)
    throw usageError(`nothing that was said of task ${messageId} can be taken back`, 'hector task list');
  const kept = keptOf(last.undo);
  const now = imagesOf(connection, prospectId);
  for (const image of kept.after) {
    const found = now.find(({ enrolment }) => enrolment.id === image.enrolment.id);
    if (!found || !same(image, found)) refuse(messageId, kept.act, movedOn(found));
  }
  const why = whyNoReturn(connection, prospectId, kept, at);
  if (why !== null) refuse(messageId, kept.act, why);
  for (const { enrolment, messages } of kept.before) {
    putBack(connection, 'enrolment', ENROLMENT, enrolment);
    for (const message of messages) putBack(connection, 'message', MESSAGE, message);
  }
  if (kept.body !== undefined)
    connection
      .prepare<[string, number]>('update message set body = ? where id = ?')
      .run(kept.body, messageId);
  disown(connection, kept.events);
  return kept.act;
}

function overtaken(messageId: number): never {
  throw failure(
    `somebody else has said something else of task ${messageId} since: it is left as it is`,
    `hector message show ${messageId}`,
  );
}

/** Written by ourselves, in this file. */
function keptOf(text: string): Kept {
  const kept: Kept = JSON.parse(text);
  if (!TASK_ACTS.includes(kept.act)) throw new Error(`an act that is not known: ${kept.act}`);
  return kept;
}

function movedOn(found: Image | undefined): string {
  const status = String(found?.enrolment.status ?? 'gone');
  if (status === 'replied' || status === 'meeting') return 'they have answered since';
  return status === 'active' || status === 'paused'
    ? 'they have gone on since'
    : `since then they are ${status}`;
}

function refuse(messageId: number, act: TaskAct, why: string): never {
  throw failure(
    `"${act.replace('_', ' ')}" of task ${messageId} cannot be taken back: ${why}`,
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
