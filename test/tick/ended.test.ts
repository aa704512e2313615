import { describe, expect, it } from 'vitest';
import { aMessage, aStep, HOUR, NOW } from '../builders.ts';
import { enrolled, withProviders } from './providers.ts';

type Space = Awaited<ReturnType<typeof withProviders>>;

/** The person answers while the call is under way: after the claim, before the outcome is recorded. */
async function answersMeanwhile(space: Space): Promise<void> {
  const [store, replies] = [await space.context.stores.ticks(), await space.context.stores.replies()];
  const told = {
    prospectId: 1,
    text: 'Non',
    meeting: false,
    optOut: false,
    channel: null,
    at: NOW,
    now: NOW,
  };
  space.context.stores.ticks = async () => ({
    ...store,
    record: async (...given) => {
      await replies.add(told);
      return store.record(...given);
    },
  });
}

const states = (space: Space): unknown[] => space.rows('select state, idempotency_key as key from message');

describe('somebody who answers while their mail is on its way', () => {
  it.each([
    ['a rate limit', 429, 'rate_limit_exceeded'],
    ['a wrong key', 401, 'invalid_api_key'],
  ])('has no text left that could still go out, where %s has kept it back', async (_, status, name) => {
    const space = await withProviders();
    enrolled(space);
    space.mail.fail({ fault: 'answer', status, body: { statusCode: status, name, message: 'x' } });
    await answersMeanwhile(space);
    await space.tick();
    expect(states(space)).toEqual([{ state: 'cancelled', key: null }]);
  });

  it('gets no repeat where nobody knows whether it arrived: the provider is asked', async () => {
    const space = await withProviders();
    enrolled(space);
    space.mail.fail({ fault: 'reset', when: 'before' });
    await answersMeanwhile(space);
    await space.tick();
    expect(states(space)).toEqual([{ state: 'sending', key: null }]);
    space.setClock(NOW + HOUR);
    await space.tick();
    expect(space.mail.accepted).toHaveLength(0);
    expect(space.rows("select id from message where state in ('ready', 'sending')")).toEqual([]);
  });
});

it('a text that was left beside the last step ends with it', async () => {
  const space = await withProviders();
  const steps = [
    aStep({ id: 'li', channel: 'linkedin', kind: 'message', template: 'default/message', also: ['email'] }),
  ];
  const [enrolmentId = 0] = enrolled(space, 1, { scenario: { steps } });
  const task = aMessage(space.connection, {
    enrolmentId,
    step: 'li',
    channel: 'linkedin',
    state: 'awaiting_operator',
  });
  aMessage(space.connection, { enrolmentId, step: 'li', channel: 'email' });
  const tasks = await space.context.stores.tasks();
  const advance = { step: null, anchorAt: NOW, nextAt: null };
  await tasks.done(await tasks.find(task), { body: 'Bonjour', advance, at: NOW });
  expect(space.rows('select channel, state from message order by channel')).toEqual([
    { channel: 'email', state: 'failed' },
    { channel: 'linkedin', state: 'sent' },
  ]);
});
