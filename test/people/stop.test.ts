import { describe, expect, test } from 'vitest';
import { write } from '../../src/db/connection.ts';
import { stopEnrolments, stopSomeEnrolments } from '../../src/db/stop.ts';
import { MESSAGE_STATES } from '../../src/engine/model.ts';
import { aCampaign, aMessage, anEnrolment, aProspect, NOW, testDatabase } from '../builders.ts';
import { enrolmentNow, messageNow, typesOf } from './rows.ts';

const stop = { status: 'stopped', reason: 'bounced', now: NOW + 5 } as const;

describe('stopping people', () => {
  test('ends every open enrolment of theirs in all campaigns, and nobody else’s', () => {
    const connection = testDatabase();
    const prospectId = aProspect(connection);
    const active = anEnrolment(connection, { prospectId, hold: 'not_yet_due' });
    const paused = anEnrolment(connection, { prospectId, status: 'paused' });
    const done = anEnrolment(connection, { prospectId, status: 'completed' });
    const other = anEnrolment(connection);
    const counts = write(connection, () =>
      stopEnrolments(connection, { ...stop, prospectIds: [prospectId] }),
    );
    const ended = {
      status: 'stopped',
      reason: 'bounced',
      step: null,
      next_at: null,
      hold: null,
      ended_at: NOW + 5,
    };
    expect(counts).toEqual({ people: 1, enrolments: 2, messages: 0 });
    expect(enrolmentNow(connection, active)).toEqual(ended);
    expect(enrolmentNow(connection, paused)).toEqual(ended);
    expect(enrolmentNow(connection, done)?.status).toBe('completed');
    expect(enrolmentNow(connection, other)?.status).toBe('active');
    expect(typesOf(connection, prospectId)).toEqual(['stopped', 'stopped']);
  });

  test.each([...MESSAGE_STATES])('does the right thing with a message that is %s', (state) => {
    const connection = testDatabase();
    const prospectId = aProspect(connection);
    const id = aMessage(connection, { enrolmentId: anEnrolment(connection, { prospectId }), state });
    stopEnrolments(connection, { ...stop, prospectIds: [prospectId] });
    const open = ['draft', 'awaiting_approval', 'ready', 'awaiting_operator'].includes(state);
    expect(messageNow(connection, id)).toBe(open ? 'cancelled: bounced' : state);
  });

  test('cancels an open message even when its enrolment has ended', () => {
    const connection = testDatabase();
    const prospectId = aProspect(connection);
    const enrolmentId = anEnrolment(connection, { prospectId, status: 'completed' });
    const id = aMessage(connection, { enrolmentId, state: 'awaiting_operator' });
    const counts = stopEnrolments(connection, { ...stop, prospectIds: [prospectId] });
    expect(counts).toEqual({ people: 1, enrolments: 0, messages: 1 });
    expect(messageNow(connection, id)).toBe('cancelled: bounced');
  });

  test('can stop one enrolment and let the person go on elsewhere', () => {
    const connection = testDatabase();
    const prospectId = aProspect(connection);
    const here = anEnrolment(connection, { prospectId });
    const there = anEnrolment(connection, { prospectId, campaignId: aCampaign(connection) });
    const messageThere = aMessage(connection, { enrolmentId: there });
    stopSomeEnrolments(connection, { ...stop, enrolmentIds: [here] });
    expect(enrolmentNow(connection, here)?.status).toBe('stopped');
    expect(enrolmentNow(connection, there)?.status).toBe('active');
    expect(messageNow(connection, messageThere)).toBe('ready');
  });

  test('is undone as a whole when its cause fails', () => {
    const connection = testDatabase();
    const prospectId = aProspect(connection);
    const id = anEnrolment(connection, { prospectId });
    const failing = () =>
      write(connection, () => {
        stopEnrolments(connection, { ...stop, prospectIds: [prospectId] });
        throw new Error('disk full');
      });
    expect(failing).toThrow('disk full');
    expect(enrolmentNow(connection, id)?.status).toBe('active');
    expect(typesOf(connection, prospectId)).toEqual([]);
  });

  test('probes indexes, so that a million other people do not matter', () => {
    const connection = testDatabase();
    const plans = connection
      .prepare<[string], { detail: string }>(
        `explain query plan update message set state = 'cancelled'
         where prospect_id in (select value from json_each(?)) and state in ('draft', 'ready')`,
      )
      .all('[1]');
    expect(plans.map(({ detail }) => detail).join('\n')).toContain('message_prospect');
  });
});
