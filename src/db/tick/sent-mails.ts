import type { SentMail } from '../../engine/ports/ticks.ts';
import type { Connection } from '../connection.ts';

/** The e-mails that have gone out, the first first; those that a person has marked as sent have no provider. */
export const sentMails = (connection: Connection, enrolmentIds: readonly number[]): SentMail[] =>
  connection
    .prepare<[string], SentMail>(
      `select enrolment_id as enrolmentId, provider, provider_id as providerId,
         envelope ->> '$.headers.References' as "references" from message
       where enrolment_id in (select value from json_each(?)) and channel = 'email' and sent_at is not null
         and provider is not null and provider_id is not null
       order by sent_at, id`,
    )
    .all(JSON.stringify([...enrolmentIds]));
