import { describe, expect, it } from 'vitest';
import type { Connection } from '../../src/db/connection.ts';
import { createVerifyStore } from '../../src/db/verify-store.ts';
import type { Breach } from '../../src/engine/verify/checks.ts';
import { verifyLedger } from '../../src/engine/verify/ledger.ts';
import {
  aCampaign,
  aMessage,
  anEnrolment,
  anEvent,
  aProspect,
  aStep,
  aSuppression,
  DAY,
  HOUR,
  NOW,
  testDatabase,
} from '../builders.ts';
import { calendar } from '../engine/snapshot.ts';

const examined = (connection: Connection, limit = 20) =>
  verifyLedger({ store: createVerifyStore(connection), calendar, timezone: 'Europe/Paris', limit });

async function breaches(connection: Connection): Promise<Breach[]> {
  const { checks } = await examined(connection);
  return checks.flatMap(({ rows }) => rows.map(({ code }) => code));
}

const ALLOWED = {
  days: [1, 2, 3, 4, 5],
  from: 540,
  to: 1080,
  daysOff: [],
  zone: 'Europe/Paris',
  region: 'FR',
};

interface Sent {
  enrolmentId: number;
  messageId: number;
}

type SentOverrides = Omit<NonNullable<Parameters<typeof aMessage>[1]>, 'state'>;

/** An e-mail that went out now as a tick records it. */
function aSent(connection: Connection, overrides: SentOverrides = {}): Sent {
  const enrolmentId =
    overrides.enrolmentId ?? anEnrolment(connection, { step: 'email-2', nextAt: NOW + 4 * DAY });
  const at = overrides.claimedAt ?? NOW;
  const messageId = aMessage(connection, {
    state: 'sent',
    provider: 'resend',
    sender: 'hector@nexalis.example',
    allowed: ALLOWED,
    claimedAt: at,
    sentAt: at,
    idempotencyKey: `hector-x-${at}-${enrolmentId}`,
    ...overrides,
    enrolmentId,
  });
  anEvent(connection, { type: 'sent', at: overrides.sentAt ?? at, messageId });
  return { enrolmentId, messageId };
}

/** The enrolment ends as `reply add` ends it, at `at`, with the event that is the cause. */
function replies(connection: Connection, enrolmentId: number, at: number, said = at): void {
  anEvent(connection, { type: 'replied', at: said, enrolmentId });
  end(connection, enrolmentId, 'replied', at);
}

function end(connection: Connection, enrolmentId: number, status: string, at: number): void {
  connection
    .prepare(
      'update enrolment set status = ?, reason = ?, step = null, next_at = null, hold = null, ended_at = ? where id = ?',
    )
    .run(status, status === 'completed' ? null : status, at, enrolmentId);
}

type Case = [name: string, build: (connection: Connection) => void];

