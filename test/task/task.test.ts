import { describe, expect, it } from 'vitest';
import { completeCampaign } from '../../src/commands/campaign/complete.ts';
import { recordAccepted } from '../../src/commands/task/accepted.ts';
import { doneTasks } from '../../src/commands/task/done.ts';
import { listTasks } from '../../src/commands/task/list.ts';
import { skipTasks } from '../../src/commands/task/skip.ts';
import { aCampaign, aMessage, anEnrolment, aProspect, aStep, DAY, NOW } from '../builders.ts';
import { testContext } from '../context.ts';

const STEPS = [
  aStep({ id: 'invitation', channel: 'linkedin', kind: 'invitation' }),
  aStep({
    id: 'message',
    channel: 'linkedin',
    kind: 'message',
    wait: '1d',
    when: { accepted: true, within: '5d' },
    otherwise: 'skip',
  }),
];

async function waiting(people = 1) {
  const test = testContext({ columns: 80 });
  const connection = await test.context.connection();
  const campaignId = aCampaign(connection, { scenario: { steps: STEPS } });
  for (let number = 0; number < people; number += 1) {
    const enrolmentId = anEnrolment(connection, {
      campaignId,
      step: 'invitation',
      nextAt: null,
      hold: 'operator',
      prospectId: aProspect(connection, { first_name: `Claire${number}` }),
    });
    aMessage(connection, {
      enrolmentId,
      step: 'invitation',
      channel: 'linkedin',
      kind: 'invitation',
      state: 'awaiting_operator',
      body: `Bonjour ${number}`,
    });
  }
  return { ...test, connection, rows: (sql: string) => connection.prepare(sql).all() };
}

describe('task done', () => {
  it('records the touch at the moment it was confirmed, and counts the next wait from there', async () => {
    const { context, rows } = await waiting();
    context.env.HECTOR_NOW = new Date(NOW + 2 * DAY).toISOString();
    await doneTasks(context, ['#1']);
    expect(rows('select state, sent_at from message')).toEqual([{ state: 'sent', sent_at: NOW + 2 * DAY }]);
    expect(rows('select step, anchor_at, next_at, hold from enrolment')).toEqual([
      { step: 'message', anchor_at: NOW + 2 * DAY, next_at: NOW + 3 * DAY, hold: null },
    ]);
    expect(rows('select type from event order by id')).toEqual([{ type: 'sent' }, { type: 'delivered' }]);
  });

  it('records what was pasted before the text was cancelled, and fetches nobody back', async () => {
    const { context, connection, rows } = await waiting();
    await completeCampaign(context, 'Campagne 1', true);
    const ended = rows('select * from enrolment');
    await expect(skipTasks(context, ['1'], 'non')).rejects.toThrow(
      'task 1 is not open any more: it is cancelled',
    );
    await doneTasks(context, ['1']);
    expect(rows('select state, sent_at from message')).toEqual([{ state: 'sent', sent_at: NOW }]);
    expect(rows("select type from event where type <> 'stopped' order by id")).toEqual([
      { type: 'sent' },
      { type: 'delivered' },
    ]);
    expect(rows('select * from enrolment')).toEqual(ended);
    aMessage(connection, { state: 'cancelled' });
    await expect(doneTasks(context, ['2'])).rejects.toThrow('task 2 is not open any more: it is cancelled');
  });

  it('counts once, even when two people confirm it', async () => {
    const { context, rows } = await waiting();
    await doneTasks(context, ['1']);
    await expect(doneTasks(context, ['1'])).rejects.toThrow('task 1 is not open any more: it is sent');
    expect(rows("select count(*) as n from event where type = 'sent'")).toEqual([{ n: 1 }]);
  });

  it('settles a message that was perhaps sent', async () => {
    const { context, connection, rows } = await waiting();
    connection.exec("update message set state = 'uncertain'; update enrolment set hold = 'uncertain'");
    await doneTasks(context, ['1']);
    expect(rows('select step from enrolment')).toEqual([{ step: 'message' }]);
  });

  it.each(['x', '99'])('says what is wrong with number %s', async (number) => {
    const { context } = await waiting();
    await expect(doneTasks(context, [number])).rejects.toMatchObject({
      exitCode: 2,
      next: 'hector task list',
    });
  });
});

describe('task skip', () => {
  it('lets the person go on; the planner takes the step as done', async () => {
    const { context, rows } = await waiting();
    await skipTasks(context, ['1'], 'profil introuvable');
    expect(rows('select state, error from message')).toEqual([
      { state: 'skipped', error: 'profil introuvable' },
    ]);
    expect(rows('select next_at, hold from enrolment')).toEqual([{ next_at: NOW, hold: null }]);
  });
});

describe('task accepted', () => {
  it('lets a waiting step go at once, and is recorded once', async () => {
    const { context, connection, rows, stdout } = await waiting();
    await doneTasks(context, ['1']);
    connection.exec(`update enrolment set hold = 'condition_pending', next_at = ${NOW + 5 * DAY}`);
    await recordAccepted(context, ['#1']);
    await recordAccepted(context, ['#1']);
    expect(rows('select next_at from enrolment')).toEqual([{ next_at: NOW }]);
    expect(rows("select campaign_id, enrolment_id, message_id from event where type = 'accepted'")).toEqual([
      { campaign_id: 1, enrolment_id: 1, message_id: 1 },
    ]);
    expect(stdout()).toContain('Known already');
  });
});

describe('task accepted of somebody who was sent nothing', () => {
  it('is refused, and nothing is recorded', async () => {
    const { context, rows } = await waiting();
    await expect(recordAccepted(context, ['#1'])).rejects.toMatchObject({ exitCode: 2 });
    expect(rows("select count(*) as n from event where type = 'accepted'")).toEqual([{ n: 0 }]);
  });
});

describe('task list', () => {
  it('offers nothing of paused campaigns, paused people, or people who answered', async () => {
    const { context, connection, stderr } = await waiting(2);
    connection.exec(
      "update enrolment set status = 'paused' where id = 1; update enrolment set status = 'replied' where id = 2",
    );
    await listTasks(context, null);
    expect(stderr()).toContain('No open tasks');
    connection.exec("update enrolment set status = 'active'; update campaign set status = 'paused'");
    await listTasks(context, null);
    expect(stderr().match(/No open tasks/g)).toHaveLength(2);
  });

  it('shows the first 50 on a terminal, and says that there are more', async () => {
    const { context, stdout, stderr, folder } = await waiting(51);
    await listTasks(context, null);
    expect(stdout().trimEnd().split('\n')).toHaveLength(51);
    expect(stderr()).toContain('There are more. Next: hector task list --limit 500');
    const piped = testContext({ folder });
    await listTasks(piped.context, null);
    expect(piped.stdout().trimEnd().split('\n')).toHaveLength(51);
    await listTasks(piped.context, null, 2);
    expect(piped.stdout().trimEnd().split('\n')).toHaveLength(53);
  });
});
