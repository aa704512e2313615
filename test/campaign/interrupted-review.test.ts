import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { beginCampaign } from '../../src/commands/campaign/create/begin.ts';
import { reviewOf } from '../../src/commands/campaign/create/review.ts';
import { Selections } from '../../src/commands/campaign/create/selections.ts';
import type { CampaignAnswers } from '../../src/engine/ports/campaign-drafts.ts';
import { aProspect } from '../builders.ts';
import { testContext } from '../context.ts';

const ANSWERS: CampaignAnswers = {
  ...{ name: 'PME', objective: '', scenario: 'connexion-douce', from: ['all'], days: 'lun-ven' },
  ...{ hours: '9h-18h', timezone: 'Europe/Paris', caps: '', sender: '', voice: '' },
  ...{ approval: 'off', mode: 'auto' },
};
const PEOPLE = 300;

/** Each look at the clock is a second later: whatever takes more than a moment is seen. */
beforeEach(() => {
  let clock = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => {
    clock += 1000;
    return clock;
  });
});
afterEach(() => void vi.restoreAllMocks());

async function desk() {
  const test = testContext({ interactive: true, columns: 100 });
  const connection = await test.context.connection();
  for (let person = 0; person < PEOPLE; person += 1) aProspect(connection);
  return { ...test, connection };
}

it('Ctrl-C while the calendar is reckoned ends the progress line, keeps the draft, and says how to go on', async () => {
  const { context, connection, stderr, stdout } = await desk();
  const { stderr: stream } = context.io;
  const write = stream.write.bind(stream);
  vi.spyOn(stream, 'write').mockImplementation((text: string | Uint8Array) => {
    // A signal comes between two turns of the event loop, as it does to a process.
    if (String(text).includes('Forecasting: ')) setImmediate(() => process.emit('SIGINT'));
    return write(text);
  });
  const listeners = process.listenerCount('SIGINT');
  const asking = beginCampaign(context, ANSWERS, {
    wizard: true,
    draft: false,
    resume: undefined,
    yes: false,
  });
  await expect(asking).rejects.toMatchObject({ exitCode: 130, message: 'interrupted' });
  const said = stderr();
  const last = said.slice(said.lastIndexOf('Forecasting: ')).replaceAll('\n', ' ');
  expect(last.split('\r\u001b[K')[1]).toMatch(
    /^Kept as a draft\. To go on with it: hector campaign create --resume PME /,
  );
  expect(stdout()).toBe('');
  expect(connection.prepare('select name from campaign_draft').all()).toEqual([{ name: 'PME' }]);
  expect(process.listenerCount('SIGINT')).toBe(listeners);
});

it('the progress of the calendar counts all of its runs', async () => {
  const { context, stderr } = await desk();
  await reviewOf(context, ANSWERS, new Selections(context));
  const shares = [...stderr().matchAll(/Forecasting: (\d+) of (\d+) /g)].map(([, done, all]) => [
    Number(done),
    Number(all),
  ]);
  expect(new Set(shares.map(([, all]) => all))).toEqual(new Set([3 * PEOPLE]));
  const done = shares.map(([part = 0]) => part);
  expect(done).toEqual(done.toSorted((one, other) => one - other));
  expect(done.at(-1)).toBeGreaterThan(2 * PEOPLE);
});
