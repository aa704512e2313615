import { describe, expect, test } from 'vitest';
import { type MoveOptions, movePeople } from '../../src/commands/prospect/move.ts';
import { skipTasks } from '../../src/commands/task/skip.ts';
import { aCampaign, aMessage, anEnrolment, aProspect, aStep, aSuppression, DAY, NOW } from '../builders.ts';
import { type ContextOverrides, testContext } from '../context.ts';
import { enrolmentNow, eventsOf, messageNow } from './rows.ts';

const to = (name: string, rest: Partial<MoveOptions> = {}): MoveOptions => ({
  ...{ prospects: ['1'], to: name, yes: true },
  ...rest,
});

const STEPS = ['un', 'deux', 'trois'].map((id) => aStep({ id, wait: '2d' }));

/** Claire is in Printemps at its second step; Été has another scenario, Automne the same. */
async function seasons(overrides: ContextOverrides = {}) {
  const opened = testContext(overrides);
  const connection = await opened.context.connection();
  const scenario = { slug: 'saisons', steps: STEPS };
  const spring = aCampaign(connection, { name: 'Printemps', scenario });
  aCampaign(connection, { name: 'Été', scenario: { slug: 'autre', steps: STEPS.slice(1) } });
  aCampaign(connection, { name: 'Automne', scenario });
  aCampaign(connection, { name: 'Essai', mode: 'rehearsal' });
  aCampaign(connection, { name: 'Fini', status: 'completed' });
  const prospectId = aProspect(connection);
  const enrolmentId = anEnrolment(connection, {
    ...{ prospectId, campaignId: spring, step: 'deux', nextAt: NOW + DAY },
  });
  aMessage(connection, { enrolmentId, step: 'un', state: 'sent', sentAt: NOW - DAY });
  return { ...opened, connection, enrolmentId, prospectId };
}

