import { describe, expect, it } from 'vitest';
import { approveMessages } from '../../src/commands/message/approve.ts';
import { editMessage } from '../../src/commands/message/edit.ts';
import { verify } from '../../src/commands/verify.ts';
import type { Approval } from '../../src/engine/model.ts';
import type { TickStore } from '../../src/engine/ports/ticks.ts';
import { aMessage, anEvent, aStep, DAY, HOUR, NOW } from '../builders.ts';
import { commandIn, EMAIL_STEP, LINKEDIN_STEP, type Space, waiting } from '../message/drafts.ts';
import {
  aSpace as aClaudeSpace,
  badAnswer,
  dueTomorrow,
  goodAnswer,
  TOMORROW,
} from '../prepare/workspace.ts';
import { enrolled, TEMPLATES, withProviders } from './providers.ts';
import { settings, type TickWorkspace } from './workspace.ts';

const approve = async (space: TickWorkspace, ...ids: string[]) => {
  const all = ids.length === 0;
  await approveMessages(commandIn(space).context, ids, { all, campaign: null, yes: true });
};

const MESSAGES = 'select channel, state from message order by id';
const ENROLMENT = 'select status, next_at, hold from enrolment';

const EMAIL_AND_SMS = { steps: [aStep({ also: ['sms'] }), aStep({ id: 'email-2', wait: '4d' })] };
const EMAIL_AND_LINKEDIN = { steps: [aStep({ also: ['linkedin'] }), aStep({ id: 'email-2', wait: '4d' })] };
const mailSlow = {
  fault: 'answer',
  status: 429,
  headers: { 'retry-after': '60' },
  body: { statusCode: 429, name: 'rate_limit_exceeded', message: 'Too many requests.' },
} as const;

const envelope = {
  ...{ channel: 'email', from: 'Hector Martin <hector@nexalis.example>', to: 'claire@x.example' },
  ...{ replyTo: null, subject: 'x', text: 'x', html: 'x', headers: {}, tags: {} },
};

/** Nobody is stuck, nothing is left open behind anybody. */
async function proved(space: TickWorkspace): Promise<void> {
  const { context } = commandIn(space);
  await verify(context, { limit: null });
  expect(context.exitCode).toBe(0);
}

