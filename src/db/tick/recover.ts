import { type Connection, write } from '../connection.ts';
import { eventWriter } from '../events.ts';
import { openMessages } from '../open-messages.ts';

/** Resend keeps an idempotency key for 24 hours; an hour less leaves room for the call itself. */
export const KEY_LIFETIME_MS = 23 * 3_600_000;

interface SendingRow {
  id: number;
  enrolment_id: number;
  prospect_id: number;
  campaign_id: number;
  step: string;
  provider: string | null;
  claimed_at: number | null;
  open: 0 | 1;
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
    `select id, enrolment_id, prospect_id, campaign_id, step, provider, claimed_at,
       (select status in ('active', 'paused') from enrolment e where e.id = m.enrolment_id) as open
     from message m indexed by message_open where ${openMessages('m')} and state = 'sending'`,
  );
  if (!find.get()) return { repeated: 0, uncertain: 0 };
  return write(connection, () => {
    const left = find.all();
    // Somebody who answered meanwhile gets no repeat: it would be a mail after no if the first had not arrived.
    const repeatable = left.filter(
      ({ provider, claimed_at, open }) =>
        open === 1 &&
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
    recordUncertain(connection, lost, now);
    lookAgain(connection, left, now);
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

/** Due in this very tick, whatever held them: the planner says what now. Who has gone on stays where they are. */
function lookAgain(connection: Connection, rows: readonly SendingRow[], now: number): void {
  const wake = connection.prepare<[number, number, string]>(
    "update enrolment set next_at = ? where id = ? and step = ? and status = 'active'",
  );
  for (const row of rows) wake.run(now, row.enrolment_id, row.step);
}

function recordUncertain(connection: Connection, rows: readonly SendingRow[], now: number): void {
  const event = eventWriter(connection);
  for (const row of rows)
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
