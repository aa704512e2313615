import { describe, expect, it } from 'vitest';
import { connectedTasks } from '../../src/commands/task/connected.ts';
import { doneTasks } from '../../src/commands/task/done.ts';
import { putOffTasks } from '../../src/commands/task/later.ts';
import { listTasks } from '../../src/commands/task/list.ts';
import { notFoundTasks } from '../../src/commands/task/not-found.ts';
import { undoTasks } from '../../src/commands/task/undo.ts';
import { snapshotOf } from '../../src/db/tick/due.ts';
import { plan } from '../../src/engine/plan/plan.ts';
import { anEnrolment, aStep, DAY, HOUR, NOW } from '../builders.ts';
import { POLICY } from '../engine/snapshot.ts';
import { STEPS, waiting } from './waiting.ts';

type Test = Awaited<ReturnType<typeof waiting>>;

/** What a tick would do with the person. */
function planned({ connection }: Test, enrolmentId = 1, now = NOW) {
  const snapshot = snapshotOf(connection, enrolmentId, now);
  if (!snapshot) throw new Error('no such enrolment');
  const { skips, decision } = plan(snapshot, POLICY, now);
  const channel = decision.do === 'touch' ? decision.channel : null;
  return { skips, do: decision.do, channel, reason: 'reason' in decision ? decision.reason : null };
}

describe('a profile that is not found', () => {
  it('is not used by this step or a later one; the others come in their turn', async () => {
    const test = await waiting([]);
    await notFoundTasks(test.context, ['1']);
    expect(test.rows('select type, message_id from event')).toEqual([{ type: 'not_found', message_id: 1 }]);
    expect(test.rows('select hold, next_at from enrolment')).toEqual([{ hold: null, next_at: NOW }]);
    expect(planned(test)).toMatchObject({
      skips: [
        { step: 'invitation', reason: 'no_address' },
        { step: 'message', reason: 'no_address' },
      ],
      do: 'touch',
      channel: 'email',
    });
  });

  it('sends the step by its fallback', async () => {
    const [invitation, ...others] = STEPS;
    const test = await waiting([], {
      campaign: { scenario: { steps: [aStep({ ...invitation, fallback: ['email'] }), ...others] } },
    });
    await notFoundTasks(test.context, ['1']);
    expect(planned(test)).toMatchObject({ skips: [], do: 'touch', channel: 'email' });
  });

  it('counts in every campaign, until the person has another one, or it is taken back', async () => {
    const test = await waiting([]);
    const elsewhere = anEnrolment(test.connection, { prospectId: 1, step: 'invitation' });
    await notFoundTasks(test.context, ['1']);
    expect(snapshotOf(test.connection, elsewhere, NOW)?.prospect.linkedin).toBeNull();
    test.connection.exec("update prospect set linkedin = 'claire-durand-neuve'");
    expect(snapshotOf(test.connection, elsewhere, NOW)?.prospect.linkedin).toBe('claire-durand-neuve');
    test.connection.exec("update prospect set linkedin = 'claire-durand-1'");
    await undoTasks(test.context, ['1']);
    expect(snapshotOf(test.connection, elsewhere, NOW)?.prospect.linkedin).toBe('claire-durand-1');
  });

  it('of a rehearsal keeps no live campaign from using it', async () => {
    const test = await waiting([], { campaign: { mode: 'rehearsal' } });
    const live = anEnrolment(test.connection, { prospectId: 1, step: 'invitation' });
    await notFoundTasks(test.context, ['1']);
    expect(snapshotOf(test.connection, live, NOW)?.prospect.linkedin).toBe('claire-durand-1');
    expect(snapshotOf(test.connection, 1, NOW)?.prospect.linkedin).toBeNull();
  });

  it('is said of LinkedIn tasks only', async () => {
    const test = await waiting([]);
    test.connection.exec("update message set state = 'uncertain', channel = 'sms'");
    await expect(notFoundTasks(test.context, ['1'])).rejects.toThrow('is no LinkedIn text to paste');
    await expect(putOffTasks(test.context, ['1'])).rejects.toThrow('is no LinkedIn text to paste');
  });
});

describe('a connection already', () => {
  it('passes over the invitation; the message goes as if it had been accepted', async () => {
    const test = await waiting([]);
    await connectedTasks(test.context, ['1']);
    expect(planned(test)).toMatchObject({
      skips: [{ step: 'invitation', reason: 'already_touched' }],
      do: 'touch',
      channel: 'linkedin',
    });
    await undoTasks(test.context, ['1']);
    expect(planned(test)).toMatchObject({ do: 'hold', reason: 'operator' });
  });

  it('lets go whatever waits for it elsewhere', async () => {
    const { context, connection, rows } = await waiting([]);
    anEnrolment(connection, { prospectId: 1, hold: 'condition_pending', nextAt: NOW + DAY });
    await connectedTasks(context, ['1']);
    expect(rows('select next_at from enrolment')).toEqual([{ next_at: NOW }, { next_at: NOW }]);
  });

  it('of a rehearsal is none for live campaigns', async () => {
    const test = await waiting([], { campaign: { mode: 'rehearsal' } });
    const live = anEnrolment(test.connection, { prospectId: 1, step: 'invitation' });
    await connectedTasks(test.context, ['1']);
    expect(snapshotOf(test.connection, live, NOW)).toMatchObject({ connected: false, accepted: false });
    expect(planned(test)).toMatchObject({ do: 'touch', channel: 'linkedin' });
  });

  it('is said of invitations only', async () => {
    const { context } = await waiting([], { steps: ['message'] });
    await expect(connectedTasks(context, ['2'])).rejects.toMatchObject({
      message: 'task 2 is no invitation',
      next: "hector task accepted '#1'",
    });
  });
});

it('what was put off is listed last, and says so until the day is over', async () => {
  const { context, stdout, at } = await waiting([], { steps: ['invitation', 'invitation'] });
  await putOffTasks(context, ['1']);
  await listTasks(context, null);
  const listed = stdout();
  expect(listed.indexOf('Claire2')).toBeLessThan(listed.lastIndexOf('Claire1'));
  expect(listed).toContain('invitation, put off');
  at(NOW + 15 * HOUR);
  await listTasks(context, null);
  expect(stdout().slice(listed.length)).not.toContain('put off');
});

it('what was taken back is sent again, once', async () => {
  const { context, rows } = await waiting([]);
  await doneTasks(context, ['1']);
  await undoTasks(context, ['1']);
  await doneTasks(context, ['1']);
  expect(rows("select count(*) as n from event where type = 'sent'")).toEqual([{ n: 1 }]);
});