describe('an approved text', () => {
  it.each<[Approval, number]>([
    ['all', 0],
    ['first', 0],
    ['all', 3],
    ['first', 3],
  ])(
    'goes out as it was read though its companion went first (approval "%s", %i answers before)',
    async (approval, answers) => {
      const space = await withProviders();
      const [enrolmentId] = enrolled(space, 1, { approval, scenario: EMAIL_AND_SMS });
      for (let index = 0; index < answers; index += 1)
        anEvent(space.connection, {
          type: 'replied',
          enrolmentId: enrolmentId ?? 0,
          at: NOW - DAY,
          data: { text: 'Bonjour' },
        });
      await space.tick();
      await approve(space);
      space.mail.fail(mailSlow);
      expect(await space.tick()).toMatchObject({ sent: { sms: 1 }, retried: 1 });
      space.setClock(NOW + DAY);
      expect(await space.tick()).toMatchObject({ sent: { email: 1 } });
      expect(space.rows('select created_at from message where id = 1')).toEqual([{ created_at: NOW }]);
    },
  );

  it.each(['first', 'ai'])(
    'waits again when it is written anew, with approval "%s" by then',
    async (later) => {
      const steps = [EMAIL_STEP, aStep({ id: 'email-2', wait: '1d' })];
      const space = await waiting(1, { scenario: { steps } });
      await approve(space);
      await space.tick();
      space.setClock(NOW + DAY);
      await space.tick();
      await approve(space);
      space.connection.exec(
        `update campaign set approval = '${later}'; update prospect set first_name = 'Mathilde'`,
      );
      expect(await space.tick()).toMatchObject({ sent: {}, texts: { awaiting_approval: 1 } });
      expect(space.rows('select id, state from message where id = 2')).toEqual([
        { id: 2, state: 'awaiting_approval' },
      ]);
      const approvals =
        "select message_id, data ->> 'replaced' as replaced from event where type = 'approved'";
      expect(space.rows(approvals)).toEqual([
        { message_id: 1, replaced: null },
        { message_id: null, replaced: 2 },
      ]);
      await approve(space);
      expect(await space.tick()).toMatchObject({ sent: { email: 1 } });
      await proved(space);
    },
  );

  it('is in nobody’s hands while the text beside it waits', async () => {
    const space = await waiting(1, { scenario: EMAIL_AND_LINKEDIN });
    await editMessage(commandIn(space, { stdin: 'Bonjour, de ma main.' }).context, '2', '-');
    await approve(space);
    space.connection.exec("update prospect set first_name = 'Mathilde'");
    expect(await space.tick()).toMatchObject({ tasks: 0, sent: {} });
    expect(space.rows(MESSAGES)).toEqual([
      { channel: 'email', state: 'awaiting_approval' },
      { channel: 'linkedin', state: 'ready' },
    ]);
    expect(space.rows(ENROLMENT)).toMatchObject([{ next_at: null, hold: 'approval' }]);
    await approve(space);
    expect(await space.tick()).toMatchObject({ tasks: 1, sent: { email: 1 } });
    await proved(space);
  });

  it.each(['1', '2'])('of two (number %s) stays while the other one waits past its date', async (first) => {
    const space = await aClaudeSpace({}, { claude: false });
    dueTomorrow(space, 1, { approval: 'all', scenario: EMAIL_AND_LINKEDIN, templates: TEMPLATES });
    expect(await space.prepare()).toMatchObject({ drafts: 2 });
    await approve(space, first);
    space.setClock(TOMORROW);
    expect(await space.tick()).toMatchObject({ sent: {}, held: { approval: 1 } });
    await space.tick();
    expect(space.rows(`select state from message where id = ${first}`)).toEqual([{ state: 'ready' }]);
    expect(space.rows(ENROLMENT)).toMatchObject([{ next_at: null, hold: 'approval' }]);
    await proved(space);
    await approve(space);
    expect(await space.tick()).toMatchObject({ sent: { email: 1 }, tasks: 1 });
    await proved(space);
  });
});

it('a text that needs no approval waits for the one beside it that does', async () => {
  const space = await aClaudeSpace({
    reply: (body) => (JSON.stringify(body).includes('by linkedin') ? badAnswer : goodAnswer(body)),
  });
  enrolled(space, 1, { approval: 'ai', scenario: EMAIL_AND_LINKEDIN });
  expect(await space.tick()).toMatchObject({ tasks: 0, texts: { claude: 1, template: 1 } });
  expect(space.rows(MESSAGES)).toEqual([
    { channel: 'email', state: 'awaiting_approval' },
    { channel: 'linkedin', state: 'ready' },
  ]);
  await approve(space);
  expect(await space.tick()).toMatchObject({ tasks: 1, sent: { email: 1 } });
  await proved(space);
});

