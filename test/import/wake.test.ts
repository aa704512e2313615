import { describe, expect, it } from 'vitest';
import {
  aCampaign,
  aMessage,
  anEnrolment,
  aProspect,
  DAY,
  type EnrolmentOverrides,
  type MessageOverrides,
  NOW,
} from '../builders.ts';
import { enrolmentNow } from '../people/rows.ts';
import { importWorkspace } from './lists.ts';

const SMS: MessageOverrides = {
  ...{ channel: 'sms', source: 'operator' },
  envelope: { channel: 'sms', to: '+33611111111' },
};
const PROFILE: MessageOverrides = {
  channel: 'linkedin',
  envelope: { channel: 'linkedin', profile: 'claire-durand' },
};

const LATER = NOW + 5 * DAY;

/** Claire waits for a date in a campaign, and a list about her comes in. */
async function waiting(enrolment: EnrolmentOverrides = {}) {
  const workspace = importWorkspace();
  const connection = await workspace.connection();
  const prospectId = aProspect(connection, { email: 'claire@ads.example', zip: '75001' });
  const id = anEnrolment(connection, {
    prospectId,
    campaignId: aCampaign(connection),
    nextAt: LATER,
    hold: 'not_yet_due',
    ...enrolment,
  });
  return {
    ...workspace,
    enrolmentId: id,
    list: (header: string, cells: string) =>
      workspace.import(workspace.file('list.csv', `E-mail;${header}\nclaire@ads.example;${cells}\n`), {
        update: true,
      }),
    nextAt: () => enrolmentNow(connection, id)?.next_at,
    hold: () => enrolmentNow(connection, id)?.hold,
  };
}

describe('a changed fact', () => {
  it.each([
    ['Fuseau horaire', 'Indian/Reunion', 'timezone'],
    ['Code postal', '97400', 'zip'],
    ['Pays', 'BE', 'country'],
    ['Portable', '06 12 34 56 78', 'mobile'],
    ['Consentement', 'salon 2026', 'consent'],
  ])('%s wakes who waits for a date, so that it is planned anew', async (header, cell, column) => {
    const { list, nextAt, people } = await waiting();
    expect(await list(header, cell)).toMatchObject({ updated: 1 });
    expect(await people(column)).not.toEqual([{ [column]: null }]);
    expect(nextAt()).toBe(NOW);
  });

  it.each([
    ['that does not matter for dates', 'Fonction', 'Gérante', {}],
    ['that is known already', 'Code postal', '75001', {}],
    ['of who waits for a provider', 'Code postal', '97400', { hold: 'provider_retry' }],
    ['of who is at the cap', 'Code postal', '97400', { hold: 'daily_cap' }],
    ['of who is held for a blank', 'Code postal', '97400', { hold: 'missing_variable' }],
    ['of who is paused', 'Code postal', '97400', { status: 'paused' }],
  ] as const)('%s wakes nobody', async (_, header, cell, enrolment) => {
    const { list, nextAt } = await waiting(enrolment);
    await list(header, cell);
    expect(nextAt()).toBe(LATER);
  });

  it.each<[string, MessageOverrides, string, string, boolean]>([
    ['an approved text, with other hours', {}, 'Code postal', '97400', true],
    ['an approved text, with consent', {}, 'Consentement', 'salon 2026', true],
    ['an approved text, with a mobile that it does not go to', {}, 'Portable', '06 12 34 56 78', true],
    ['a text by a person, with other hours', { source: 'operator' }, 'Code postal', '97400', true],
    ['a text by a person, to another mobile', SMS, 'Portable', '06 12 34 56 78', false],
    ['a text to another profile', PROFILE, 'LinkedIn', 'linkedin.com/in/claire-d', false],
    ['what may have left', { ...SMS, idempotencyKey: 'k' }, 'Portable', '06 12 34 56 78', true],
  ])('%s: it is kept or written anew', async (_, message, header, cell, kept) => {
    const { list, connection, enrolmentId } = await waiting({ nextAt: NOW, hold: null });
    const envelope = { channel: 'email', to: 'Claire Durand <Claire@ads.example>' };
    aMessage(await connection(), { enrolmentId, envelope, ...message });
    expect(await list(header, cell)).toMatchObject({ updated: 1, texts_anew: kept ? 0 : 1 });
    expect((await connection()).prepare('select state from message').all()).toHaveLength(kept ? 1 : 0);
  });

  it('leaves a person alone whose turn is another’s', async () => {
    const { list, nextAt } = await waiting({ nextAt: null, hold: 'operator' });
    await list('Code postal', '97400');
    expect(nextAt()).toBeNull();
  });

  it('wakes again when the import is taken back, and not in a rehearsal of it', async () => {
    const { connection, undo, file, nextAt, ...workspace } = await waiting();
    const list = file('list.csv', 'E-mail;Code postal\nclaire@ads.example;97400\n');
    await workspace.import(list, { update: true, dryRun: true });
    expect(nextAt()).toBe(LATER);
    const { import_id } = await workspace.import(list, { update: true });
    (await connection()).prepare('update enrolment set next_at = ?').run(LATER);
    expect(await undo(import_id ?? 0)).toMatchObject({ restored: 1 });
    expect(nextAt()).toBe(NOW);
  });
});
