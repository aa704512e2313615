import { expect, it } from 'vitest';
import { type SettingOptions, settingsFrom } from '../../src/commands/campaign/settings.ts';
import { NOW } from '../builders.ts';
import { testContext } from '../context.ts';

async function settings(options: Partial<SettingOptions>) {
  const { context } = testContext();
  const [config, calendar] = await Promise.all([context.config(), context.calendar()]);
  return settingsFrom({ name: 'Ouest', ...options }, config, NOW, calendar);
}

it('a new campaign has the caps and the sender that were typed, or none', async () => {
  expect(await settings({})).toMatchObject({ caps: {}, sender: null });
  expect(
    await settings({ caps: 'email=40', sender: 'Claire Martin <claire@nexalis.example>' }),
  ).toMatchObject({
    caps: { email: 40 },
    sender: { name: 'Claire Martin', email: 'claire@nexalis.example' },
  });
});

it('what cannot be read names its flag, and shows no escape', async () => {
  await expect(settings({ caps: '40' })).rejects.toThrow(/^--caps: /);
  await expect(settings({ sender: '\u001b[2J <claire@nexalis.example>' })).rejects.toThrow(
    /^--sender: "\?\[2J/,
  );
});
