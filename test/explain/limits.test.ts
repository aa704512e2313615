import { expect, it } from 'vitest';
import { explain } from '../../src/commands/explain.ts';
import { aStep, NOW } from '../builders.ts';
import { testContext } from '../context.ts';
import { enrolled, withProviders } from '../tick/providers.ts';
import { settings, type TickWorkspace } from '../tick/workspace.ts';

async function rulesOf({ folder, env }: TickWorkspace, prospect: string): Promise<unknown> {
  const { context, stdout } = testContext({ folder, env, json: true });
  await explain(context, { prospect, campaign: null });
  const said: { enrolments: { rules: unknown; next: unknown }[] } = JSON.parse(stdout());
  return said.enrolments[0];
}

it('the caps of the sender hold who is due, as the next tick will find', async () => {
  const space = await withProviders({
    settings: settings({ email: 'spread: false, ramp: off, caps: { hour: off, day: 1 }' }),
  });
  enrolled(space, 1, { scenario: { steps: [aStep()] } });
  await space.tick();
  enrolled(space);
  expect(await rulesOf(space, '2')).toMatchObject({
    rules: [{ code: 'daily_cap', until: expect.stringContaining('2026-11-24T') }],
  });
  await space.tick();
  expect(await rulesOf(space, '2')).toMatchObject({ rules: [{ code: 'daily_cap' }] });
});

it('a channel that waits for a setting holds who is due, and nobody else', async () => {
  const space = await withProviders({
    settings: settings().replace('opt_out: { fr: "STOP au 36180", en: "STOP to 36180" },', ''),
  });
  enrolled(space, 1, {
    scenario: { steps: [aStep({ channel: 'sms', kind: 'sms', template: 'default/sms' })] },
  });
  enrolled(space);
  expect(await rulesOf(space, '1')).toMatchObject({ rules: [{ code: 'channel_closed', until: null }] });
  expect(await rulesOf(space, '2')).toMatchObject({
    rules: [],
    next: { action: 'touch', at: new Date(NOW).toISOString() },
  });
});
