import { describe, expect, it } from 'vitest';
import { exportPerson } from '../../src/commands/gdpr/export.ts';
import { recordAccepted } from '../../src/commands/task/accepted.ts';
import { connectedTasks } from '../../src/commands/task/connected.ts';
import { doneTasks } from '../../src/commands/task/done.ts';
import { putOffTasks } from '../../src/commands/task/later.ts';
import { nextTasks } from '../../src/commands/task/next.ts';
import { notFoundTasks } from '../../src/commands/task/not-found.ts';
import { skipTasks } from '../../src/commands/task/skip.ts';
import { undoTasks } from '../../src/commands/task/undo.ts';
import type { Context } from '../../src/context.ts';
import type { Task, TaskStore } from '../../src/engine/ports/tasks.ts';
import { anEnrolment, DAY, NOW } from '../builders.ts';
import { everything, waiting } from './waiting.ts';

const session = (context: Context) => nextTasks(context, { campaign: null, anyway: false });

describe('u in the session', () => {
  it.each(['sent', 'later', 'skip', 'not_found', 'connected', 'stop'])(
    'takes back %s: every row is as it was, and the task is shown again',
    async (answer) => {
      const { context, connection, rows, stdout, stderr } = await waiting([answer, 'undo', 'quit'], {
        steps: ['invitation', 'invitation'],
      });
      // Somewhere else as well, where a stop and a connection reach.
      anEnrolment(connection, { prospectId: 1, hold: 'condition_pending', nextAt: NOW + DAY });
      const before = everything(rows);
      await session(context);
      expect(everything(rows)).toEqual(before);
      expect(stdout().match(/Claire\d/g)).toEqual(['Claire1', 'Claire2', 'Claire1']);
      expect(stderr()).toContain('Taken back: Claire1 Durand');
      expect(stderr()).not.toMatch(/^1 /m);
      expect(
        rows(
          "select message_id, campaign_id from event where type = 'undone' and data ->> '$.act' is not null",
        ),
      ).toEqual([{ message_id: 1, campaign_id: 1 }]);
    },
  );

  it('takes back an acceptance, in the round as at a card', async () => {
    const { context, rows, at } = await waiting(['accepted', 'undo', 'quit'], { steps: ['message'] });
    const before = everything(rows);
    await session(context);
    expect(everything(rows)).toEqual(before);
    at(NOW + DAY);
  });

  it('brings back the text that somebody else has written meanwhile', async () => {
    const { context, connection, rows } = await waiting([]);
    const store = await context.stores.tasks();
    const task = await store.find(1);
    connection.exec("update message set body = 'Bonsoir'");
    await store.done(task, { body: task.body, advance: null, at: NOW });
    expect(rows('select body from message')).toEqual([{ body: 'Bonjour 1' }]);
    await store.undo(1, NOW);
    expect(rows('select body from message')).toEqual([{ body: 'Bonsoir' }]);
  });

  it('takes back one after the other, the last first', async () => {
    const { context, rows } = await waiting(['sent', 'skip', 'undo', 'undo', 'quit'], {
      steps: ['invitation', 'invitation'],
    });
    const before = everything(rows);
    await session(context);
    expect(everything(rows)).toEqual(before);
  });

  it('reaches the last task of all', async () => {
    const { context, rows } = await waiting(['sent', 'undo', 'skip', 'quit']);
    await session(context);
    expect(rows('select state from message')).toEqual([{ state: 'skipped' }]);
  });

  it('has nothing to take back at the beginning, and no answer', async () => {
    const { context, stderr } = await waiting(['undo', 'replied', 'Non', 'answer', 'undo', 'quit'], {
      steps: ['invitation', 'invitation'],
    });
    await session(context);
    expect(stderr()).toContain('nothing of this session is left to take back');
    expect(stderr()).toContain('is not taken back');
  });

  it('leaves no count, no cap and no condition behind', async () => {
    const { context, rows } = await waiting(['sent', 'undo', 'quit']);
    await session(context);
    expect(rows("select type, data ->> '$.was' as was from event order by id")).toEqual([
      { type: 'undone', was: 'sent' },
      { type: 'undone', was: 'delivered' },
      { type: 'undone', was: null },
    ]);
    expect(rows('select count(*) as n from message where sent_at is not null')).toEqual([{ n: 0 }]);
  });
});

