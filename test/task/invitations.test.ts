import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nextTasks } from '../../src/commands/task/next.ts';
import { acceptanceOf } from '../../src/engine/linkedin-session/acceptance.ts';
import { minutesFor } from '../../src/engine/linkedin-session/pace.ts';
import { linkedinRoom, weekStart } from '../../src/engine/linkedin-session/room.ts';
import { aMessage, anEnrolment, anEvent, DAY, HOUR, NOW } from '../builders.ts';
import { calendar } from '../engine/snapshot.ts';
import { waiting } from './waiting.ts';

const RULES = { calendar, zone: 'Europe/Paris', ramp: [], caps: { hour: null, day: 3, week: 5 } };

describe('linkedinRoom', () => {
  it.each([
    ['there is room', [1, 2], null],
    ['the day is full: from midnight in Paris', [0, 0, 0], Date.UTC(2026, 10, 23, 23)],
    ['the week is full: when the first of them is out of it', [6, 3, 2, 1, 1], Date.UTC(2026, 10, 23, 23)],
    ['the week is full for days', [2, 2, 1, 1, 1], Date.UTC(2026, 10, 27, 23)],
    ['a cap was lowered: when enough of them are out', [6, 5, 4, 2, 2, 1, 1], Date.UTC(2026, 10, 25, 23)],
  ])('%s', (_, daysAgo, againAt) => {
    const sentAt = daysAgo.map((days) => NOW - days * DAY);
    const room = linkedinRoom({ sentAt, firstAt: NOW - 60 * DAY }, RULES, NOW);
    expect(room.againAt).toBe(againAt);
    expect(room.week.used).toBe(daysAgo.length);
  });

  it('keeps to the share of a new sender', () => {
    const ramp = [
      { day: 1, share: 0.2 },
      { day: 15, share: 1 },
    ];
    const room = linkedinRoom({ sentAt: [NOW - HOUR], firstAt: NOW - HOUR }, { ...RULES, ramp }, NOW);
    expect(room).toMatchObject({ day: { used: 1, cap: 1 }, week: { used: 1, cap: 1 } });
    expect(room.againAt).not.toBeNull();
  });

  it('finds midnight over the night in which the clocks change', () => {
    const now = Date.UTC(2026, 9, 26, 9);
    const rules = { ...RULES, caps: { hour: null, day: null, week: 1 } };
    expect(weekStart(now, rules)).toBe(Date.UTC(2026, 9, 19, 22));
    // Half past eleven at night, six days after that night.
    expect(weekStart(Date.UTC(2026, 9, 30, 22, 30), rules)).toBe(Date.UTC(2026, 9, 23, 22));
    const room = linkedinRoom({ sentAt: [Date.UTC(2026, 9, 23, 9)], firstAt: 0 }, rules, now);
    expect(room.againAt).toBe(Date.UTC(2026, 9, 29, 23));
  });
});

describe('acceptanceOf', () => {
  it.each([
    [19, 0, false],
    [20, 5, true],
    [20, 6, false],
    [0, 0, false],
  ])('of %i with %i accepted is too low: %s', (sent, accepted, isTooLow) => {
    expect(acceptanceOf({ sent, accepted }).isTooLow).toBe(isTooLow);
  });
});

describe('minutesFor', () => {
  it.each([
    [0, [], 0],
    [10, [], 15],
    [10, [6, 6, 6, 6], 15],
    [10, [3, 3, 3, 3, 3], 30],
    [1, [0, 0, 0, 0, 0], 1],
    // Keys in a row are no pace to go on with: 20 seconds at the least.
    [27, [0, 0, 0, 0, 0], 9],
    [27, [0, 0, 0, 0, 2], 11],
    [10, [1, 1, 1, 1, 600], 28],
  ])('%i tasks, after minutes %j', (tasks, minutes, expected) => {
    expect(
      minutesFor(
        tasks,
        minutes.map((each) => each * 60_000),
      ),
    ).toBe(expected);
  });
});

/** Live invitations that went out `daysAgo`, the first `accepted` of them with success; all were looked up. */
async function invited(
  answers: string[],
  { number, daysAgo, accepted = 0 }: { number: number; daysAgo: number; accepted?: number },
) {
  const test = await waiting(answers, { steps: ['invitation', 'message'] });
  const { connection, campaignId } = test;
  for (let index = 0; index < number; index += 1) {
    const messageId = aMessage(connection, {
      enrolmentId: anEnrolment(connection, { campaignId, status: 'completed' }),
      ...{ step: 'invitation', channel: 'linkedin', kind: 'invitation', state: 'sent', sender: 'linkedin' },
      sentAt: NOW - daysAgo * DAY,
    });
    if (index < accepted) anEvent(connection, { type: 'accepted', messageId, at: NOW - DAY });
  }
  connection.exec(`update message set asked_at = ${NOW - HOUR} where state = 'sent'`);
  return test;
}

