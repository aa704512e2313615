import { describe, expect, it } from 'vitest';
import { campaignCapsText, parseCampaignCaps } from '../../src/engine/limits/campaign-caps.ts';
import { isMailbox, mailboxOf, parseSender } from '../../src/engine/texts/mailbox.ts';

describe('the caps of a campaign, as typed', () => {
  it.each([
    ['email=40 invitation=10', { email: 40, invitation: 10 }],
    ['invitation: 10, EMAIL = 40', { email: 40, invitation: 10 }],
    ['linkedin=0;sms=1000000', { sms: 1_000_000, linkedin: 0 }],
    ['email=40 sms=off', { email: 40 }],
    ['off', {}],
    ['', {}],
    ['  ', {}],
  ])('%j is %j', (text, caps) => {
    expect(parseCampaignCaps(text)).toEqual({ ok: true, value: caps });
  });

  it.each([
    ['40', 'nothing that has a cap'],
    ['emial=40', 'did you mean "email"'],
    ['email', 'no cap'],
    ['email=', 'no cap'],
    ['email=-1', 'no cap'],
    ['email=4.5', 'no cap'],
    ['email=1000001', 'no cap'],
    ['email=4=5', 'no cap'],
    ['email=4 email=5', 'twice'],
    ['email=4 email=off', 'twice'],
    ['constructor=4', 'nothing that has a cap'],
    ['off email=4', 'nothing that has a cap'],
  ])('%j is refused: %s', (text, why) => {
    expect(parseCampaignCaps(text)).toMatchObject({ ok: false, problem: expect.stringContaining(why) });
  });

  it('are written as they are read, in one order', () => {
    expect(campaignCapsText({ linkedin: 3, email: 40 })).toBe('email=40 linkedin=3');
    expect(campaignCapsText({})).toBe('');
  });
});

describe('the sender of a campaign, as typed', () => {
  it.each([
    ['Claire Martin <claire@nexalis.example>', { name: 'Claire Martin', email: 'claire@nexalis.example' }],
    [
      "  Zoé   d'Août  < zoe@nexalis.example > ".replace('< ', '<').replace(' >', '>'),
      { name: "Zoé d'Août", email: 'zoe@nexalis.example' },
    ],
    ['', null],
    [' ', null],
  ])('%j is %j', (text, sender) => {
    expect(parseSender(text)).toEqual({ ok: true, value: sender });
  });

  it.each([
    'claire@nexalis.example',
    '<claire@nexalis.example>',
    'Claire Martin',
    'Claire <claire>',
    'Martin, Claire <claire@nexalis.example>',
    'Claire <claire@nexalis.example>, Paul <paul@nexalis.example>',
    'Claire <a@b.example> <claire@nexalis.example>',
    'Claire\u0007 <claire@nexalis.example>',
    `${'C'.repeat(81)} <claire@nexalis.example>`,
  ])('%j is refused', (text) => {
    expect(parseSender(text)).toMatchObject({ ok: false, problem: expect.stringContaining('allowed') });
  });

  it('gives an address that mails can go out from', () => {
    expect(isMailbox(mailboxOf({ name: 'Claire Martin', email: 'claire@nexalis.example' }))).toBe(true);
  });
});
