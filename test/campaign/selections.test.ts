import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { reviewOf } from '../../src/commands/campaign/create/review.ts';
import { Selections } from '../../src/commands/campaign/create/selections.ts';
import type { CampaignAnswers } from '../../src/engine/ports/campaign-drafts.ts';
import { aProspect } from '../builders.ts';
import { testContext } from '../context.ts';

const ANSWERS: CampaignAnswers = {
  ...{ name: 'PME', scenario: 'connexion-douce', from: ['all', 'list.csv'], mode: 'rehearsal' },
};

/** A review after the other, and how often people were looked at for them. */
async function reviews(answers: CampaignAnswers = ANSWERS) {
  const test = testContext();
  const list = join(test.folder, 'list.csv');
  writeFileSync(list, 'email\nnina@new.example\n');
  const connection = await test.context.connection();
  aProspect(connection);
  const roster = await test.context.stores.roster();
  let looks = 0;
  test.context.stores.roster = async () => ({
    ...roster,
    async leftOut(...given) {
      looks += 1;
      return roster.leftOut(...given);
    },
  });
  const selections = new Selections(test.context);
  const review = async (more: Partial<CampaignAnswers> = {}) => {
    const before = looks;
    const { selection } = await reviewOf(test.context, { ...answers, ...more }, selections);
    return { count: selection.count, looked: looks > before };
  };
  return { ...test, connection, list, review, selections };
}

it('people are looked at once, as long as nothing changes that decides who is in', async () => {
  const { review } = await reviews();
  expect(await review()).toEqual({ count: 2, looked: true });
  expect(await review({ hours: '9h-12h', caps: 'email=3', name: 'Est' })).toEqual({
    count: 2,
    looked: false,
  });
  expect(await review({ from: ['list.csv'] })).toEqual({ count: 1, looked: true });
});

it.each<[string, Partial<CampaignAnswers>]>([
  ['the scenario', { scenario: 'relance-douce' }],
  ['the mode', { mode: 'live' }],
  ['somebody by hand', { person: ['email=eva@durand.example'] }],
  ['people who answered', { includeAnswered: true }],
])('they are looked at anew with another answer: %s', async (_, more) => {
  const { review } = await reviews();
  await review();
  expect(await review(more)).toMatchObject({ looked: true });
});

it('they are looked at anew after a list, the base, or what we have written has changed', async () => {
  const { review, list, folder, selections } = await reviews();
  await review();
  appendFileSync(list, 'paul@new.example\n');
  expect(await review()).toEqual({ count: 3, looked: true });
  aProspect(await testContext({ folder }).context.connection());
  expect(await review()).toEqual({ count: 4, looked: true });
  selections.forget();
  expect(await review()).toMatchObject({ looked: true });
});

it('of a long list the first people are kept, and everybody is counted', async () => {
  const { connection, context } = await reviews();
  connection.transaction(() => {
    for (let each = 0; each < 3050; each += 1) aProspect(connection, each < 2 ? {} : { linkedin: null });
  })();
  const { selection } = await reviewOf(context, { ...ANSWERS, from: ['all'] });
  expect([selection.count, selection.first.length]).toEqual([3051, 3000]);
  expect(selection.shortfalls).toContainEqual(
    expect.objectContaining({ channel: 'linkedin', reached: 3, people: 3051 }),
  );
});
