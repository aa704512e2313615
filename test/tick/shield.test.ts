import { describe, expect, it } from 'vitest';
import { listCampaigns } from '../../src/commands/campaign/list.ts';
import { resumeCampaign } from '../../src/commands/campaign/resume.ts';
import { showCampaign } from '../../src/commands/campaign/show.ts';
import { status } from '../../src/commands/status.ts';
import { tick } from '../../src/commands/tick.ts';
import type { Connection } from '../../src/db/connection.ts';
import type { CampaignMode } from '../../src/engine/model.ts';
import { aCampaign, aMessage, anEnrolment, anEvent, DAY, NOW } from '../builders.ts';
import { type ContextOverrides, testContext } from '../context.ts';
import { silent } from '../prompter.ts';
import { tickWorkspace } from './workspace.ts';

interface Mails {
  sends: number;
  bounces?: number;
  complaints?: number;
  mode?: CampaignMode;
  sentAt?: number;
  campaignId?: number;
}

/** A campaign whose mails went out, some of which came back. */
function mailed(connection: Connection, mails: Mails): number {
  const { sends, bounces = 0, complaints = 0, mode = 'live', sentAt = NOW - DAY } = mails;
  const campaignId =
    mails.campaignId ?? aCampaign(connection, { name: 'Ouest', mode, createdAt: NOW - 9 * DAY });
  for (let n = 0; n < sends; n += 1) {
    const enrolmentId = anEnrolment(connection, { campaignId, step: 'email-2', nextAt: NOW + 9 * DAY });
    const messageId = aMessage(connection, { enrolmentId, state: 'sent', sentAt });
    if (n < bounces) anEvent(connection, { type: 'bounced', messageId, at: sentAt });
    // Told twice, by a webhook and by a list: one mail.
    if (n < bounces) anEvent(connection, { type: 'bounced', messageId, at: sentAt + 1 });
    if (n < complaints) anEvent(connection, { type: 'complained', messageId, at: sentAt });
  }
  return campaignId;
}

const stateOf = (connection: Connection, id: number) =>
  connection.prepare('select status, pause_reason, shield_from from campaign where id = ?').get(id);

describe('a campaign pauses itself', () => {
  it('past the limit, before anything more goes out', async () => {
    const { connection, tick: run, rows } = await tickWorkspace();
    const id = mailed(connection, { sends: 60, bounces: 2 });
    anEnrolment(connection, { campaignId: id });
    const summary = await run();
    const reason = '2 of 60 e-mails bounced (3.33 %, the limit is 2 %)';
    expect(summary).toMatchObject({ considered: 0, shielded: [{ campaign: 'Ouest', reason }] });
    expect(stateOf(connection, id)).toEqual({ status: 'paused', pause_reason: reason, shield_from: null });
    expect(rows("select * from message where state <> 'sent'")).toEqual([]);
    expect((await run()).shielded).toEqual([]);
  });

  it.each<[string, Mails]>([
    ['within the limit', { sends: 100, bounces: 2 }],
    ['of few mails', { sends: 20, bounces: 5 }],
    ['that is a rehearsal', { sends: 60, bounces: 9, mode: 'rehearsal' }],
  ])('not %s', async (_, mails) => {
    const { connection, tick: run } = await tickWorkspace();
    const id = mailed(connection, mails);
    expect((await run()).shielded).toEqual([]);
    expect(stateOf(connection, id)).toMatchObject({ status: 'running', pause_reason: null });
  });

  it('for one complaint among a few mails, and leaves the others alone', async () => {
    const { connection, tick: run } = await tickWorkspace();
    const id = mailed(connection, { sends: 3, complaints: 1 });
    const other = aCampaign(connection);
    expect((await run()).shielded).toHaveLength(1);
    expect(stateOf(connection, id)).toMatchObject({ status: 'paused' });
    expect(stateOf(connection, other)).toMatchObject({ status: 'running' });
  });

  it('by the limits of hector.yaml', async () => {
    const settings = 'shield: { bounce_percent: 5, after_sends: 10, complaint_percent: 50 }';
    const { connection, tick: run } = await tickWorkspace({ settings });
    const id = mailed(connection, { sends: 20, bounces: 1, complaints: 1 });
    expect((await run()).shielded).toEqual([]);
    mailed(connection, { sends: 1, bounces: 1, campaignId: id });
    expect((await run()).shielded).toHaveLength(1);
  });
});

