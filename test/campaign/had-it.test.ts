import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandLine } from '../../src/commands/campaign/create/command-line.ts';
import { type CreateOptions, createCampaign } from '../../src/commands/campaign/create/launch.ts';
import { reviewOf } from '../../src/commands/campaign/create/review.ts';
import { addPerson } from '../../src/commands/prospect/add.ts';
import { importProspects } from '../../src/commands/prospect/import.ts';
import type { CampaignMode, MessageState } from '../../src/engine/model.ts';
import { aCampaign, aMessage, anEnrolment, aProspect } from '../builders.ts';
import { testContext } from '../context.ts';

const SLUG = 'connexion-douce';

/** Somebody who has gone through a campaign of this scenario, as far as one message. */
async function afterwards({
  mode = 'live',
  state = 'sent',
  scenario = SLUG,
}: {
  mode?: CampaignMode;
  state?: MessageState;
  scenario?: string;
} = {}) {
  const test = testContext();
  const connection = await test.context.connection();
  const prospectId = aProspect(connection, { email: 'claire@durand.example' });
  const campaignId = aCampaign(connection, { name: 'Avant', mode, scenario: { slug: SLUG } });
  const enrolmentId = anEnrolment(connection, { prospectId, campaignId, status: 'completed' });
  aMessage(connection, { enrolmentId, state, scenario });
  const create = (rest: Partial<CreateOptions> = {}) =>
    createCampaign(test.context, { name: 'Encore', scenario: SLUG, from: 'all', mode: 'live', ...rest });
  const inside = () =>
    connection
      .prepare(
        `select prospect_id from enrolment where campaign_id <> ${campaignId} and status = 'active' order by id`,
      )
      .pluck()
      .all();
  return { ...test, connection, create, inside, prospectId };
}

describe('people who have had the scenario in another campaign', () => {
  it.each<CampaignMode>(['live', 'rehearsal'])(
    'are left out of a %s campaign, and that is said',
    async (mode) => {
      const { connection, create, inside, stderr } = await afterwards();
      const other = aProspect(connection);
      await create({ mode });
      expect(inside()).toEqual([other]);
      expect(stderr()).toContain('Left out: 1 have had this scenario before');
    },
  );

  it('are taken all the same with --again', async () => {
    const { create, inside, prospectId } = await afterwards();
    await create({ again: true });
    expect(inside()).toEqual([prospectId]);
  });

  it.each<MessageState>(['sending', 'uncertain'])('are those, too, whose text is %s', async (state) => {
    const { create } = await afterwards({ state });
    await expect(create()).rejects.toThrow('nobody of 1 can be enrolled: 1 have had this scenario before');
  });

  it.each<[string, Parameters<typeof afterwards>[0]]>([
    ['a rehearsal wrote to', { mode: 'rehearsal' }],
    ['nothing of it has reached', { state: 'cancelled' }],
    ['had another one there, before the campaign was given this', { scenario: 'relance-douce' }],
  ])('are not those whom %s', async (_, earlier) => {
    const { create, inside, prospectId } = await afterwards(earlier);
    await create();
    expect(inside()).toEqual([prospectId]);
  });

  it('are those, too, whose text an older version has stored without its scenario', async () => {
    const { connection, create } = await afterwards();
    connection.exec('update message set scenario = null');
    await expect(create()).rejects.toThrow('1 have had this scenario before');
  });

  it('are told apart in the review before the launch', async () => {
    const { context } = await afterwards();
    const review = (again: boolean) =>
      reviewOf(context, { name: 'Encore', scenario: SLUG, from: ['all'], again, mode: 'live' });
    expect((await review(false)).selection.out.get('had_it')?.count).toBe(1);
    expect((await review(true)).selection.count).toBe(1);
  });

  it('stay out of a list that is imported into a campaign, and by hand, unless asked for', async () => {
    const { context, connection, folder, inside, prospectId, stderr } = await afterwards();
    aCampaign(connection, { name: 'Été', scenario: { slug: SLUG } });
    writeFileSync(join(folder, 'liste.csv'), 'email,first_name\nclaire@durand.example,Claire\n');
    const list = join(folder, 'liste.csv');
    expect((await importProspects(context, list, { campaign: 'Été' })).enrolment?.left_out).toEqual({
      had_it: 1,
    });
    const byHand = { facts: { email: 'claire@durand.example' }, campaign: 'Été', update: false, yes: true };
    await addPerson(context, byHand);
    expect(stderr()).toContain('Not enrolled in Été: have had this scenario before');
    expect(inside()).toEqual([]);
    await addPerson(context, { ...byHand, again: true });
    expect(inside()).toEqual([prospectId]);
    connection.exec(`delete from event; delete from enrolment where status = 'active'`);
    await importProspects(context, list, { campaign: 'Été', again: true });
    expect(inside()).toEqual([prospectId]);
  });

  it('are in the printed command when they are taken', () => {
    expect(commandLine({ name: 'Encore', again: true })).toBe('hector campaign create Encore --again');
  });
});
