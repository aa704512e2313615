import { describe, expect, it } from 'vitest';
import { aCampaign, aMessage, anEnrolment, anEvent, aProspect, DAY, NOW } from '../builders.ts';
import { connections, invitations, linkedinWorkspace, ME, messages } from './workspace.ts';

describe("LinkedIn's own samples", () => {
  /** Six invitations on 5 November: Claire and Loïc were connected later, Anaïs two days before. */
  async function sample() {
    const workspace = await linkedinWorkspace();
    const people = {
      claire: workspace.invited({ linkedin: 'claire-durand-000' }),
      loic: workspace.invited({ first_name: 'Loïc', last_name: 'Nguyen', linkedin: 'loic-nguyen-005' }),
      helene: workspace.invited(
        { first_name: 'Hélène', last_name: 'Œuvrard', linkedin: null, company: 'Menuiserie Petit Jean SARL' },
        { state: 'awaiting_operator' },
      ),
      anais: workspace.invited({ first_name: 'Anaïs', linkedin: 'maelle-vasseur-025' }),
      nobody: workspace.invited({ first_name: 'Nina', linkedin: 'nina-new', company: 'Ailleurs' }),
    };
    const files = [workspace.fixture('linkedin-messages.csv'), workspace.fixture('linkedin-Connections.csv')];
    return { ...workspace, people, files };
  }

  it('are counted to the last row, whatever their order', async () => {
    const { files, import: take } = await sample();
    const summary = await take(files);
    expect(summary.own_profile).toBe('hector-martin-ads');
    expect(summary.files.map(({ kind, rows }) => `${kind} ${rows}`)).toEqual([
      'connections 12',
      'messages 6',
    ]);
    // Hélène's name and firm stand twice in the file: 010 and 040.
    expect(summary.counts).toEqual({ accepted: 2, connected: 1, ambiguous: 2, unmatched: 7 + 2, replied: 1 });
    expect(summary.found.filter(({ what }) => what === 'ambiguous')[0]?.detail).toBe(
      'several connections of this name and firm',
    );
  });

  it('record what was accepted at the day it tells, and stop who has answered', async () => {
    const { files, import: take, people, rows } = await sample();
    await take(files);
    expect(rows("select prospect_id, message_id, at from event where type = 'accepted' order by id")).toEqual(
      [
        {
          prospect_id: people.claire.prospectId,
          message_id: people.claire.messageId,
          at: Date.UTC(2026, 10, 7, 11),
        },
        {
          prospect_id: people.loic.prospectId,
          message_id: people.loic.messageId,
          at: Date.UTC(2026, 10, 8, 11),
        },
      ],
    );
    expect(rows("select prospect_id from event where type = 'connected'")).toEqual([
      { prospect_id: people.anais.prospectId },
    ]);
    const loic = `select status, reason from enrolment where id = ${people.loic.enrolmentId}`;
    expect(rows(loic)).toEqual([{ status: 'replied', reason: 'replied' }]);
    expect(rows(`select next_at from enrolment where id = ${people.claire.enrolmentId}`)).toEqual([
      { next_at: NOW },
    ]);
  });

  it('change nothing the second time, and nothing at all when only looked at', async () => {
    const { files, import: take, dump } = await sample();
    const before = dump();
    const looked = await take(files, { dryRun: true });
    expect(dump()).toEqual(before);
    const done = await take(files);
    expect(looked.counts).toEqual(done.counts);
    const after = dump();
    const again = await take(files);
    expect(dump()).toEqual(after);
    expect(again.counts).toEqual({ connected_known: 3, reply_known: 1, ambiguous: 2, unmatched: 9 });
  });
});