describe('only a person resumes it', () => {
  async function shielded(overrides: ContextOverrides = {}) {
    const test = testContext(overrides);
    const connection = await test.context.connection();
    const id = mailed(connection, { sends: 60, bounces: 2 });
    await tick(test.context, {
      dryRun: false,
      campaign: undefined,
      limit: null,
      concurrency: null,
      texts: false,
    });
    return { ...test, connection, id };
  }

  it('the tick says so on stderr and ends with 1', async () => {
    const { context, stderr } = await shielded();
    expect(stderr()).toContain(
      'hector: campaign "Ouest" has paused itself: 2 of 60 e-mails bounced (3.33 %, the limit is 2 %). Next: hector campaign show Ouest\n',
    );
    expect(context.exitCode).toBe(1);
  });

  it('list, show and status say why', async () => {
    const { context, stdout, stderr } = await shielded();
    await listCampaigns(context);
    expect(stderr()).toContain('"Ouest" has paused itself: 2 of 60');
    await showCampaign(context, 'Ouest');
    expect(stdout()).toContain('Paused\tby itself: 2 of 60');
    await status(context);
    expect(stdout()).toContain('Paused itself\tOuest: 2 of 60');
    expect(stderr()).toContain('Next: hector campaign show Ouest');
  });

  it('--yes is needed where nobody can be asked; the count begins anew', async () => {
    const { context, connection, id } = await shielded();
    await expect(resumeCampaign(context, 'Ouest', false)).rejects.toMatchObject({
      message: expect.stringContaining('2 of 60 e-mails bounced'),
      next: 'hector campaign resume Ouest --yes',
      exitCode: 2,
    });
    expect(stateOf(connection, id)).toMatchObject({ status: 'paused' });
    await resumeCampaign(context, 'Ouest', true);
    expect(stateOf(connection, id)).toEqual({ status: 'running', pause_reason: null, shield_from: NOW });
    // What comes in late about the mails of before counts, once there is enough to judge by.
    const old =
      connection.prepare<[], number>("select max(id) from message where state = 'sent'").pluck().get() ?? 0;
    anEvent(connection, { type: 'bounced', messageId: old, at: NOW + 1 });
    const store = await context.stores.ticks();
    expect(await store.shield(NOW + 2)).toEqual([]);
    mailed(connection, { sends: 50, bounces: 2, sentAt: NOW + DAY, campaignId: id });
    expect(await store.shield(NOW + DAY)).toEqual([
      { campaign: 'Ouest', reason: '3 of 50 e-mails bounced (6 %, the limit is 2 %)' },
    ]);
  });

  it('on a terminal it asks, and takes no for an answer', async () => {
    const answers = {
      ...silent,
      confirm: async () => false,
    };
    const { context, connection, id } = await shielded({
      columns: 100,
      interactive: true,
      prompter: answers,
    });
    await resumeCampaign(context, 'Ouest', false);
    expect(stateOf(connection, id)).toMatchObject({ status: 'paused' });
  });

  it('a campaign that a person paused goes on without a question', async () => {
    const { context } = testContext();
    const connection = await context.connection();
    const id = aCampaign(connection, { name: 'Est', status: 'paused' });
    await resumeCampaign(context, 'Est', false);
    expect(stateOf(connection, id)).toEqual({ status: 'running', pause_reason: null, shield_from: null });
  });
});