describe('a ledger is clean', () => {
  it.each<Case>([
    ['when it is empty', () => undefined],
    ['with a message that went out', (db) => void aSent(db)],
    [
      'when a call was under way as the answer came',
      (db) => {
        const { enrolmentId } = aSent(db, { claimedAt: NOW - HOUR / 2, sentAt: NOW + HOUR });
        replies(db, enrolmentId, NOW);
      },
    ],
    [
      'when an answer is recorded later than it came, and something went out between',
      (db) => {
        const { enrolmentId } = aSent(db);
        replies(db, enrolmentId, NOW + 2 * HOUR, NOW - HOUR);
      },
    ],
    [
      'when the clock was put back before the answer came',
      (db) => {
        const { enrolmentId } = aSent(db);
        replies(db, enrolmentId, NOW - HOUR);
      },
    ],
    [
      'when a person confirms a LinkedIn text after the answer: it may have been pasted before',
      (db) => {
        const enrolmentId = anEnrolment(db);
        replies(db, enrolmentId, NOW);
        const messageId = aMessage(db, {
          enrolmentId,
          channel: 'linkedin',
          state: 'sent',
          sentAt: NOW + HOUR,
        });
        anEvent(db, { type: 'sent', at: NOW + HOUR, messageId });
      },
    ],
    [
      'when somebody who answered was taken into a later campaign on purpose',
      (db) => {
        const prospectId = aProspect(db);
        replies(db, anEnrolment(db, { prospectId }), NOW - 30 * DAY);
        const enrolmentId = anEnrolment(db, { prospectId, step: 'email-2', nextAt: NOW + DAY });
        anEvent(db, { type: 'enrolled', enrolmentId });
        aSent(db, { enrolmentId });
      },
    ],
    [
      'when all of that happened in one instant',
      (db) => {
        const prospectId = aProspect(db);
        replies(db, anEnrolment(db, { prospectId }), NOW);
        const enrolmentId = anEnrolment(db, { prospectId, step: 'email-2', nextAt: NOW + DAY });
        anEvent(db, { type: 'enrolled', enrolmentId });
        aSent(db, { enrolmentId });
      },
    ],
    [
      'when a campaign had completed before an earlier answer was recorded',
      (db) => {
        const prospectId = aProspect(db);
        const enrolmentId = anEnrolment(db, { prospectId, createdAt: NOW - DAY });
        aSent(db, { enrolmentId });
        anEvent(db, { type: 'completed', at: NOW, enrolmentId });
        end(db, enrolmentId, 'completed', NOW);
        replies(db, anEnrolment(db, { prospectId, createdAt: NOW - DAY }), NOW + 2 * HOUR, NOW - HOUR);
      },
    ],
    [
      'when a person was blacklisted while the message was under way',
      (db) => {
        const prospectId = aProspect(db, { email: 'a@ads.example' });
        aSuppression(db, 'domain', 'ads.example');
        aSent(db, {
          enrolmentId: anEnrolment(db, { prospectId, step: 'email-2' }),
          claimedAt: NOW,
          sentAt: NOW + 1000,
        });
      },
    ],
    [
      'when an import gave a person a blacklisted number after the e-mail',
      (db) => {
        aSuppression(db, 'phone', '+33612345678');
        const prospectId = aProspect(db, { mobile: '+33612345678', createdAt: NOW + 2 * HOUR });
        const enrolmentId = anEnrolment(db, { prospectId, step: 'email-2' });
        aSent(db, {
          enrolmentId,
          claimedAt: NOW + HOUR,
          envelope: { channel: 'email', to: 'b@firme.example' },
        });
      },
    ],
    [
      'when that import came before the address itself was blacklisted',
      (db) => {
        aSuppression(db, 'phone', '+33612345678');
        const prospectId = aProspect(db, { mobile: '+33612345678', createdAt: NOW + 2 * HOUR });
        const enrolmentId = anEnrolment(db, { prospectId, step: 'email-2' });
        aSent(db, {
          enrolmentId,
          claimedAt: NOW + HOUR,
          envelope: { channel: 'email', to: 'b@ads.example' },
        });
        run(
          db,
          `insert into suppression values ('domain', 'ads.example', 'x', 'test', ${NOW + 3 * HOUR}, null)`,
        );
      },
    ],
    [
      'with a hold and its task, a paused person, and an end of each kind',
      (db) => {
        const enrolmentId = anEnrolment(db, { nextAt: null, hold: 'operator', step: 'li' });
        aMessage(db, { enrolmentId, step: 'li', channel: 'linkedin', state: 'awaiting_operator' });
        anEnrolment(db, { status: 'paused' });
        anEnrolment(db, { status: 'stopped', reason: 'unreachable' });
        anEnrolment(db, { hold: 'missing_variable', reason: 'sender.phone', nextAt: NOW + DAY });
      },
    ],
    [
      'when an older version sent without a note of the hours',
      (db) => void aSent(db, { allowed: undefined, claimedAt: NOW - DAY, sentAt: NOW - DAY }),
    ],
    [
      'when a tick left the fate of a message open, and it was settled later',
      (db) => {
        aTick(db, { sent: { email: 0 }, uncertain: 1 });
        aSent(db, { tickId: 1 });
      },
    ],
    ['when a tick died before its end', (db) => void aTick(db, null)],
    [
      'when a tick that was thought dead counted what the one that took over has recorded',
      (db) => {
        aTick(db, { sent: { email: 1 } });
        aTick(db, { sent: { email: 1 } });
        aSent(db, { tickId: 2 });
      },
    ],
  ])('%s', async (_name, build) => {
    const connection = testDatabase();
    build(connection);
    expect((await examined(connection)).checks.flatMap(({ rows }) => rows)).toEqual([]);
  });
});

function aTick(connection: Connection, summary: object | null): void {
  connection
    .prepare("insert into tick (started_at, finished_at, host, pid, summary) values (?, ?, 'here', 1, ?)")
    .run(NOW, summary === null ? null : NOW, summary === null ? null : JSON.stringify(summary));
}

const run = (connection: Connection, sql: string): void => void connection.exec(sql);