describe('what was perhaps sent', () => {
  /** An e-mail of unknown fate, and beside it a text in this state, written of other facts. */
  async function repeated(state: 'ready' | 'awaiting_approval', steps = EMAIL_AND_SMS.steps) {
    const space = await withProviders();
    const [enrolmentId = 0] = enrolled(space, 1, { approval: 'all', scenario: { steps } });
    const call = { idempotencyKey: 'one', claimedAt: NOW - HOUR, provider: 'resend' };
    aMessage(space.connection, { enrolmentId, ...call, envelope });
    aMessage(space.connection, { enrolmentId, channel: 'sms', state });
    space.connection.exec("update message set facts_key = 'other' where channel = 'sms'");
    return space;
  }
  const killed = async (space: Space, act: 'claim'): Promise<void> => {
    const store = await space.context.stores.ticks();
    const dead = { ...store, [act]: () => Promise.reject(new Error('killed')) };
    await expect(space.tick({ store: dead })).rejects.toThrow('killed');
  };

  it.each(['ready', 'awaiting_approval'] as const)('goes first, beside a text that is %s', async (state) => {
    const space = await repeated(state);
    const seen: unknown[] = [];
    const store = await space.context.stores.ticks();
    const claim: TickStore['claim'] = (messages, by, now) => {
      seen.push([messages.map(({ messageId }) => messageId), by.key]);
      return store.claim(messages, by, now);
    };
    await space.tick({ store: { ...store, claim } });
    expect(seen).toEqual([[[1], 'one']]);
  });

  it('leaves the approved text beside it to its time', async () => {
    const steps = [aStep({ also: ['sms', 'linkedin'] }), aStep({ id: 'email-2', wait: '4d' })];
    const space = await repeated('ready', steps);
    aMessage(space.connection, { enrolmentId: 1, channel: 'linkedin', state: 'awaiting_approval' });
    await killed(space, 'claim');
    expect(space.rows(MESSAGES)).toMatchObject([
      { state: 'ready' },
      { state: 'ready' },
      { state: 'awaiting_approval' },
    ]);
  });

  it('is still due when the tick dies before it goes', async () => {
    const space = await repeated('ready');
    await killed(space, 'claim');
    expect(space.rows(ENROLMENT)).toMatchObject([{ next_at: NOW, hold: null }]);
    expect(space.rows("select state from message where channel = 'sms'")).toEqual([
      { state: 'awaiting_approval' },
    ]);
  });
});

describe('who comes to the end', () => {
  it.each(['rejected', 'sent'] as const)(
    'leaves no text to approve beside a last one that is %s',
    async (state) => {
      const space = await withProviders();
      const steps = [EMAIL_STEP, aStep({ id: 'email-2', also: ['linkedin'] })];
      const [enrolmentId = 0] = enrolled(space, 1, { approval: 'all', scenario: { steps } });
      aMessage(space.connection, { enrolmentId, state: 'sent', sentAt: NOW - DAY, claimedAt: NOW - DAY });
      aMessage(space.connection, {
        ...{ enrolmentId, step: 'email-2', state, claimedAt: NOW - HOUR, provider: 'resend' },
        sentAt: state === 'sent' ? NOW - HOUR : null,
      });
      aMessage(space.connection, {
        enrolmentId,
        step: 'email-2',
        channel: 'linkedin',
        state: 'awaiting_approval',
      });
      space.connection.exec("update enrolment set step = 'email-2'");
      expect(await space.tick()).toMatchObject({ completed: 1 });
      expect(space.rows('select state from message where id = 3')).not.toEqual([
        { state: 'awaiting_approval' },
      ]);
    },
  );

  it('leaves none behind a touch that turns out to have happened', async () => {
    const space = await withProviders();
    const [enrolmentId = 0] = enrolled(space, 1, { approval: 'all', scenario: { steps: [EMAIL_STEP] } });
    aMessage(space.connection, { enrolmentId, state: 'sending', claimedAt: NOW });
    aMessage(space.connection, { enrolmentId, channel: 'linkedin', state: 'awaiting_approval' });
    const store = await space.context.stores.ticks();
    const advance = { step: null, anchorAt: NOW, nextAt: null };
    await store.record([{ messageId: 1, result: 'sent', providerId: null, delivered: false, advance }], NOW);
    expect(space.rows('select status from enrolment')).toEqual([{ status: 'completed' }]);
    expect(space.rows('select state from message where id = 2')).toEqual([{ state: 'failed' }]);
  });
});

