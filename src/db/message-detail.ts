import type { EventType } from '../engine/model.ts';
import type { LedgerMessage, LifeEvent, MessageDetail } from '../engine/ports/messages.ts';
import type { Connection } from './connection.ts';

interface LifeRow {
  at: number;
  type: EventType;
  detail: string | null;
}

/** How a message was written, and all that has happened to it. */
export function messageDetail(connection: Connection, message: LedgerMessage): MessageDetail {
  const writing = connection
    .prepare<[number], string | null>('select writing from message where id = ?')
    .pluck()
    .get(message.id);
  return {
    message,
    writing: writing ? JSON.parse(writing) : null,
    costBefore: costBefore(connection, message),
    life: lifeOf(connection, message),
  };
}

/** Texts that were written anew are gone; what they have cost stands in the event. */
const costBefore = (connection: Connection, { id, prospectId }: LedgerMessage): number =>
  connection
    .prepare<[number, number], number>(
      `select coalesce(sum(data ->> 'cost_before'), 0) from event
       where prospect_id = ? and message_id = ? and type = 'rewritten'`,
    )
    .pluck()
    .get(prospectId, id) ?? 0;

/** By the index of a person's events, which are few. */
const lifeOf = (connection: Connection, { id, prospectId }: LedgerMessage): LifeEvent[] =>
  connection
    .prepare<[number, number], LifeRow>(
      `select at, type, coalesce(data ->> 'reason', data ->> 'detail', data ->> 'text') as detail from event
       where prospect_id = ? and message_id = ? order by at, id`,
    )
    .all(prospectId, id)
    .map(({ at, type, detail }) => ({ at, what: type, detail }));
