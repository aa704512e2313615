import { describe, expect, it } from 'vitest';
import { undoTasks } from '../../src/commands/task/undo.ts';
import { aCampaign, aMessage, anEnrolment, anEvent, aProspect, DAY, NOW } from '../builders.ts';
import { testContext } from '../context.ts';
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

describe('Connections.csv answers whether invitations were accepted', () => {
  const noah = (on: string) => `Noah,Petit,https://www.linkedin.com/in/noah,,X,Y,${on}`;
  const zoe = 'Zoé,Roy,https://www.linkedin.com/in/zoe,,X,Y,10 Nov 2026';
  const until = Date.UTC(2026, 10, 9, 23);

  it('of all that went out before its last day, as if somebody had looked', async () => {
    const { invited, connection, file, import: take, rows } = await linkedinWorkspace();
    invited({ linkedin: 'claire' }, { state: 'sent', at: until - 1 });
    invited({ linkedin: 'paul' }, { state: 'sent', at: until });
    invited({ linkedin: 'lea' }, { state: 'sent', at: until - DAY });
    invited({ linkedin: 'ines' }, { state: 'sent' }, { mode: 'rehearsal' });
    invited({ linkedin: 'noah' }, { state: 'sent', at: until });
    connection.exec(
      `update message set sender = 'linkedin'; update message set asked_at = ${NOW} where id = 3`,
    );
    const files = [file('c.csv', connections(zoe, noah('10 Nov 2026')))];
    await take(files, { dryRun: true });
    expect(rows('select asked_at from message where asked_at is not null')).toEqual([{ asked_at: NOW }]);
    await take(files);
    expect(rows('select asked_at from message order by id')).toEqual([
      { asked_at: until },
      { asked_at: null },
      { asked_at: NOW },
      { asked_at: null },
      { asked_at: null },
    ]);
  });

  it.each<[string, string[], 'live' | 'rehearsal']>([
    ['in which is nobody whom we invited', [zoe], 'live'],
    ['with somebody who was connected before we invited them', [zoe, noah('31 Oct 2026')], 'live'],
    ['with somebody whom only a rehearsal invited', [zoe, noah('6 Nov 2026')], 'rehearsal'],
  ])('but not a file %s: it may be of anybody', async (_, people, mode) => {
    const { invited, connection, file, import: take, rows } = await linkedinWorkspace();
    invited({ linkedin: 'claire' });
    invited({ linkedin: 'noah' }, { state: 'sent' }, { mode });
    connection.exec("update message set sender = 'linkedin'");
    const files = [file('c.csv', connections(...people))];
    await take(files);
    await take(files);
    expect(rows('select asked_at from message where asked_at is not null')).toEqual([]);
  });

  it('the other files answer nothing', async () => {
    const { invited, connection, file, import: take, rows } = await linkedinWorkspace();
    invited({ linkedin: 'claire' });
    connection.exec("update message set sender = 'linkedin'");
    await take([file('i.csv', invitations(`Hector,Zoé,"11/2/26, 2:37 PM",,OUTGOING,${ME},`))]);
    expect(rows('select asked_at from message')).toEqual([{ asked_at: null }]);
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
    ['before we knew them', { from: 'claire', text: 'Oui', at: '2026-11-01 10:00:00 UTC' }, { before: 1 }],
    ['a draft', { from: 'claire', text: 'Oui', draft: 'Yes' }, {}],
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

  const OURS = { from: 'hector-martin-ads', to: 'zoe', text: 'Bonjour' };

  const odd = [
    ['without words, as a voice message is', { from: 'claire', text: '' }, '(without words)'],
    ['in the spam folder', { from: 'claire', text: 'Oui volontiers', folder: 'SPAM' }, 'Oui volontiers'],
    [
      'to several',
      { from: 'claire', to: 'hector-martin-ads+paul', text: 'Oui, appelez-moi' },
      'Oui, appelez-moi',
    ],
  ] as const;

  it('from before any campaign is told by name, date and words, and is to be read before an invitation', async () => {
    const { invited, file, import: take, shown, dump } = await linkedinWorkspace();
    for (const first_name of ['Claire', 'Paul', 'Zoé', 'Léa'])
      invited({ ...CLAIRE, first_name, linkedin: first_name.toLowerCase(), email: null });
    const said = ['Claire', 'Paul', 'Zoé', 'Léa', 'Léa'].map((name, index) => ({
      ...{ from: name.toLowerCase(), text: `Oui, volontiers, mardi ${index} h ?` },
      at: `2026-10-0${index + 1} 10:00:00 UTC`,
    }));
    const files = [file('m.csv', messages(...said, OURS, { ...OURS, to: 'nina' }))];
    const before = dump();
    expect((await take(files)).found).toMatchObject(
      said.map(({ at, text }) => ({
        ...{ what: 'before', person: expect.stringMatching(/ Durand$/) },
        ...{ at: `${at.slice(0, 10)}T10:00:00.000Z`, detail: text },
      })),
    );
    const summary = await shown(files);
    expect(summary.stdout).toBe('');
    expect(summary.stderr).toContain(
      'Before you invite them, read what Léa Durand, Zoé Durand, Paul Durand and 1 more wrote: the same command with --list\n',
    );
    const listed = await shown(files, { list: true });
    expect(listed.stdout).toMatch(
      /^before\t1\tClaire Durand\t2026-10-01\S+\tOui, volontiers, mardi 0 h \?$/m,
    );
    expect(listed.stderr).toContain(
      'Before you invite them, read what Léa Durand, Zoé Durand, Paul Durand and 1 more wrote\n',
    );
    expect(dump()).toEqual(before);
  });

  it.each(odd)('%s, after a touch, stops the person', async (_, said, text) => {
    const { invited, file, import: take, rows } = await linkedinWorkspace();
    invited(CLAIRE);
    const summary = await take([file('m.csv', messages(said, OURS, { ...OURS, to: 'lea' }))]);
    expect(summary.counts).toEqual({ replied: 1 });
    expect(summary.files[0]?.skipped).toEqual({});
    expect(rows('select status from enrolment')).toEqual([{ status: 'replied' }]);
    expect(rows("select data ->> 'text' as text from event where type = 'replied'")).toEqual([{ text }]);
  });

  it.each([
    [odd[0], { skipped: { empty: 1 }, counts: {} }],
    [odd[1], { skipped: { spam: 1 }, counts: {} }],
    [odd[2], { skipped: {}, counts: { group: 1 } }],
  ])('%j before any touch is none', async ([, said], { skipped, counts }) => {
    const { invited, connection, file, import: take, dump } = await linkedinWorkspace();
    invited(CLAIRE);
    connection.exec("update message set mode = 'rehearsal'");
    const before = dump();
    const summary = await take([file('m.csv', messages(said, OURS, { ...OURS, to: 'lea' }))]);
    expect([summary.files[0]?.skipped, summary.counts]).toEqual([skipped, counts]);
    expect(dump()).toEqual(before);
  });

  it('of a stranger in the spam folder is spam, and of ourselves without words is nothing', async () => {
    const { file, import: take } = await linkedinWorkspace();
    const said = [
      { from: 'nina', text: 'Gagnez', folder: 'SPAM' },
      { ...OURS, text: '' },
    ];
    const { counts, files } = await take([file('m.csv', messages(...said, OURS, { ...OURS, to: 'lea' }))]);
    expect([counts, files[0]?.skipped]).toEqual([{}, { spam: 1, empty: 1 }]);
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

  const SAID = messages({ from: 'claire', text: 'Non merci' }, OTHERS);

  it.each([
    ['months before', { at: NOW - 300 * DAY }],
    ['weeks before', { at: NOW - 15 * DAY }],
    ['by mail', { at: NOW - 3 * DAY, channel: 'email' as const }],
  ])('in the words of another one, %s, stops them all the same', async (_, event) => {
    const { invited, connection, file, import: take, rows } = await linkedinWorkspace();
    const { prospectId } = invited(CLAIRE);
    anEvent(connection, { type: 'replied', prospectId, data: { text: 'Non merci' }, ...event });
    expect((await take([file('m.csv', SAID)])).counts).toMatchObject({ replied: 1 });
    expect(rows('select status from enrolment')).toEqual([{ status: 'replied' }]);
  });

  it('in the words of one before the campaign that runs is new', async () => {
    const { invited, connection, file, import: take, rows } = await linkedinWorkspace();
    const { prospectId, enrolmentId } = invited(CLAIRE);
    const answered = { prospectId, data: { text: 'Non merci' }, at: Date.UTC(2026, 10, 18) };
    anEvent(connection, { type: 'replied', ...answered });
    connection.prepare('update enrolment set created_at = ?').run(Date.UTC(2026, 10, 19));
    expect((await take([file('m.csv', SAID)])).counts).toMatchObject({ replied: 1 });
    expect(rows(`select status from enrolment where id = ${enrolmentId}`)).toEqual([{ status: 'replied' }]);
  });

  it('that is known stops what is open still, and not what began since', async () => {
    const { invited, connection, file, import: take, rows } = await linkedinWorkspace();
    const { prospectId } = invited(CLAIRE);
    anEvent(connection, { type: 'replied', prospectId, data: { text: 'Non merci' }, at: NOW - 3 * DAY });
    const files = [file('m.csv', SAID)];
    expect(await take(files)).toMatchObject({ counts: { reply_known: 1 }, stopped: { enrolments: 1 } });
    expect(rows('select status, reason from enrolment')).toEqual([{ status: 'replied', reason: 'replied' }]);
    const campaignId = aCampaign(connection, { name: 'Again' });
    const again = anEnrolment(connection, { campaignId, prospectId, createdAt: NOW - DAY });
    expect(await take(files)).toMatchObject({ counts: { reply_known: 1 }, stopped: { enrolments: 0 } });
    expect(rows(`select status from enrolment where id = ${again}`)).toEqual([{ status: 'active' }]);
  });

  it('that was added by hand as no refusal, and is one, blacklists', async () => {
    const { invited, connection, file, import: take } = await linkedinWorkspace();
    const { enrolmentId } = invited(CLAIRE);
    anEvent(connection, { type: 'replied', enrolmentId, data: { text: REFUSAL } });
    const files = [file('m.csv', messages({ from: 'claire', text: REFUSAL }, OTHERS))];
    expect(await take(files)).toMatchObject({ counts: { opted_out: 1 }, blacklisted: 2 });
  });

  const REFUSAL = 'Ne me contactez plus jamais';

  it.each([
    ['a year before', { at: '2025-11-01 10:00:00 UTC' }],
    ['in the spam folder', { folder: 'SPAM' }],
    ['to two people', { to: 'hector-martin-ads+paul' }],
  ])('that refuses counts wherever and whenever it was said: %s', async (_, said) => {
    const { invited, file, import: take, rows, dump } = await linkedinWorkspace();
    const { enrolmentId } = invited(CLAIRE);
    const files = [file('m.csv', messages({ from: 'claire', text: REFUSAL, ...said }, OTHERS))];
    expect(await take(files)).toMatchObject({ counts: { opted_out: 1 }, blacklisted: 2 });
    expect(rows(`select reason from enrolment where id = ${enrolmentId}`)).toEqual([{ reason: 'opted_out' }]);
    const after = dump();
    expect((await take(files)).counts).toMatchObject({ reply_known: 1 });
    expect(dump()).toEqual(after);
  });

  it('that refuses, of somebody to whom nothing was sent, counts for no campaign', async () => {
    const { connection, file, import: take, rows } = await linkedinWorkspace();
    aProspect(connection, CLAIRE);
    const old = { from: 'claire', at: '2025-11-01 10:00:00 UTC' };
    const said = [
      { ...old, text: REFUSAL },
      { ...old, text: 'Bonjour' },
    ];
    const summary = await take([file('m.csv', messages(...said, OTHERS))]);
    expect(summary).toMatchObject({ counts: { opted_out: 1, before: 1 }, blacklisted: 2 });
    expect(rows('select type, campaign_id, channel from event')).toEqual([
      { type: 'opted_out', campaign_id: null, channel: 'linkedin' },
    ]);
    expect(rows('select kind from suppression order by kind')).toEqual([
      { kind: 'email' },
      { kind: 'linkedin' },
    ]);
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
    expect((await take(files, { confirmSent: true })).counts).toEqual({ invited: 1, invited_us: 1 });
  });

  it('that looks sent is to be confirmed with the hour of the file, so that its acceptance is one', async () => {
    const { invited, file, shown } = await linkedinWorkspace();
    invited({ linkedin: 'claire' }, { state: 'awaiting_operator' });
    const { stderr } = await shown([file('i.csv', sentAt('11/20/26, 2:37 PM'))]);
    expect(stderr).toContain('look sent: the same command with --confirm-sent, at the hour of the file');
    expect(stderr).not.toContain('task done');
  });

  it('does not pull the next wait back before the touch that came before', async () => {
    const { invited, connection, file, import: take, rows } = await linkedinWorkspace();
    invited({ linkedin: 'claire' }, { state: 'awaiting_operator' });
    connection.prepare('update enrolment set anchor_at = ?').run(NOW - DAY);
    await take([file('i.csv', sentAt('11/20/26, 2:37 PM'))], { confirmSent: true });
    expect(rows('select anchor_at from enrolment')).toEqual([{ anchor_at: NOW - DAY }]);
    expect(rows('select sent_at from message')).toEqual([{ sent_at: Date.UTC(2026, 10, 20, 13, 37) }]);
  });

  it.each([
    ['of somebody without a campaign', [], { invited: 1 }],
    ['that settles the task, beside an older one', ['5/10/26, 9:00 AM'], { looks_sent: 1, invited: 1 }],
  ])('each invitation counts for something: %s', async (_, older, counts) => {
    const { connection, invited, file, import: take } = await linkedinWorkspace();
    if (older.length === 0) aProspect(connection, { linkedin: 'claire' });
    else invited({ linkedin: 'claire' }, { state: 'awaiting_operator' });
    const rows = ['11/20/26, 2:37 PM', ...older].map(
      (at) => `Hector,Claire,"${at}",,OUTGOING,${ME},https://www.linkedin.com/in/claire`,
    );
    const files = [file('i.csv', invitations(...rows))];
    const summary = await take(files, { list: true });
    expect(summary.counts).toEqual(counts);
    expect(summary.found.filter(({ what }) => what === 'invited')).toMatchObject([
      { person: 'Claire Durand' },
    ]);
    expect((await take(files)).found.filter(({ what }) => what === 'invited')).toEqual([]);
  });

  it('can be taken back once it was recorded', async () => {
    const { invited, folder, file, import: take, rows } = await linkedinWorkspace();
    const { messageId } = invited({ linkedin: 'claire' }, { state: 'awaiting_operator' });
    await take([file('i.csv', sentAt('11/20/26, 2:37 PM'))], { confirmSent: true });
    await undoTasks(testContext({ folder }).context, [String(messageId)]);
    expect(rows('select state, sent_at from message')).toEqual([
      { state: 'awaiting_operator', sent_at: null },
    ]);
    expect(rows('select step, hold, anchor_at from enrolment')).toEqual([
      { step: 'invitation', hold: 'operator', anchor_at: NOW - 20 * DAY },
    ]);
    expect(rows("select type from event where type in ('sent', 'delivered')")).toEqual([]);
  });

  it('has its own text again once that was taken back', async () => {
    const { invited, folder, file, import: take, rows } = await linkedinWorkspace();
    const { messageId } = invited({ linkedin: 'claire' }, { state: 'awaiting_operator', body: 'Bonjour' });
    const row = `Hector,Claire,"11/20/26, 2:37 PM",En d'autres mots,OUTGOING,${ME},https://www.linkedin.com/in/claire`;
    const before = rows('select * from message');
    await take([file('i.csv', invitations(row))], { confirmSent: true });
    expect(rows('select body from message')).toEqual([{ body: "En d'autres mots" }]);
    await undoTasks(testContext({ folder }).context, [String(messageId)]);
    expect(rows('select * from message')).toEqual(before);
  });

  it('is listed, and never recorded, where the invitation is older than the task', async () => {
    const { invited, file, import: take, dump } = await linkedinWorkspace();
    const { messageId, prospectId } = invited({ linkedin: 'claire' }, { state: 'awaiting_operator' });
    const before = dump();
    const summary = await take([file('i.csv', sentAt('5/10/26, 9:00 AM'))], { confirmSent: true });
    expect(summary.found).toMatchObject([
      { what: 'invited_before', prospect_id: prospectId, detail: `task ${messageId}` },
    ]);
    expect(dump()).toEqual(before);
  });

  it('of the very minute in which the task was made is not older', async () => {
    const { invited, connection, file, import: take } = await linkedinWorkspace();
    invited({ linkedin: 'claire' }, { state: 'awaiting_operator' });
    const at = Date.UTC(2026, 10, 20, 13, 37);
    connection.prepare('update message set created_at = ?').run(at + 59_000);
    expect((await take([file('i.csv', sentAt('11/20/26, 2:37 PM'))])).counts).toMatchObject({
      looks_sent: 1,
    });
    connection.prepare('update message set created_at = ?').run(at + 60_000);
    expect((await take([file('j.csv', sentAt('11/20/26, 2:37 PM'))])).counts).toMatchObject({
      invited_before: 1,
    });
  });

  it('is closed where an older invitation was accepted', async () => {
    const { invited, file, import: take, rows } = await linkedinWorkspace();
    invited({ linkedin: 'claire' }, { state: 'awaiting_operator' });
    const connected = connections('Claire,Durand,https://www.linkedin.com/in/claire,,X,Y,12 Jun 2026');
    const files = [file('c.csv', connected), file('i.csv', sentAt('5/10/26, 9:00 AM'))];
    expect((await take(files)).counts).toMatchObject({ connected: 1 });
    expect(rows('select state from message')).toEqual([{ state: 'skipped' }]);
  });

  /** One person with tasks of two campaigns, the first one older by a day. */
  async function twice(bodies: [string, string]) {
    const workspace = await linkedinWorkspace();
    const { connection, invited } = workspace;
    const [one, other] = bodies.map((body, index) =>
      invited({ linkedin: `claire${index || ''}` }, { state: 'awaiting_operator', body }),
    );
    for (const table of ['enrolment', 'message'])
      connection.prepare(`update ${table} set prospect_id = ?`).run(one?.prospectId);
    connection
      .prepare('update message set created_at = created_at + ? where id = ?')
      .run(DAY, other?.messageId);
    return {
      ...workspace,
      sent: () => workspace.rows("select id from message where state = 'sent'"),
      one,
      other,
    };
  }

  it('of two campaigns: one invitation settles one, the older, also the second time', async () => {
    const { file, import: take, sent, one } = await twice(['Bonjour', 'Bonsoir']);
    const files = [file('i.csv', sentAt('11/20/26, 2:37 PM'))];
    expect((await take(files, { confirmSent: true })).counts).toMatchObject({ sent: 1 });
    expect(sent()).toEqual([{ id: one?.messageId }]);
    expect((await take(files, { confirmSent: true })).counts).toEqual({ invited: 1, unmatched: 1 });
    expect(sent()).toEqual([{ id: one?.messageId }]);
  });

  it.each([
    ['the day before by the file', '11/20/26, 2:37 PM', {}],
    ['three weeks before by the file: another one', '11/1/26, 9:59 AM', { looks_sent: 1 }],
  ])('of two campaigns: what was recorded by hand %s settles no other one', async (_, at, counts) => {
    const { file, import: take, one, connection } = await twice(['Bonjour', 'Bonsoir']);
    const touched = "update message set state = 'sent', sent_at = ? where id = ?";
    const recordedAt = Date.UTC(2026, 10, 22, 9);
    connection.prepare(touched).run(recordedAt, one?.messageId);
    connection.exec('update message set created_at = 1');
    const { counts: found } = await take([file('i.csv', sentAt(at))]);
    expect(found).toMatchObject(counts);
    expect(Object.keys(found).includes('looks_sent')).toBe('looks_sent' in counts);
  });

  it('of two campaigns: the words tell which one went out, whichever file has them', async () => {
    const { file, import: take, sent, other } = await twice(['Bonjour', 'Bonsoir']);
    const row = `Hector,Claire,"11/20/26, 2:37 PM",Bonsoir,OUTGOING,${ME},https://www.linkedin.com/in/claire`;
    const ours = { from: 'hector-martin-ads', to: 'claire', text: 'Bonsoir', at: '2026-11-20 13:37:20 UTC' };
    const files = [file('i.csv', invitations(row)), file('m.csv', messages(ours))];
    await take(files, { confirmSent: true });
    await take(files, { confirmSent: true });
    expect(sent()).toEqual([{ id: other?.messageId }]);
  });

  it('of two campaigns with the same words: one message settles one', async () => {
    const { file, import: take, sent, one } = await twice(['Bonjour', 'Bonjour']);
    const ours = { from: 'hector-martin-ads', to: 'claire', text: 'Bonjour' };
    const files = [file('m.csv', messages(ours, { ...ours, to: 'zoe' }))];
    await take(files, { confirmSent: true });
    await take(files, { confirmSent: true });
    expect(sent()).toEqual([{ id: one?.messageId }]);
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
      ...{ invited: 1, unmatched: 1 },
    });
  });
});