describe('task undo', () => {
  const acts: [string, (context: Context) => Promise<void>][] = [
    ['sent', (context) => doneTasks(context, ['1'])],
    ['skipped', (context) => skipTasks(context, ['1'], 'non')],
    ['later', (context) => putOffTasks(context, ['1'])],
    ['not_found', (context) => notFoundTasks(context, ['1'])],
    ['connected', (context) => connectedTasks(context, ['1'])],
  ];
  it.each(acts)('takes back what another command has said: %s', async (act, run) => {
    const { context, rows, stdout } = await waiting([]);
    const before = everything(rows);
    await run(context);
    expect(everything(rows)).not.toEqual(before);
    await undoTasks(context, ['1']);
    expect(everything(rows)).toEqual(before);
    expect(stdout()).toContain(`Taken back: task 1, ${act.replace('_', ' ')}`);
    await expect(undoTasks(context, ['1'])).rejects.toThrow('nothing that was said of task 1');
  });

  it('takes an acceptance back before the invitation itself', async () => {
    const { context, rows } = await waiting([]);
    const before = everything(rows);
    await doneTasks(context, ['1']);
    await recordAccepted(context, ['#1']);
    await undoTasks(context, ['1', '1']);
    expect(everything(rows)).toEqual(before);
  });

  it.each([
    ['a tick has gone on', "update enrolment set hold = 'condition_pending'", 'they have gone on since'],
    ['a text is written for the next step', 'insert into message select * from copied', 'they have gone on'],
    [
      'they have answered',
      "update enrolment set status = 'replied', step = null",
      'they have answered since',
    ],
    ['they were stopped', "update enrolment set status = 'stopped', step = null", 'they are stopped'],
    ['somebody has paused them', "update enrolment set status = 'paused'", 'they have gone on since'],
  ])('is refused where %s', async (_, sql, why) => {
    const { context, connection, rows } = await waiting([]);
    await doneTasks(context, ['1']);
    connection.exec(
      "create temp table copied as select * from message; update copied set id = 99, step = 'message', state = 'awaiting_operator', sent_at = null",
    );
    connection.exec(sql);
    const before = everything(rows);
    await expect(undoTasks(context, ['1'])).rejects.toThrow(why);
    expect(everything(rows)).toEqual(before);
  });

  it('is refused where an acceptance that moved nobody has moved somebody since', async () => {
    const { context, connection } = await waiting([]);
    await doneTasks(context, ['1']);
    await recordAccepted(context, ['#1']);
    connection.exec("update enrolment set step = 'email-1'");
    await expect(undoTasks(context, ['1'])).rejects.toThrow('"accepted" of task 1 cannot be taken back');
  });

  it('keeps what it needs for itself: neither card nor export of a person shows it', async () => {
    const { context, rows, stdout } = await waiting([]);
    await doneTasks(context, ['1']);
    expect(rows("select 1 from event where data ->> '$.undo' is not null")).toHaveLength(1);
    Object.assign(context, { json: true });
    await exportPerson(context, { prospect: '#1', output: null, language: 'en' });
    expect(JSON.parse(stdout().slice(stdout().indexOf('{'))).event).toMatchObject([
      { type: 'sent', data: { step: 'invitation' } },
      { type: 'delivered', data: null },
    ]);
    const card = await (await context.stores.people()).card(1);
    expect(JSON.stringify(card)).not.toContain('"before');
    expect(stdout()).not.toContain('"undo"');
  });

  it('knows no message that is not there', async () => {
    const { context } = await waiting([]);
    await expect(undoTasks(context, ['99'])).rejects.toMatchObject({ exitCode: 2, message: 'no task 99' });
  });
});

describe('of two operators the first one counts', () => {
  it.each<[string, (store: TaskStore, task: Task) => Promise<unknown>]>([
    ['done', (store, task) => store.done(task, { body: 'x', advance: null, at: NOW })],
    ['skip', (store, task) => store.skip(task, 'non', NOW)],
    ['later', (store, task) => store.later(task, NOW + DAY)],
    ['not found', (store, task) => store.notFound(task, NOW)],
    ['connected', (store, task) => store.connected(task, NOW)],
    ['stop', (store, task) => store.stop(task, NOW)],
    ['edit', (store, task) => store.edit(task, 'x', NOW)],
  ])('where the second one says %s', async (_, act) => {
    const { context, rows } = await waiting([]);
    const store = await context.stores.tasks();
    const task = await store.find(1);
    await doneTasks(context, ['1']);
    const before = everything(rows);
    await expect(act(store, task)).rejects.toThrow('task 1 is not open any more: it is sent');
    expect(everything(rows)).toEqual(before);
  });
});
