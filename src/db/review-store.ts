import { senderOf } from '../engine/limits/sender.ts';
import type { EventType } from '../engine/model.ts';
import type { Approved, EditedText, ReviewStore, Seen } from '../engine/ports/review.ts';
import { movesOn } from '../engine/tick/advance.ts';
import { failure, UserError } from '../errors.ts';
import { type Connection, write } from './connection.ts';
import { eventWriter } from './events.ts';
import { replaceText } from './replace-text.ts';
import { countDrafts, draftTaker, findDraft, offeredDrafts, type TakenDraft } from './review/drafts.ts';
import { pastOf } from './review/past.ts';
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
    past: async (messageId) => pastOf(connection, messageId),
    async snapshot(enrolmentId) {
      const snapshot = snapshotOf(connection, enrolmentId, now());
      if (!snapshot) throw failure(`no enrolment ${enrolmentId}`, 'hector message list --awaiting');
      return snapshot;
    },
    approve: async (seen, at) => approveAll(connection, seen, at),
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
        const draft = takeDraft(connection, seen);
        const data = replaceText(connection, draft.messageId, { message, remark });
        recorder(connection, at)(draft, 'rewritten', data);
        return findDraft(connection, seen.messageId);
      }),
    async stop(seen, at) {
      write(connection, () => {
        const { prospectId } = takeDraft(connection, seen);
        stopEnrolments(connection, {
          prospectIds: [prospectId],
          status: 'stopped',
          reason: 'removed',
          now: at,
        });
      });
    },
  };
}

/** Texts that are approved in one transaction: no tick waits longer than for these. */
const CHUNK = 500;

/** What somebody else has settled meanwhile keeps no other from being approved. */
async function approveAll(connection: Connection, seen: readonly Seen[], at: number): Promise<Approved> {
  const result: Approved = { approved: [], left: [] };
  const approve = approver(connection, at);
  for (let from = 0; from < seen.length; from += CHUNK) {
    // Whoever waits for the lock gets it in between.
    if (from > 0) await new Promise((resolve) => setImmediate(resolve));
    write(connection, () => {
      for (const each of seen.slice(from, from + CHUNK)) approve(each, result);
    });
  }
  return result;
}

function approver(connection: Connection, at: number): (seen: Seen, result: Approved) => void {
  const take = draftTaker(connection);
  const ready = connection.prepare<[number]>(
    "update message set state = 'ready' where id = ? and state = 'awaiting_approval'",
  );
  const record = recorder(connection, at);
  const goOn = releaser(connection, at);
  return (seen, result) => {
    try {
      const draft = take(seen);
      ready.run(draft.messageId);
      record(draft, 'approved');
      goOn(draft);
      result.approved.push(draft.messageId);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      result.left.push({ messageId: seen.messageId, why: error.message });
    }
  };
}

const takeDraft = (connection: Connection, seen: Seen): TakenDraft => draftTaker(connection)(seen);

/** Due at once, unless another text of the step still waits. The time a person took does not make the step too late. */
function releaser(connection: Connection, at: number): (draft: TakenDraft) => void {
  const release = connection.prepare<[{ at: number; id: number; step: string }]>(
    `update enrolment set next_at = @at, step_at = @at, hold = null
     where id = @id and step = @step and hold = 'approval' and status in ('active', 'paused')
       and not exists (select 1 from message where enrolment_id = @id and step = @step
         and state in ('awaiting_approval', 'draft'))`,
  );
  return ({ enrolmentId, step }) => void release.run({ at, id: enrolmentId, step });
}

/** With the step's own text goes what stands beside it: the planner takes the step as done, and goes on from there. */
function reject(connection: Connection, draft: TakenDraft, reason: string, at: number): void {
  const why = `rejected: ${reason}`;
  const { scenario } = snapshotOf(connection, draft.enrolmentId, at)?.version ?? {};
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
  releaser(connection, at)(draft);
  recorder(connection, at)(draft, 'declined', { reason });
}

function storeEdit(
  connection: Connection,
  draft: TakenDraft,
  { subject, body, envelope }: EditedText,
  at: number,
): void {
  connection
    .prepare<[string | null, string, string, string, number]>(
      `update message set subject = ?, body = ?, envelope = ?, sender = ?, source = 'operator', facts_key = null
       where id = ? and state = 'awaiting_approval'`,
    )
    .run(subject, body, JSON.stringify(envelope), senderOf(envelope), draft.messageId);
  recorder(connection, at)(draft, 'edited');
}

function recorder(
  connection: Connection,
  at: number,
): (draft: TakenDraft, type: EventType, data?: Record<string, string | number>) => void {
  const event = eventWriter(connection);
  return ({ step, fingerprint, ...draft }, type, data = {}) =>
    event({ ...draft, type, at, data: { step, fingerprint, ...data } });
}
