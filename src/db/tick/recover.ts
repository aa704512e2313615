import { type Connection, write } from '../connection.ts';
import { eventWriter } from '../events.ts';
import { openMessages } from '../open-messages.ts';
import { KEY_LIFETIME_MS } from './claim.ts';

interface SendingRow {
  id: number;
  enrolment_id: number;
  prospect_id: number;
  campaign_id: number;
  provider: string | null;
  claimed_at: number | null;
}

/**
 * What is `sending` while we hold the lease was left by a dead tick: perhaps sent, perhaps not. With a provider
 * that takes a repeat as the same message it becomes ready again, key and bytes as they were; otherwise a person
 * has to look.
 */
export function recoverSending(
  connection: Connection,
  now: number,
  idempotentProviders: readonly string[],
): { repeated: number; uncertain: number } {
  const find = connection.prepare<[], SendingRow>(
    `select id, enrolment_id, prospect_id, campaign_id, provider, claimed_at
     from message m indexed by message_open where ${openMessages('m')} and state = 'sending'`,
  );
  if (!find.get()) return { repeated: 0, uncertain: 0 };
  return write(connection, () => {
    const left = find.all();
    const repeatable = left.filter(
      ({ provider, claimed_at }) =>
        provider !== null &&
        idempotentProviders.includes(provider) &&
        claimed_at !== null &&
        now - claimed_at < KEY_LIFETIME_MS,
    );
    setState(connection, repeatable, 'ready', 'the tick died while sending');
    const lost = left.filter((row) => !repeatable.includes(row));
    setState(
      connection,
      lost,
      'uncertain',
      'the tick died while sending, and the provider cannot be asked again',
    );
    holdForPerson(connection, lost, now);
    return { repeated: repeatable.length, uncertain: lost.length };
  });
}

function setState(connection: Connection, rows: readonly SendingRow[], state: string, error: string): void {
  connection
    .prepare<[string, string, string]>(
      'update message set state = ?, error = ? where id in (select value from json_each(?))',
    )
    .run(state, error, JSON.stringify(rows.map(({ id }) => id)));
}

function holdForPerson(connection: Connection, rows: readonly SendingRow[], now: number): void {
  const hold = connection.prepare<[number]>(
    "update enrolment set next_at = null, hold = 'uncertain' where id = ? and status = 'active'",
  );
  const event = eventWriter(connection);
  for (const row of rows) {
    hold.run(row.enrolment_id);
    event({
      type: 'uncertain',
      at: now,
      prospectId: row.prospect_id,
      campaignId: row.campaign_id,
      enrolmentId: row.enrolment_id,
      messageId: row.id,
      data: { reason: 'the tick died while sending' },
    });
  }
}
