import { describe, expect, it } from 'vitest';
import { judgeConnection } from '../../src/engine/linkedin/connection.ts';
import { connectedOn, invitedAt, messageAt } from '../../src/engine/linkedin/dates.ts';
import { Participants } from '../../src/engine/linkedin/own-profile.ts';
import { NOW } from '../builders.ts';
import { calendar } from '../engine/snapshot.ts';

describe('dates as LinkedIn writes them', () => {
  it.each([
    ['05 Nov 2023', '2023-11-05'],
    ['5 November 2023', '2023-11-05'],
    ['2023-11-05', '2023-11-05'],
    ['11/5/23', '2023-11-05'],
    ['02/29/2024', '2024-02-29'],
    ['29 Feb 2023', null],
    ['25/12/23', null],
    ['05 Brumaire 2023', null],
    ['', null],
  ])('%j is the day %s', (text, date) => expect(connectedOn(text)).toBe(date));

  it.each([
    ['2026-08-01 02:00:00 UTC', Date.UTC(2026, 7, 1, 2)],
    ['2026-08-01T02:00:00Z', Date.UTC(2026, 7, 1, 2)],
    ['2026-02-30 02:00:00 UTC', null],
    ['2026-08-01 25:00:00 UTC', null],
    ['01/08/2026', null],
  ])('%j is the instant %s', (text, at) => expect(messageAt(text)).toBe(at));

  it.each([
    ['1/29/26, 2:37 PM', Date.UTC(2026, 0, 29, 13, 37)],
    ['7/29/26, 12:05\u202fAM', Date.UTC(2026, 6, 28, 22, 5)],
    ['7/29/26, 12:05 PM', Date.UTC(2026, 6, 29, 10, 5)],
    // Half past two does not exist that night.
    ['3/29/26, 2:30 AM', Date.UTC(2026, 2, 29, 1, 30)],
    ['29/1/26, 2:37 PM', null],
    ['1/29/26, 13:37 PM', null],
    ['yesterday', null],
  ])('%j in Paris is %s', (text, at) => expect(invitedAt(text, 'Europe/Paris')).toBe(at));
});

it('a connection that is known, and one of a date that is none, do no harm', () => {
  const zone = { calendar, zone: 'Europe/Paris', now: NOW };
  expect(judgeConnection('2026-11-05', { invitedAt: [1], known: true }, zone)).toEqual({ do: 'nothing' });
  expect(judgeConnection('2026-02-31', { invitedAt: [], known: false }, zone)).toEqual({
    do: 'connected',
    at: NOW,
  });
});

it('of two invitations the last one before the connection was accepted', () => {
  const [first, second, third] = [
    Date.UTC(2026, 8, 1, 9),
    Date.UTC(2026, 9, 1, 9),
    Date.UTC(2026, 10, 10, 9),
  ];
  const facts = { invitedAt: [first, second, third], known: false };
  const verdict = judgeConnection('2026-11-05', facts, { calendar, zone: 'Europe/Paris', now: NOW });
  expect(verdict).toMatchObject({ do: 'accepted', invitedAt: second });
});

describe('whose messages they are', () => {
  const said = (...pairs: [sender: string, ...recipients: string[]][]) => {
    const participants = new Participants();
    for (const [sender, ...recipients] of pairs) participants.add({ sender, recipients });
    return participants.own();
  };

  it('is whoever has a part in most of them, also beside groups', () => {
    expect(said(['a', 'me'], ['me', 'a'], ['b', 'me'], ['c', 'me', 'a', 'b'])).toEqual({ found: 'me' });
  });

  it('is not told by one conversation, nor by nobody', () => {
    expect(said(['a', 'me'], ['me', 'a'])).toEqual({ found: null, candidates: ['a', 'me'] });
    expect(said()).toEqual({ found: null, candidates: [] });
  });

  it('is not told where nobody has a part in half of them', () => {
    expect(said(['a', 'b'], ['a', 'c'], ['d', 'e'], ['f', 'g'])).toMatchObject({ found: null });
  });
});