describe('a ledger is broken', () => {
  it.each<[name: string, codes: Breach[], build: Case[1]]>([
    [
      'when a step went out twice, where the index that forbids it was lost',
      ['step_twice'],
      (db) => {
        run(db, 'drop index message_once');
        const { enrolmentId } = aSent(db);
        aMessage(db, { enrolmentId, state: 'skipped' });
        run(db, 'create index message_once on message (enrolment_id, step, channel)');
      },
    ],
    [
      'when one person got e-mails of two campaigns on one day',
      ['two_on_one_day'],
      (db) => {
        const prospectId = aProspect(db);
        for (const claimedAt of [NOW, NOW + HOUR])
          aSent(db, { claimedAt, enrolmentId: anEnrolment(db, { prospectId, step: 'email-2' }) });
      },
    ],
    [
      'when a call was made after the end',
      ['after_end'],
      (db) => {
        const { enrolmentId, messageId } = aSent(db);
        run(db, `delete from event where message_id = ${messageId}`);
        anEvent(db, { type: 'completed', at: NOW - HOUR, enrolmentId });
        end(db, enrolmentId, 'completed', NOW - HOUR);
        anEvent(db, { type: 'sent', messageId });
      },
    ],
    [
      'when the end was put before the call',
      ['after_end'],
      (db) => {
        const { enrolmentId } = aSent(db);
        anEvent(db, { type: 'completed', at: NOW, enrolmentId });
        end(db, enrolmentId, 'completed', NOW - DAY);
      },
    ],
    [
      'when a person who refused was written to in another campaign',
      ['after_no'],
      (db) => {
        const prospectId = aProspect(db);
        const other = anEnrolment(db, { prospectId, step: 'email-2', nextAt: NOW + DAY });
        replies(db, anEnrolment(db, { prospectId }), NOW);
        aSent(db, { enrolmentId: other, claimedAt: NOW + HOUR });
      },
    ],
    [
      'when somebody was written to an hour after their domain was blacklisted',
      ['to_blacklisted'],
      (db) => {
        const prospectId = aProspect(db, { email: 'a@mail.ads.example' });
        aSuppression(db, 'domain', 'ads.example');
        aSent(db, { enrolmentId: anEnrolment(db, { prospectId, step: 'email-2' }), claimedAt: NOW + HOUR });
      },
    ],
    [
      'when a call was made at night',
      ['outside_hours'],
      (db) => void aSent(db, { claimedAt: NOW - 6 * HOUR }),
    ],
    [
      'when more went out than the cap of the day',
      ['over_day_cap'],
      (db) => {
        aSent(db);
        aSent(db);
        run(db, "insert into sender_day values ('hector@nexalis.example', 'email', '2026-11-23', 1, 10)");
      },
    ],
    [
      'when a send of unknown fate was one too many',
      ['over_day_cap'],
      (db) => {
        aSent(db);
        run(db, "insert into sender_day values ('hector@nexalis.example', 'email', '2026-11-23', 1, null)");
        const enrolmentId = anEnrolment(db, { nextAt: null, hold: 'uncertain' });
        const claim = {
          claimedAt: NOW,
          idempotencyKey: 'k',
          allowed: ALLOWED,
          sender: 'hector@nexalis.example',
        };
        aMessage(db, { enrolmentId, state: 'uncertain', ...claim });
      },
    ],
    ['when somebody active has no date', ['no_next_date'], (db) => void anEnrolment(db, { nextAt: null })],
    [
      'when somebody active has no date and waits for what no person settles',
      ['no_next_date'],
      (db) => void anEnrolment(db, { nextAt: null, hold: 'spacing' }),
    ],
    [
      'when somebody waits for a person who has no task',
      ['no_task'],
      (db) => {
        const enrolmentId = anEnrolment(db, { nextAt: null, hold: 'operator' });
        aMessage(db, { enrolmentId, channel: 'linkedin', step: 'another', state: 'awaiting_operator' });
      },
    ],
    ['when a hold is in no list', ['unknown_reason'], (db) => void anEnrolment(db, { hold: 'whim' })],
    [
      'when an end is in no list',
      ['unknown_reason'],
      (db) => void anEnrolment(db, { status: 'stopped', reason: 'whim' }),
    ],
    ['when somebody open has no step', ['open_without_step'], (db) => void anEnrolment(db, { step: null })],
    [
      'when an ended one has a date',
      ['ended_with_step'],
      (db) => void anEnrolment(db, { status: 'stopped', reason: 'removed', nextAt: NOW }),
    ],
    [
      'when a text could go out after the end',
      ['open_on_ended'],
      (db) => void aMessage(db, { enrolmentId: anEnrolment(db, { status: 'stopped', reason: 'removed' }) }),
    ],
    [
      'when a message is under way that nobody claimed',
      ['call_without_claim'],
      (db) => void aMessage(db, { state: 'sending' }),
    ],
    [
      'when a tick counted more than there is',
      ['tick_count'],
      (db) => {
        aTick(db, { sent: { email: 2 } });
        aSent(db, { tickId: 1 });
      },
    ],
    [
      'when a tick counted less than there is',
      ['tick_count'],
      (db) => {
        aTick(db, { sent: {} });
        aSent(db, { tickId: 1 });
      },
    ],
    [
      'when something was sent without its event',
      ['sent_without_event'],
      (db) => {
        aSent(db);
        run(db, "delete from event where type = 'sent'");
      },
    ],
    [
      'when an event says sent and the message does not',
      ['event_without_sent'],
      (db) => {
        const { messageId } = aSent(db);
        run(db, `update message set state = 'failed' where id = ${messageId}`);
      },
    ],
    [
      'when a send was recorded twice',
      ['sent_event_twice'],
      (db) => {
        const { messageId } = aSent(db);
        anEvent(db, { type: 'sent', messageId });
      },
    ],
    [
      'when somebody answered and nothing says so',
      ['status_without_event'],
      (db) => void anEnrolment(db, { status: 'replied', reason: 'replied' }),
    ],
    [
      'when somebody completed and nothing says so',
      ['status_without_event'],
      (db) => void anEnrolment(db, { status: 'completed' }),
    ],
    [
      'when a message belongs to two people',
      ['wrong_reference'],
      (db) => {
        const messageId = aMessage(db);
        run(db, `update message set prospect_id = ${aProspect(db)} where id = ${messageId}`);
      },
    ],
    [
      'when a message of a rehearsal says live',
      ['wrong_reference'],
      (db) => {
        const enrolmentId = anEnrolment(db, { campaignId: aCampaign(db, { mode: 'rehearsal' }) });
        aMessage(db, { enrolmentId, mode: 'live' });
      },
    ],
    [
      'when an event is about nobody',
      ['wrong_reference'],
      (db) => void anEvent(db, { type: 'replied', prospectId: 99 }),
    ],
    [
      'when an enrolment is of nobody',
      ['foreign_key'],
      (db) => {
        db.pragma('foreign_keys = OFF');
        const enrolmentId = anEnrolment(db);
        run(
          db,
          `delete from prospect where id = (select prospect_id from enrolment where id = ${enrolmentId})`,
        );
      },
    ],
  ])('%s', async (_name, codes, build) => {
    const connection = testDatabase();
    build(connection);
    expect(await breaches(connection)).toEqual(codes);
  });

  it('when the step that holds somebody is one of `also`, and its own message is gone', async () => {
    const connection = testDatabase();
    const campaignId = aCampaign(connection, { scenario: { steps: [aStep({ also: ['linkedin'] })] } });
    anEnrolment(connection, { campaignId, hold: 'uncertain', nextAt: null });
    expect(await breaches(connection)).toEqual(['no_task']);
  });
});

