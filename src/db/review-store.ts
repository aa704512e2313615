import type { EventType } from '../engine/model.ts';
import type { Approved, Draft, EditedText, ReviewStore, Seen } from '../engine/ports/review.ts';
import type { NewMessage } from '../engine/ports/ticks.ts';
import { movesOn } from '../engine/tick/advance.ts';
import { failure, UserError } from '../errors.ts';
import { type Connection, write } from './connection.ts';
import { eventWriter } from './events.ts';
import { countDrafts, findDraft, offeredDrafts, takeDraft } from './review/drafts.ts';
import { stopEnrolments } from './stop.ts';
import { stopSuppressed } from './stop-suppressed.ts';
import { snapshotOf } from './tick/due.ts';

/** @param now the clock, UTC ms, for what listing finds out by itself */
export function createReviewStore(connection: Connection, now: () => number): ReviewStore {
  return {
    async list(filter, limit, except = []) {
      for (;;) {
        const drafts = offeredDrafts(connection, filter, limit, except);
        const people = drafts.map(({ prospect }) => prospect);
        if (!stopSuppressed(connection, people, now())) return drafts;
      }
    },
    count: async (filter) => countDrafts(connection, filter),
    find: async (messageId) => findDraft(connection, messageId),
    async snapshot(enrolmentId) {
      const snapshot = snapshotOf(connection, enrolmentId);
      if (!snapshot) throw failure(`no enrolment ${enrolmentId}`, 'hector message list --awaiting');
      return snapshot;
    },
    approve: async (seen, at) => write(connection, () => approveAll(connection, seen, at)),
    async reject(seen, reason, at) {
      write(connection, () => reject(connection, takeDraft(connection, seen), reason, at));
    },
    edit: async (seen, text, at) =>
      write(connection, () => {
        storeEdit(connection, takeDraft(connection, seen), text, at);
        return findDraft(connection, seen.messageId);
      }),
    replace: async (seen, message, remark, at) =>
      write(connection, () => {
        storeReplacement(connection, takeDraft(connection, seen), { message, remark, at });
        return findDraft(connection, seen.messageId);
      }),
    async stop(seen, at) {
      write(connection, () => {
        const { prospect } = takeDraft(connection, seen);
        const prospectIds = [prospect.id];
        stopEnrolments(connection, { prospectIds, status: 'stopped', reason: 'removed', now: at });
      });
    },
  };
}

/** To be called inside a transaction. What somebody else has settled meanwhile keeps no other from being approved. */
function approveAll(connection: Connection, seen: readonly Seen[], at: number): Approved {
  const ready = connection.prepare<[number]>(
    "update message set state = 'ready' where id = ? and state = 'awaiting_approval'",
  );
  const result: Approved = { approved: [], left: [] };
  for (const each of seen)
    try {
      const draft = takeDraft(connection, each);
      ready.run(draft.messageId);
      record(connection, draft, 'approved', at);
      goOn(connection, draft, at);
      result.approved.push(draft.messageId);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      result.left.push({ messageId: each.messageId, why: error.message });
    }
  return result;
}

/** Due at once, unless another text of the step still waits. The time a person took does not make the step too late. */
function goOn(connection: Connection, { enrolmentId, step }: Draft, at: number): void {
  connection
    .prepare<[{ at: number; id: number; step: string }]>(
      `update enrolment set next_at = @at, step_at = @at, hold = null
       where id = @id and step = @step and hold = 'approval' and status in ('active', 'paused')
         and not exists (select 1 from message where enrolment_id = @id and step = @step
           and state in ('awaiting_approval', 'draft'))`,
    )
    .run({ at, id: enrolmentId, step });
}

/** With the step's own text goes what stands beside it: the planner takes the step as done, and goes on from there. */
function reject(connection: Connection, draft: Draft, reason: string, at: number): void {
  const why = `rejected: ${reason}`;
  const { scenario } = snapshotOf(connection, draft.enrolmentId)?.version ?? {};
  const own = scenario !== undefined && movesOn(scenario, draft.step, draft.channel);
  connection
    .prepare<[{ why: string; id: number; enrolment: number; step: string; own: number }]>(
      `update message set state = 'skipped', error = @why
       where enrolment_id = @enrolment and step = @step and state = 'awaiting_approval' and (id = @id or @own = 1)`,
    )
    .run({
      why,
      id: draft.messageId,
      enrolment: draft.enrolmentId,
      step: draft.step,
      own: Number(own),
    });
  goOn(connection, draft, at);
  record(connection, draft, 'declined', at, { reason });
}

function storeEdit(
  connection: Connection,
  draft: Draft,
  { subject, body, envelope }: EditedText,
  at: number,
): void {
  connection
    .prepare<[string | null, string, string, number]>(
      `update message set subject = ?, body = ?, envelope = ?, source = 'operator', facts_key = null
       where id = ? and state = 'awaiting_approval'`,
    )
    .run(subject, body, JSON.stringify(envelope), draft.messageId);
  record(connection, draft, 'edited', at);
}

function storeReplacement(
  connection: Connection,
  draft: Draft,
  { message, remark, at }: { message: NewMessage; remark: string | null; at: number },
): void {
  connection
    .prepare<(string | number | null)[]>(
      `update message set subject = ?, body = ?, envelope = ?, source = ?, template = ?, writing = ?, facts_key = ?,
         sender = ? where id = ? and state = 'awaiting_approval'`,
    )
    .run(
      message.subject,
      message.body,
      JSON.stringify(message.envelope),
      message.source,
      message.template,
      JSON.stringify(message.writing),
      message.factsKey,
      message.sender,
      draft.messageId,
    );
  record(connection, draft, 'rewritten', at, remark === null ? {} : { reason: remark });
}

function record(
  connection: Connection,
  draft: Draft,
  type: EventType,
  at: number,
  data: Record<string, string> = {},
): void {
  const { messageId, enrolmentId, prospect, channel, step } = draft;
  const campaignId = connection
    .prepare<[number], number>('select campaign_id from message where id = ?')
    .pluck()
    .get(messageId);
  eventWriter(connection)({
    type,
    at,
    prospectId: prospect.id,
    campaignId: campaignId ?? null,
    enrolmentId,
    messageId,
    channel,
    data: { step, ...data },
  });
}