describe('somebody else comes between the plan and its storing', () => {
  /** One tick, and what happens just before it stores what it has planned. */
  async function tickAnd(space: Space, meanwhile: () => void): Promise<void> {
    const store = await space.context.stores.ticks();
    const apply: TickStore['apply'] = (...given) => {
      meanwhile();
      return store.apply(...given);
    };
    await space.tick({ store: { ...store, apply } });
  }
  const dueAgain = async (space: Space): Promise<void> => {
    expect(space.rows(ENROLMENT)).toEqual([{ status: 'active', next_at: NOW, hold: null }]);
    await proved(space);
  };

  it('a text of the step was prepared and approved: it goes out with the next tick', async () => {
    const space = await withProviders();
    const [enrolmentId = 0] = enrolled(space, 1, { approval: 'all' });
    await tickAnd(space, () => aMessage(space.connection, { enrolmentId, envelope }));
    await dueAgain(space);
    await space.tick();
    expect(space.rows(MESSAGES)).toEqual([{ channel: 'email', state: 'sent' }]);
  });

  it('a text that waited when it was looked at was approved', async () => {
    const space = await waiting();
    space.connection.exec(`update enrolment set next_at = ${NOW}, hold = null`);
    await tickAnd(space, () => space.connection.exec("update message set state = 'ready'"));
    await dueAgain(space);
    expect(await space.tick()).toMatchObject({ sent: { email: 1 } });
  });

  it('a text that was to be handed over is gone: another one waits for approval', async () => {
    const space = await waiting(1, { scenario: { steps: [LINKEDIN_STEP] } });
    await approve(space);
    await tickAnd(space, () =>
      space.connection.exec('update event set message_id = null; delete from message'),
    );
    await dueAgain(space);
    await space.tick();
    expect(space.rows(MESSAGES)).toEqual([{ channel: 'linkedin', state: 'awaiting_approval' }]);
    expect(space.rows(ENROLMENT)).toMatchObject([{ next_at: null, hold: 'approval' }]);
  });

  it('a text that was to be replaced is gone: another one waits for approval', async () => {
    const space = await waiting();
    await approve(space);
    space.connection.exec("update prospect set first_name = 'Mathilde'");
    await tickAnd(space, () =>
      space.connection.exec('update event set message_id = null; delete from message'),
    );
    await dueAgain(space);
    await space.tick();
    expect(space.rows(MESSAGES)).toEqual([{ channel: 'email', state: 'awaiting_approval' }]);
  });

  it('a task was done away with', async () => {
    const space = await withProviders();
    const [enrolmentId = 0] = enrolled(space, 1, { scenario: { steps: [LINKEDIN_STEP] } });
    aMessage(space.connection, { enrolmentId, step: 'li', channel: 'linkedin', state: 'awaiting_operator' });
    await tickAnd(space, () => space.connection.exec("update message set state = 'skipped'"));
    await dueAgain(space);
  });
});

it('a text that finds no room today is kept while its step waits for approval', async () => {
  const space = await withProviders({
    settings: settings({ sms: 'caps: { hour: 1, day: 1, week: 5 }, spread: false' }),
  });
  const [, enrolmentId = 0] = enrolled(space, 2, { approval: 'all', scenario: EMAIL_AND_SMS });
  await space.tick();
  await approve(space);
  const messageId = aMessage(space.connection, { enrolmentId, channel: 'sms' });
  space.connection.exec("update prospect set first_name = 'Mathilde' where id = 2");
  expect(await space.tick()).toMatchObject({ sent: { email: 1, sms: 1 }, texts: { awaiting_approval: 1 } });
  expect(space.rows(`select state from message where id = ${messageId}`)).toEqual([{ state: 'ready' }]);
});

describe('a text that only waits for approval takes no room of the caps', () => {
  const capped = () =>
    withProviders({
      settings: settings({ email: 'caps: { hour: 1, day: 1, week: 5 }, ramp: off, spread: false' }),
    });

  it('that others could use', async () => {
    const space = await capped();
    enrolled(space, 2, { approval: 'all' });
    enrolled(space, 2);
    expect(await space.tick()).toMatchObject({
      sent: { email: 1 },
      texts: { awaiting_approval: 1 },
      waiting: { daily_cap: 2 },
    });
  });

  it('when it turns out to wait once more', async () => {
    const space = await capped();
    enrolled(space, 1, { approval: 'all' });
    await space.tick();
    await approve(space);
    space.connection.exec("update prospect set first_name = 'Mathilde'");
    expect(await space.tick()).toMatchObject({
      texts: { awaiting_approval: 1 },
      caps: { email: { day_used: 0 } },
    });
  });
});
