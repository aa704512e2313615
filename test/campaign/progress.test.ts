import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createCampaign } from '../../src/commands/campaign/create/launch.ts';
import { editCampaign } from '../../src/commands/campaign/edit.ts';
import { aProspect } from '../builders.ts';
import { testContext } from '../context.ts';

/** Each look at the clock is a second later: whatever takes more than a moment is seen. */
beforeEach(() => {
  let clock = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => {
    clock += 1000;
    return clock;
  });
});
afterEach(() => void vi.restoreAllMocks());

it('a launch and a change of a campaign show how far they are', async () => {
  const { context, stderr } = testContext({ columns: 80 });
  aProspect(await context.connection());
  aProspect(await context.connection());
  await createCampaign(context, { name: 'PME', scenario: 'connexion-douce', from: 'all', mode: 'rehearsal' });
  expect(stderr()).toContain('Enrolling: 2 of 2 (100 %)');
  await editCampaign(context, 'PME', { days: 'jeu', yes: false });
  expect(stderr()).toContain('Planning anew: 2 of 2 (100 %)');
});