describe('a connection', () => {
  const row = (slug: string, on: string, name = 'Claire,Durand', company = 'Ateliers') =>
    connections(`${name},${slug && `https://www.linkedin.com/in/${slug}/`},,${company},Gérante,${on}`);

  it.each([
    ['the day before the invitation', '19 Nov 2026', 'connected', '2026-11-19T11:00:00.000Z'],
    ['the same day, never before the invitation', '20 Nov 2026', 'accepted', '2026-11-20T15:30:00.000Z'],
    ['a later day, never later than now', '11/24/26', 'accepted', '2026-11-23T09:00:00.000Z'],
  ])('of %s', async (_, on, what, at) => {
    const { invited, file, import: take } = await linkedinWorkspace();
    invited({ linkedin: 'claire' }, { state: 'sent', at: Date.UTC(2026, 10, 20, 15, 30) });
    const { found } = await take([file('c.csv', row('claire', on))]);
    expect(found).toMatchObject([{ what, at }]);
  });

  it('of the evening is of our day, although it is the next one in UTC', async () => {
    const { invited, file, import: take } = await linkedinWorkspace();
    // 22 November, 00:30 in Paris; LinkedIn counts the day before.
    invited({ linkedin: 'claire' }, { state: 'sent', at: Date.UTC(2026, 10, 21, 23, 30) });
    expect((await take([file('c.csv', row('claire', '2026-11-21'))])).counts).toEqual({ accepted: 1 });
  });

  it('of a rehearsed invitation was there before, for both', async () => {
    const { invited, file, import: take, rows } = await linkedinWorkspace();
    invited({ linkedin: 'claire' }, { state: 'sent' }, { mode: 'rehearsal' });
    expect((await take([file('c.csv', row('claire', '20 Nov 2026'))])).counts).toEqual({ connected: 1 });
    expect(rows('select type, campaign_id, enrolment_id from event')).toEqual([
      { type: 'connected', campaign_id: null, enrolment_id: null },
    ]);
  });

  it('closes the open invitation, and the next tick goes on as after an acceptance', async () => {
    const { invited, file, import: take, rows, tick } = await linkedinWorkspace();
    const { enrolmentId } = invited({ linkedin: 'claire' }, { state: 'awaiting_operator' });
    expect(await take([file('c.csv', row('claire', '05 Oct 2023'))])).toMatchObject({
      invitations_closed: 1,
    });
    expect(rows('select state, error from message')).toEqual([
      { state: 'skipped', error: 'already_connected' },
    ]);
    await tick();
    expect(rows(`select step, hold from enrolment where id = ${enrolmentId}`)).toEqual([
      { step: 'message', hold: 'operator' },
    ]);
  });

  it('lets the step be passed over whose turn has not come', async () => {
    const { connection, file, import: take, rows, tick } = await linkedinWorkspace();
    const steps = [
      { id: 'email-1' },
      { id: 'invitation', channel: 'linkedin' as const, kind: 'invitation' as const, wait: '3d' },
      { id: 'email-2', kind: 'follow_up' as const, wait: '6d' },
    ].map((step) => ({ ...STEP, ...step }));
    const campaignId = aCampaign(connection, { scenario: { steps }, mode: 'rehearsal' });
    const prospectId = aProspect(connection, { linkedin: 'claire' });
    const later = { step: 'invitation', nextAt: NOW + 2 * DAY, hold: 'not_yet_due', anchorAt: NOW - DAY };
    const enrolmentId = anEnrolment(connection, { campaignId, prospectId, ...later });
    aMessage(connection, { enrolmentId, state: 'sent', sentAt: NOW - DAY });
    await take([file('c.csv', row('claire', '05 Oct 2023'))]);
    await tick();
    expect(rows('select step, anchor_at, hold from enrolment')).toEqual([
      { step: 'email-2', anchor_at: NOW - DAY, hold: 'not_yet_due' },
    ]);
    expect(rows("select data ->> '$.reason' as reason from event where type = 'skipped'")).toEqual([
      { reason: 'already_connected' },
    ]);
  });

  it.each([
    ['known by name and firm gets the profile', [{ linkedin: null }], 1, 'connected'],
    ['of a name that two people have is nobody', [{ linkedin: null }, { linkedin: null }], 0, 'ambiguous'],
    ['of somebody with another profile is nobody', [{ linkedin: 'claire-2' }], 0, 'ambiguous'],
    ['of another firm is nobody', [{ linkedin: null, company: 'Autre' }], 0, 'unmatched'],
  ])('%s', async (_, people, filled, what) => {
    const { connection, file, import: take, rows } = await linkedinWorkspace();
    for (const person of people) aProspect(connection, { company: 'ATELIERS SAS', ...person });
    const summary = await take([file('c.csv', row('Claire-D%C3%A9', '05 Oct 2023', 'CLAIRE,durand'))]);
    expect(summary).toMatchObject({ profiles_filled: filled, counts: { [what]: 1 } });
    if (filled) expect(rows('select linkedin from prospect')).toEqual([{ linkedin: 'claire-dé' }]);
  });

  it('gives a profile by which an answer is found', async () => {
    const { invited, file, import: take } = await linkedinWorkspace();
    invited({ linkedin: null, company: 'Ateliers' });
    const answers = messages({ from: 'claire', text: 'Oui' }, { from: 'zoe', text: 'Bonjour' });
    const files = [file('m.csv', answers), file('c.csv', row('claire', '20 Nov 2026'))];
    expect((await take(files)).counts).toMatchObject({ replied: 1, unmatched: 1 });
  });
});

const STEP = {
  ...{ wait: '0d', channel: 'email' as const, kind: 'email' as const, objective: 'x', prompt: 'y' },
  ...{ template: 'default/email', fallback: [], also: [], expires: '5d', variants: [] },
};

describe('an answer', () => {
  const CLAIRE = { linkedin: 'claire', email: 'claire@durand.example', mobile: null };
  const OTHERS = { from: 'zoe', text: 'Bonjour' };

  it('cancels what was to go out, stops colleagues, and is recorded with its words and its hour', async () => {
    const { invited, connection, file, import: take, rows } = await linkedinWorkspace();
    const { enrolmentId, messageId } = invited(CLAIRE);
    aMessage(connection, { enrolmentId, step: 'email-1', state: 'ready' });
    invited({ linkedin: 'paul', email: 'paul@durand.example' });
    const summary = await take([
      file('m.csv', messages({ from: 'claire', text: 'Oui,\n"jeudi" ?' }, OTHERS)),
    ]);
    expect(summary).toMatchObject({ stopped: { enrolments: 1, messages: 1 }, colleagues: { people: 1 } });
    expect(
      rows("select message_id, channel, at, data ->> '$.text' as text from event where type = 'replied'"),
    ).toEqual([
      { message_id: messageId, channel: 'linkedin', at: Date.UTC(2026, 10, 20, 10), text: 'Oui,\n"jeudi" ?' },
    ]);
  });

  it('that refuses blacklists, and our own words below it do not', async () => {
    const { invited, file, import: take, rows } = await linkedinWorkspace();
    invited(CLAIRE);
    invited({ linkedin: 'paul', email: 'paul@roy.example' });
    const said = [
      { from: 'claire', text: 'Merci de ne plus me contacter' },
      { from: 'paul', text: 'Volontiers.\n\nLe 20 nov. Hector a écrit :\n> Pour ne plus recevoir' },
    ];
    const summary = await take([file('m.csv', messages(...said, OTHERS))]);
    expect(summary).toMatchObject({ counts: { opted_out: 1, replied: 1 }, blacklisted: 2 });
    expect(rows('select kind, value from suppression order by kind')).toEqual([
      { kind: 'email', value: 'claire@durand.example' },
      { kind: 'linkedin', value: 'claire' },
    ]);
  });

  it.each([
    ['a machine', { from: 'claire', text: 'Réponse automatique : je suis absente.' }, { absence: 1 }],
    ['a group', { from: 'claire', to: 'hector-martin-ads+paul', text: 'Bonjour à tous' }, { group: 1 }],
    ['before we knew them', { from: 'claire', text: 'Oui', at: '2026-11-01 10:00:00 UTC' }, { before: 1 }],
    ['a draft', { from: 'claire', text: 'Oui', draft: 'Yes' }, {}],
    ['the spam folder', { from: 'claire', text: 'Oui', folder: 'SPAM' }, {}],
    ['an advertisement', { from: '', text: 'Achetez' }, {}],
    ['a stranger', { from: 'nina', text: 'Bonjour' }, { unmatched: 1 }],
  ])('does not come from %s', async (_, said, counts) => {
    const { invited, file, import: take, dump } = await linkedinWorkspace();
    invited(CLAIRE);
    const before = dump();
    const ours = { from: 'hector-martin-ads', to: 'zoe', text: 'Bonjour' };
    const summary = await take([file('m.csv', messages(said, ours, { ...ours, to: 'lea' }))]);
    expect(summary.counts).toEqual({ ...counts });
    expect(dump()).toEqual(before);
  });

  it('counts although a later touch has gone out since, each message once', async () => {
    const { invited, connection, file, import: take, rows } = await linkedinWorkspace();
    const { enrolmentId } = invited(CLAIRE);
    aMessage(connection, { enrolmentId, step: 'email-1', state: 'sent', sentAt: NOW - DAY });
    const said = { from: 'claire', text: 'Oui' };
    const two = messages(said, { ...said, at: '2026-11-20 10:00:01 UTC' }, said, OTHERS).replaceAll(
      '"2-2"',
      '"2-0"',
    );
    expect((await take([file('m.csv', two)])).counts).toMatchObject({ replied: 2, reply_known: 1 });
    expect(rows("select count(*) as n from event where type = 'replied'")).toEqual([{ n: 2 }]);
  });

  it('that was added by hand is known', async () => {
    const { invited, connection, file, import: take } = await linkedinWorkspace();
    const { enrolmentId } = invited(CLAIRE);
    anEvent(connection, { type: 'replied', enrolmentId, data: { text: 'Oui — jeudi !' } });
    const said = messages({ from: 'claire', text: 'Oui, jeudi.' }, OTHERS);
    expect((await take([file('m.csv', said)])).counts).toMatchObject({ reply_known: 1 });
  });

  it('waits for --me where the messages are all of one conversation', async () => {
    const { invited, file, import: take, dump } = await linkedinWorkspace();
    invited(CLAIRE);
    const before = dump();
    const one = file('m.csv', messages({ from: 'claire', text: 'Oui' }));
    await expect(take([one])).rejects.toThrow(
      'the messages do not tell which profile is yours: claire or hector-martin-ads',
    );
    await expect(take([one], { me: 'paul-roy' })).rejects.toThrow('paul-roy has no part in these messages');
    expect(dump()).toEqual(before);
    expect((await take([one], { me: ME })).counts).toEqual({ replied: 1 });
  });

  it('is told apart by who sent the invitations of the same export', async () => {
    const { invited, file, import: take } = await linkedinWorkspace();
    invited(CLAIRE);
    const sent = file('i.csv', invitations(`Hector,Zoé,"11/2/26, 2:37 PM",,OUTGOING,${ME},`));
    const one = file('m.csv', messages({ from: 'claire', text: 'Oui' }));
    expect((await take([one, sent])).counts).toMatchObject({ replied: 1 });
  });
});

describe('an open task', () => {
  const sentAt = (at: string) =>
    invitations(
      `Hector,Claire,"${at}",,OUTGOING,${ME},https://www.linkedin.com/in/claire`,
      `Zoé,Hector,"11/3/26, 9:00 AM",,INCOMING,https://www.linkedin.com/in/zoe,${ME}`,
    );

  it('that the file shows as sent is listed, and recorded at its hour only when that is confirmed', async () => {
    const { invited, file, import: take, rows, dump, connection } = await linkedinWorkspace();
    const { messageId } = invited({ linkedin: 'claire' }, { state: 'awaiting_operator' });
    aProspect(connection, { linkedin: 'zoe' });
    const files = [file('i.csv', sentAt('11/20/26, 2:37 PM'))];
    const before = dump();
    const listed = await take(files);
    expect(listed.counts).toEqual({ looks_sent: 1, invited_us: 1 });
    expect(listed.found[0]).toMatchObject({ detail: `task ${messageId}`, at: '2026-11-20T13:37:00.000Z' });
    expect(dump()).toEqual(before);
    expect((await take(files, { confirmSent: true })).counts).toEqual({ sent: 1, invited_us: 1 });
    const at = Date.UTC(2026, 10, 20, 13, 37);
    expect(rows('select state, sent_at from message')).toEqual([{ state: 'sent', sent_at: at }]);
    expect(rows('select step, anchor_at, step_at from enrolment')).toEqual([
      { step: 'message', anchor_at: at, step_at: NOW },
    ]);
    expect((await take(files, { confirmSent: true })).counts).toEqual({ invited_us: 1 });
  });

  it('does not pull the next wait back before the touch that came before', async () => {
    const { invited, file, import: take, rows } = await linkedinWorkspace();
    invited({ linkedin: 'claire' }, { state: 'awaiting_operator' });
    await take([file('i.csv', sentAt('1/29/26, 2:37 PM'))], { confirmSent: true });
    expect(rows('select anchor_at from enrolment')).toEqual([{ anchor_at: NOW - 20 * DAY }]);
    expect(rows('select sent_at from message')).toEqual([{ sent_at: Date.UTC(2026, 0, 29, 13, 37) }]);
  });

  it('whose invitation was accepted meanwhile is left to be confirmed, and then counts as accepted', async () => {
    const { invited, file, import: take, rows } = await linkedinWorkspace();
    invited({ linkedin: 'claire' }, { state: 'awaiting_operator' });
    const connected = connections('Claire,Durand,https://www.linkedin.com/in/claire,,X,Y,21 Nov 2026');
    const files = [file('c.csv', connected), file('i.csv', sentAt('11/20/26, 2:37 PM'))];
    expect((await take(files)).counts).toMatchObject({ looks_sent: 1 });
    expect(rows('select type from event')).toEqual([]);
    expect((await take(files, { confirmSent: true })).counts).toMatchObject({ sent: 1, accepted: 1 });
  });

  it.each([
    ['word for word', 'Bonjour – ravi de vous lire !', '2026-11-20 10:00:00 UTC', { looks_sent: 1 }],
    ['in other words', 'Bonjour', '2026-11-20 10:00:00 UTC', {}],
    ['before the task was there', 'Bonjour, ravi de vous lire.', '2026-10-01 10:00:00 UTC', {}],
  ])('is found by its text: %s', async (_, text, at, counts) => {
    const { invited, file, import: take } = await linkedinWorkspace();
    invited({ linkedin: 'claire' }, { state: 'awaiting_operator' });
    const ours = { from: 'hector-martin-ads', to: 'claire', text, at };
    const summary = await take([file('m.csv', messages(ours, { ...ours, to: 'zoe' }))]);
    expect(summary.counts).toEqual(counts);
  });

  it('of a rehearsal was never sent', async () => {
    const { invited, file, import: take } = await linkedinWorkspace();
    invited({ linkedin: 'claire' }, { state: 'awaiting_operator' }, { mode: 'rehearsal' });
    expect((await take([file('i.csv', sentAt('11/20/26, 2:37 PM'))], { confirmSent: true })).counts).toEqual({
      unmatched: 1,
    });
  });
});
