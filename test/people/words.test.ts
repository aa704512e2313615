import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listCampaigns } from '../../src/commands/campaign/list.ts';
import { showCampaign } from '../../src/commands/campaign/show.ts';
import { importProspects } from '../../src/commands/prospect/import.ts';
import { aCampaign, anEnrolment, aProspect, DAY, NOW } from '../builders.ts';
import { testContext } from '../context.ts';

test('an import says in words who was left out', async () => {
  const { context, folder, stderr } = testContext();
  const connection = await context.connection();
  const prospectId = aProspect(connection, { email: 'claire@ads.example' });
  anEnrolment(connection, { prospectId, campaignId: aCampaign(connection, { name: 'Été' }) });
  aCampaign(connection, { name: 'Printemps' });
  writeFileSync(join(folder, 'l.csv'), 'E-mail\nclaire@ads.example\n');
  await importProspects(context, 'l.csv', { campaign: 'Printemps' });
  expect(stderr()).toContain('Enrolled in Printemps: 0\nLeft out: 1 active in another campaign\n');
});

describe('on a terminal the next touch', () => {
  async function campaign(state: 'running' | 'paused') {
    const opened = testContext({ columns: 120 });
    const connection = await opened.context.connection();
    const campaignId = aCampaign(connection, { name: 'Printemps', status: state });
    anEnrolment(connection, { campaignId, nextAt: NOW - DAY });
    return opened;
  }

  test('is due now once its time has come', async () => {
    const { context, stdout } = await campaign('running');
    await listCampaigns(context);
    await showCampaign(context, 'Printemps');
    expect(stdout().match(/due now/g)).toHaveLength(2);
    expect(stdout()).not.toContain('ago');
  });

  test('has no time while the campaign is paused', async () => {
    const { context, stdout } = await campaign('paused');
    await listCampaigns(context);
    expect(stdout()).toMatch(/Printemps .* paused/);
    expect(stdout()).not.toMatch(/ago|due now/);
  });
});
