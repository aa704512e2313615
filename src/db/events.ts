import type { Channel, EventType } from '../engine/model.ts';
import type { Connection } from './connection.ts';

export interface NewEvent {
  type: EventType;
  /** UTC ms. */
  at: number;
  prospectId: number;
  campaignId?: number | null;
  enrolmentId?: number | null;
  messageId?: number | null;
  channel?: Channel | null;
  data?: Readonly<Record<string, unknown>> | null;
  /** Of the source it came from: there is only one event of each. */
  externalId?: string | null;
}

/** Returns a writer for many events; call it inside a transaction. */
export function eventWriter(connection: Connection): (event: NewEvent) => void {
  const insert = connection.prepare<(string | number | null)[]>(
    `insert into event (type, at, prospect_id, campaign_id, enrolment_id, message_id, channel, data, external_id)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  return (event) => {
    insert.run(
      event.type,
      event.at,
      event.prospectId,
      event.campaignId ?? null,
      event.enrolmentId ?? null,
      event.messageId ?? null,
      event.channel ?? null,
      event.data ? JSON.stringify(event.data) : null,
      event.externalId ?? null,
    );
  };
}