describe('verifying', () => {
  it('counts every row and keeps as many as asked for', async () => {
    const connection = testDatabase();
    for (let person = 0; person < 5; person += 1) anEnrolment(connection, { nextAt: null });
    const { clean, checks } = await examined(connection, 2);
    const stuck = checks.find(({ check }) => check === 'stuck');
    expect([clean, stuck?.breaches, stuck?.rows.length]).toEqual([false, 5, 2]);
  });

  it('says how many it could not judge, and how many a person confirmed', async () => {
    const connection = testDatabase();
    aSent(connection, { allowed: undefined });
    const messageId = aMessage(connection, { channel: 'linkedin', state: 'sent' });
    anEvent(connection, { type: 'sent', messageId });
    const { checks } = await examined(connection);
    const by = Object.fromEntries(checks.map((result) => [result.check, result]));
    expect(by.outside_window).toMatchObject({ looked: 0, notCheckable: 1 });
    expect(by.over_cap).toMatchObject({ looked: 1, byHand: 1 });
  });

  it('writes nothing, and leaves the connection able to', async () => {
    const connection = testDatabase();
    aSent(connection);
    const before = connection.pragma('data_version');
    const changes = connection.prepare('select total_changes()').pluck().get();
    await examined(connection);
    expect(connection.prepare('select total_changes()').pluck().get()).toBe(changes);
    expect(connection.pragma('data_version')).toEqual(before);
    expect(anEnrolment(connection)).toBeGreaterThan(0);
  });
});