describe('hector prospect move', () => {
  test('ends one campaign, cancels what waits, and begins the other at its first step', async () => {
    const { context, connection, enrolmentId, stdout } = await seasons();
    const waiting = aMessage(connection, { enrolmentId, step: 'deux', state: 'ready' });
    await movePeople(context, to('été'));
    expect(enrolmentNow(connection, enrolmentId)).toEqual({
      ...{ status: 'stopped', reason: 'moved', step: null, next_at: null, hold: null, ended_at: NOW },
    });
    expect(messageNow(connection, waiting)).toBe('cancelled: moved');
    expect(enrolmentNow(connection, 2)).toMatchObject({
      ...{ status: 'active', step: 'deux', next_at: NOW + 2 * DAY, hold: 'not_yet_due' },
    });
    expect(eventsOf(connection, 1).map(({ type, data }) => [type, data])).toEqual([
      ['stopped', '{"reason":"moved"}'],
      ['enrolled', '{"reason":"from Printemps"}'],
    ]);
    expect(stdout()).toBe('1 person moved to Été.\n');
  });

  test('in the same scenario goes on behind what they have had, counted from then', async () => {
    const { context, connection } = await seasons();
    await movePeople(context, to('Automne'));
    expect(enrolmentNow(connection, 2)).toMatchObject({ step: 'deux', next_at: NOW + DAY });
  });

  test('goes on where they are: what was passed over is not done again', async () => {
    const { context, connection, enrolmentId } = await seasons();
    aMessage(connection, { enrolmentId, step: 'deux', state: 'skipped' });
    connection.exec("update enrolment set step = 'trois'");
    await movePeople(context, to('Automne'));
    expect(enrolmentNow(connection, 2)).toMatchObject({ step: 'trois', next_at: NOW + DAY });
  });

  test('of the same scenario under a new version: a renamed step they have had is not done again', async () => {
    const { context, connection } = await seasons();
    const steps = [aStep({ id: 'salut', wait: '2d' }), ...STEPS.slice(1)];
    aCampaign(connection, { name: 'Hiver', scenario: { slug: 'saisons', steps } });
    await movePeople(context, to('Hiver'));
    expect(enrolmentNow(connection, 2)).toMatchObject({ step: 'deux', next_at: NOW + DAY });
  });

  test('refuses without --step where their step has another name there', async () => {
    const { context, connection, stderr } = await seasons();
    const steps = [aStep({ id: 'un' }), aStep({ id: 'encore' })];
    aCampaign(connection, { name: 'Hiver', scenario: { slug: 'saisons', steps } });
    await movePeople(context, to('Hiver'));
    expect(stderr()).toContain('say --step');
    expect(enrolmentNow(connection, 2)).toBeUndefined();
    await movePeople(context, to('Hiver', { step: 'encore' }));
    expect(enrolmentNow(connection, 2)).toMatchObject({ step: 'encore' });
  });

  test('knows what they have had of it after their campaign was given another scenario', async () => {
    const { context, connection } = await seasons();
    connection.exec("update campaign set scenario_version_id = 2 where name = 'Printemps'");
    await movePeople(context, to('Automne'));
    expect(enrolmentNow(connection, 2)).toMatchObject({ step: 'deux', next_at: NOW + DAY });
  });

  test('knows what they have had of it from a text that an older version has stored', async () => {
    const { context, connection } = await seasons();
    connection.exec('update message set scenario = null');
    await movePeople(context, to('Automne'));
    expect(enrolmentNow(connection, 2)).toMatchObject({ step: 'deux', next_at: NOW + DAY });
  });

  test.each([
    ['sending', null],
    ['uncertain', null],
    ['ready', 'handed-over'],
  ] as const)('takes what is %s for had', async (state, idempotencyKey) => {
    const { context, connection, enrolmentId } = await seasons();
    aMessage(connection, { enrolmentId, step: 'deux', state, idempotencyKey, claimedAt: NOW });
    await movePeople(context, to('Automne'));
    expect(enrolmentNow(connection, 2)?.step).toBe('trois');
  });

  test('takes a text that was never handed over, and what a rehearsal has written, for nothing', async () => {
    const { context, connection, enrolmentId, prospectId } = await seasons();
    aMessage(connection, { enrolmentId, step: 'deux', state: 'ready' });
    const campaignId = aCampaign(connection, {
      mode: 'rehearsal',
      scenario: { slug: 'saisons', steps: STEPS },
    });
    const rehearsed = anEnrolment(connection, { prospectId, campaignId, status: 'completed' });
    aMessage(connection, { enrolmentId: rehearsed, step: 'deux', state: 'sent' });
    await movePeople(context, to('Automne'));
    expect(enrolmentNow(connection, 3)).toMatchObject({ step: 'deux', next_at: NOW + DAY });
  });

  test('begins with a campaign that begins later, however long ago their last touch was', async () => {
    const { context, connection } = await seasons();
    connection.exec(`update campaign set start_at = ${NOW + 7 * DAY} where name = 'Automne'`);
    await movePeople(context, to('Automne'));
    expect(enrolmentNow(connection, 2)).toMatchObject({ step: 'deux', next_at: NOW + 9 * DAY });
  });

  test('begins at the step that is named, but never at one they have had', async () => {
    const { context, connection, stderr } = await seasons();
    await movePeople(context, to('Automne', { step: 'un' }));
    expect(stderr()).toContain('has had this step, or one behind it, already');
    expect(enrolmentNow(connection, 1)?.status).toBe('active');
    await movePeople(context, to('Automne', { step: 'trois' }));
    expect(enrolmentNow(connection, 2)).toMatchObject({ step: 'trois', next_at: NOW + 2 * DAY });
  });

  test('keeps a pause', async () => {
    const { context, connection, enrolmentId } = await seasons();
    connection.exec(`update enrolment set status = 'paused' where id = ${enrolmentId}`);
    await movePeople(context, to('Été'));
    expect(enrolmentNow(connection, 2)?.status).toBe('paused');
  });

  const seasonsNow = seasons;
  type Spoil = (season: Awaited<ReturnType<typeof seasonsNow>>) => void;
  test.each<[string, Spoil]>([
    ['on the blacklist', ({ connection }) => aSuppression(connection, 'linkedin', 'claire-durand-1')],
    [
      'active or paused in no campaign',
      ({ connection }) => connection.exec("update enrolment set status = 'replied', step = null"),
    ],
    [
      'answered or agreed to meet',
      ({ connection, prospectId }) =>
        anEnrolment(connection, { prospectId, status: 'replied', reason: 'replied' }),
    ],
    [
      'asked for no more',
      ({ connection, prospectId }) =>
        anEnrolment(connection, { prospectId, status: 'stopped', reason: 'opted_out' }),
    ],
    [
      'in this campaign already',
      ({ connection, prospectId }) =>
        anEnrolment(connection, { prospectId, campaignId: 2, status: 'completed', reason: null }),
    ],
    ['open in several campaigns', ({ connection, prospectId }) => anEnrolment(connection, { prospectId })],
    [
      'no address for any channel',
      ({ connection }) => connection.exec('update prospect set email = null, mobile = null'),
    ],
  ])('leaves where they are who is %s', async (reason, spoil) => {
    const season = await seasons();
    const { context, connection, enrolmentId, stderr } = season;
    spoil(season);
    const before = [enrolmentNow(connection, enrolmentId), eventsOf(connection, 1)];
    await movePeople(context, to('Été'));
    expect(stderr()).toContain(reason);
    expect(context.exitCode).toBe(1);
    expect([enrolmentNow(connection, enrolmentId), eventsOf(connection, 1)]).toEqual(before);
  });

  test("leaves where they are whose LinkedIn text is in a person's hands, until it is settled", async () => {
    const { context, connection, enrolmentId, stderr } = await seasons();
    const task = { enrolmentId, step: 'deux', channel: 'linkedin', state: 'awaiting_operator' } as const;
    const messageId = aMessage(connection, task);
    await movePeople(context, to('Été'));
    expect(stderr()).toContain('settle it first: hector task list');
    expect(enrolmentNow(connection, enrolmentId)?.status).toBe('active');
    expect(messageNow(connection, messageId)).toBe('awaiting_operator');
    await skipTasks(context, [String(messageId)], 'non');
    await movePeople(context, to('Été'));
    expect(enrolmentNow(connection, enrolmentId)?.reason).toBe('moved');
  });

  test('leaves a rehearsal alone where a live campaign is meant', async () => {
    const { context, connection, enrolmentId, stderr } = await seasons();
    connection.exec("update enrolment set campaign_id = (select id from campaign where name = 'Essai')");
    await movePeople(context, to('Été'));
    expect(stderr()).toContain('active or paused in no campaign that could be left');
    expect(enrolmentNow(connection, enrolmentId)?.status).toBe('active');
  });

  test('leaves who is active in a third campaign as well, even with --from', async () => {
    const { context, connection, prospectId, enrolmentId, stderr } = await seasons();
    anEnrolment(connection, { prospectId });
    await movePeople(context, to('Été', { from: 'Printemps' }));
    expect(stderr()).toContain('active in another campaign');
    expect(enrolmentNow(connection, enrolmentId)?.status).toBe('active');
  });

  test.each<[MoveOptions, string]>([
    [to('Essai', { from: 'Printemps' }), '"Printemps" is live and "Essai" a rehearsal'],
    [to('Fini'), 'campaign "Fini" has ended'],
    [to('Hiver'), 'no campaign "Hiver"'],
    [to('Printemps', { from: 'printemps' }), 'are both "Printemps"'],
    [to('Été', { step: 'trios' }), 'has no step "trios", did you mean "trois"?'],
    [to('Été', { where: 'campaign=Essai', prospects: [] }), 'nobody moves from one to the other'],
    [to('Été', { yes: false }), 'this would move 1 person to Été (Claire Durand): say --yes'],
  ])('refuses %j', async (options, message) => {
    const { context, connection } = await seasons();
    await expect(movePeople(context, options)).rejects.toThrow(message);
    expect(enrolmentNow(connection, 1)?.status).toBe('active');
  });

  test('moves many in one act: those who may, and tells of the others', async () => {
    const { context, connection, stdout } = await seasons({ json: true });
    for (let count = 0; count < 3; count += 1) anEnrolment(connection, { campaignId: 1, step: 'deux' });
    aSuppression(connection, 'email', 'claire.durand@firme-3.example');
    await movePeople(context, to('Été', { prospects: [], where: 'campaign=Printemps step=deux' }));
    const told = JSON.parse(stdout());
    expect(told).toMatchObject({ done: 'moved', count: 3, not_done: [{ id: 3, reason: 'blacklisted' }] });
    expect(told.people[0].enrolments).toMatchObject([{ campaign: 'Été', step: 'deux' }]);
    expect(connection.prepare("select count(*) from enrolment where status = 'active'").pluck().get()).toBe(
      4,
    );
  });
});
