import { describe, expect, test } from 'vitest';
import { addToBlacklist } from '../../src/commands/blacklist/add.ts';
import { listBlacklist } from '../../src/commands/blacklist/list.ts';
import { anEnrolment, aProspect } from '../builders.ts';
import { testContext } from '../context.ts';
import { scripted, silent } from '../prompter.ts';
import { hashOf } from './rows.ts';

const ADD = { kind: null, reason: null, expires: null };

/** A terminal, and two people of one firm, one of them under way. */
async function firm(answers: boolean[] | null) {
  const asked: string[] = [];
  const prompter = answers === null ? silent : scripted(answers, asked);
  const test = testContext({ interactive: true, columns: 80, prompter });
  const connection = await test.context.connection();
  const ids = ['anne', 'bruno'].map((name) => aProspect(connection, { email: `${name}@ads.example` }));
  anEnrolment(connection, { prospectId: ids[0] ?? 0 });
  const entries = () => connection.prepare('select kind, value, source from suppression').all();
  return { ...test, asked, entries };
}

describe('a firm with several people', () => {
  test('is asked about on a terminal, with how many it stops', async () => {
    const { context, asked, entries, stderr } = await firm([false, true]);
    await addToBlacklist(context, { ...ADD, values: ['@ads.example'] });
    expect(asked).toEqual([
      'domain ads.example: 2 people are known by it, 1 of them under way in a campaign. Stop them all?',
    ]);
    expect([entries(), stderr()]).toEqual([[], 'Nothing was changed.\n']);
    await addToBlacklist(context, { ...ADD, values: ['@ads.example'], source: 'salon' });
    expect(entries()).toEqual([{ kind: 'domain', value: 'ads.example', source: 'salon' }]);
  });

  test.each([
    ['--yes', { values: ['@ads.example'], yes: true }],
    ['an address of one person', { values: ['anne@ads.example'] }],
    ['a firm nobody is known of', { values: ['@other.example'] }],
  ])('%s asks nothing', async (_, options) => {
    const { context, entries } = await firm(null);
    await addToBlacklist(context, { ...ADD, ...options });
    expect(entries()).toMatchObject([{ source: 'operator' }]);
  });
});

test('a hash is shortened for a person, and an address is not', async () => {
  const { context, stdout } = testContext({ columns: 80 });
  const address = 'claire.durand@ateliers.example';
  const hash = hashOf('sha256', 'claire@ads.example');
  await addToBlacklist(context, { ...ADD, reason: 'asked on the phone in May', values: [hash, address] });
  await listBlacklist(context, { kind: null, text: null, expired: false });
  expect(stdout()).toMatch(new RegExp(`sha256:${hash.slice(0, 8)}… `));
  expect(stdout()).toContain(`${address} `);
});
