import { describe, expect, test } from 'vitest';
import { EVERYBODY, type PeopleFilter } from '../../src/engine/ports/people.ts';
import { parseWhere } from '../../src/engine/where.ts';

describe('--where', () => {
  test.each<[string, Partial<PeopleFilter>]>([
    ['status=active', { status: 'active' }],
    ['campaign="PME Ouest" status=active', { campaign: 'PME Ouest', status: 'active' }],
    ["campaign='L\"Est',step=email-1", { campaign: 'L"Est', step: 'email-1' }],
    ['channel=linkedin , replied stuck', { channel: 'linkedin', replied: true, stuck: true }],
    ['replied=no', { replied: false }],
    ['replied=oui', { replied: true }],
    [
      'company=durand q=claire source=salon tag=vip',
      { company: 'durand', text: 'claire', source: 'salon', tag: 'vip' },
    ],
    ['import=3', { importId: 3 }],
    ['has=email has=linkedin lacks=sms', { has: ['email', 'linkedin'], lacks: ['mobile'] }],
    ['STATUS=Active', { status: 'active' }],
    ['company="a=b, c"', { company: 'a=b, c' }],
    ['company=a=b', { company: 'a=b' }],
  ])('reads %s', (text, filter) => {
    expect(parseWhere(text)).toEqual({ ok: true, filter: { ...EVERYBODY, ...filter } });
  });

  test.each([
    ['', "empty; for example 'status=active company="],
    ['   ', "empty; for example 'status=active company="],
    ['campain=x', 'no filter "campain", did you mean "campaign"?'],
    ['durand', 'no filter "durand" (campaign, status,'],
    ['status=activ', 'did you mean "active"?'],
    ['status', 'status= is none of active, paused'],
    ['channel=mail', 'channel=mail is none of linkedin, email, sms, did you mean "email"?'],
    ['status=active status=paused', 'status is given twice'],
    ['status=active STATUS=paused', 'status is given twice'],
    ['company=', 'company needs a value'],
    ['company="durand', 'cannot be read from "company="durand" on'],
    ['status=active"x"', 'cannot be read'],
    ['replied=maybe', 'neither yes nor no'],
    ['stuck=no', 'stuck takes no "no"'],
    ['import=0', 'number of an import'],
    ['has=mail', 'no fact "mail", did you mean "email"?'],
    ['__proto__=1', 'no filter "__proto__"'],
    ['status=active,paused', 'no filter "paused"'],
  ])('refuses %s', (text, problem) => {
    const where = parseWhere(text);
    expect(where).toMatchObject({ ok: false, problem: expect.stringContaining(problem) });
  });
});