describe('the session and its invitations', () => {
  it('shows the caps, and offers nothing beyond them; messages go on', async () => {
    const { context, stdout, stderr, connection } = await invited(['sent', 'quit'], {
      number: 19,
      daysAgo: 3,
    });
    connection.exec(`update message set sent_at = ${NOW - 60 * DAY} where id = 2`);
    await nextTasks(context, { campaign: null, anyway: false });
    expect(stderr().replace(/\s+/g, ' ')).toContain('Invitations: 19 of 100 in seven days, 0 of 20 today');
    connection.exec(
      `update message set sent_at = ${NOW} where kind = 'invitation' and state = 'sent' and id <> 2`,
    );
    const before = stdout().length;
    await expect(nextTasks(context, { campaign: null, anyway: false })).rejects.toThrow('no answer is left');
    expect(stderr().replace(/\s+/g, ' ')).toContain(
      '20 of 20 today. No more before Tue 24 Nov 2026; messages go on.',
    );
    expect(stdout().slice(before)).toContain('Claire2');
  });

  it('stops offering them the moment the cap is reached', async () => {
    const { context, folder, stdout, stderr } = await waiting(['sent', 'quit'], {
      steps: ['invitation', 'invitation', 'message'],
    });
    writeFileSync(join(folder, 'hector.yaml'), 'linkedin:\n  invitations: { day: 1 }\n  ramp: off\n');
    await nextTasks(context, { campaign: null, anyway: true });
    expect(stdout().match(/Claire\d/g)).toEqual(['Claire1', 'Claire3']);
    expect(stderr().replace(/\s+/g, ' ')).toContain('1 of 1 today. No more before');
  });

  it.each([
    [20, 5, 8, 'less than 30 %'],
    [20, 6, 8, null],
    [19, 0, 8, null],
    [20, 0, 6, null],
    [20, 0, 61, null],
  ])('of %i, %i accepted, %i days ago: paused as long as %s', async (number, accepted, daysAgo, why) => {
    const { context, stdout, stderr } = await invited(['quit'], { number, accepted, daysAgo });
    await nextTasks(context, { campaign: null, anyway: false });
    expect(stdout()).toContain(why ? 'Claire2' : 'Claire1');
    if (why)
      expect(stderr().replace(/\s+/g, ' ')).toContain(
        `${accepted} of ${number} sent 7 to 60 days ago were accepted (25 %, ${why})`,
      );
    else expect(stderr().replace(/\s+/g, ' ')).not.toContain('paused');
  });

  it('goes on all the same when the person says so', async () => {
    const { context, stdout } = await invited(['quit'], { number: 20, daysAgo: 8 });
    await nextTasks(context, { campaign: null, anyway: true });
    expect(stdout()).toContain('Claire1');
  });

  it.each([
    ['', 'Invitations: 0 of 20 in seven days, 0 of 4 today'],
    ['linkedin:\n  invitations: { day: 0 }\n', 'Invitations: 0 of 20 in seven days, 0 of 0 today. No more'],
  ])('says nothing of caps where only rehearsals wait: %j', async (settings, live) => {
    const { context, folder, stderr, connection } = await waiting(['quit', 'quit'], {
      campaign: { mode: 'rehearsal' },
    });
    writeFileSync(join(folder, 'hector.yaml'), settings);
    connection.exec("update message set mode = 'rehearsal'");
    await nextTasks(context, { campaign: null, anyway: false });
    expect(stderr()).toContain('PME Ouest: 1 invitation, rehearsal: no caps');
    expect(stderr()).not.toContain('Invitations:');
    connection.exec("update campaign set mode = 'live'; update message set mode = 'live'");
    await nextTasks(context, { campaign: null, anyway: false });
    expect(stderr().replace(/\s+/g, ' ')).toContain(live);
  });

  it('offers those of rehearsals whatever the ledger says', async () => {
    const { context, stdout, connection } = await invited(['quit'], { number: 20, daysAgo: 8 });
    connection.exec("update message set mode = 'rehearsal' where id = 1");
    await nextTasks(context, { campaign: null, anyway: false });
    expect(stdout()).toContain('Claire1');
  });
});
