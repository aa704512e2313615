import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { approveMessages } from '../../src/commands/message/approve.ts';
import { editMessage } from '../../src/commands/message/edit.ts';
import { importProspects } from '../../src/commands/prospect/import.ts';
import { addReply } from '../../src/commands/reply/add.ts';
import { status } from '../../src/commands/status.ts';
import { verify } from '../../src/commands/verify.ts';
import type { Approval } from '../../src/engine/model.ts';
import { aStep, aSuppression, DAY, HOUR, NOW } from '../builders.ts';
import { TEMPLATES } from '../tick/providers.ts';
import { commandIn, EMAIL_STEP, LINKEDIN_STEP, SMS_STEP, type Space, waiting } from './drafts.ts';

const approve = async (space: Space, ...ids: string[]) => {
  const all = ids.length === 0;
  await approveMessages(commandIn(space).context, ids, { all, campaign: null, yes: true });
};

const MESSAGE = 'select state, error from message';
const ENROLMENT = 'select status, step, next_at, hold from enrolment';

describe('from the tick to the person, and back', () => {
  it('an e-mail waits, is approved, and goes out with the next tick', async () => {
    const space = await waiting();
    expect(space.rows('select state from message')).toEqual([{ state: 'awaiting_approval' }]);
    expect(space.rows(ENROLMENT)).toMatchObject([{ next_at: null, hold: 'approval' }]);
    expect(await space.tick()).toMatchObject({ sent: {} });
    await approve(space, '1');
    expect(space.rows('select state from message')).toEqual([{ state: 'ready' }]);
    expect(space.rows(ENROLMENT)).toMatchObject([{ next_at: NOW, hold: null }]);
    expect(await space.tick()).toMatchObject({ sent: { email: 1 } });
    expect(space.mail.accepted).toHaveLength(1);
    expect(space.rows('select type from event order by id')).toEqual([
      { type: 'approved' },
      { type: 'sent' },
    ]);
    expect(await space.tick()).toMatchObject({ sent: {} });
  });

  it('an SMS as well', async () => {
    const space = await waiting(1, { scenario: { steps: [SMS_STEP] } });
    expect(space.phone.accepted).toHaveLength(0);
    await approve(space);
    expect(await space.tick()).toMatchObject({ sent: { sms: 1 } });
    expect(space.phone.accepted).toHaveLength(1);
  });

  it('a LinkedIn text becomes a task, and no sooner', async () => {
    const space = await waiting(1, { scenario: { steps: [LINKEDIN_STEP] } });
    const tasks = await space.context.stores.tasks();
    expect(await tasks.list({ campaign: null, channel: null }, null)).toEqual([]);
    await approve(space);
    await space.tick();
    expect(space.rows(MESSAGE)).toEqual([{ state: 'awaiting_operator', error: null }]);
    expect(space.rows(ENROLMENT)).toMatchObject([{ hold: 'operator' }]);
    expect(await tasks.list({ campaign: null, channel: null }, null)).toHaveLength(1);
  });

  it('texts of one step wait for one another', async () => {
    const space = await waiting(1, { scenario: { steps: [aStep({ also: ['linkedin'] })] } });
    expect(space.rows('select channel, state from message order by id')).toEqual([
      { channel: 'email', state: 'awaiting_approval' },
      { channel: 'linkedin', state: 'awaiting_approval' },
    ]);
    await approve(space, '1');
    expect(space.rows(ENROLMENT)).toMatchObject([{ next_at: null, hold: 'approval' }]);
    await approve(space, '2');
    expect(await space.tick()).toMatchObject({ sent: { email: 1 } });
    expect(space.rows('select state from message order by id')).toEqual([
      { state: 'sent' },
      { state: 'awaiting_operator' },
    ]);
  });

  it('the time a person took does not make the step too late', async () => {
    const space = await waiting();
    space.setClock(NOW + 14 * DAY);
    await approve(space);
    expect(await space.tick()).toMatchObject({ sent: { email: 1 } });
  });

  it('outside its hours an approved text waits for them', async () => {
    const space = await waiting();
    space.setClock(NOW + 12 * HOUR);
    await approve(space);
    expect(await space.tick()).toMatchObject({ sent: {} });
    space.setClock(NOW + DAY);
    expect(await space.tick()).toMatchObject({ sent: { email: 1 } });
  });

  it.each<[Approval, string[]]>([
    ['all', ['awaiting_approval', 'awaiting_approval']],
    ['first', ['awaiting_approval', 'sent']],
    ['ai', ['sent', 'sent']],
    ['off', ['sent', 'sent']],
  ])(
    'approval "%s" asks for templates: the first and the second touch are then %j',
    async (approval, states) => {
      const steps = [EMAIL_STEP, aStep({ id: 'email-2', wait: '1d' })];
      const space = await waiting(1, { approval, scenario: { steps } });
      expect(space.rows('select state from message')).toEqual([{ state: states[0] }]);
      if (states[0] === 'awaiting_approval') {
        await approve(space);
        await space.tick();
      }
      space.setClock(NOW + DAY);
      await space.tick();
      expect(space.rows("select state from message where step = 'email-2'")).toEqual([{ state: states[1] }]);
    },
  );

  it('is what status names next', async () => {
    const space = await waiting();
    const { context, stderr } = commandIn(space);
    await status(context);
    expect(stderr()).toContain('hector message review');
  });
});

const NOS: [string, (space: Space) => Promise<unknown> | unknown, string][] = [
  ['an answer', (space) => reply(space, false), 'replied'],
  ['an opt-out', (space) => reply(space, true), 'opted_out'],
  [
    'a place on the blacklist',
    (space) => {
      aSuppression(space.connection, 'email', 'claire.durand@firme-1.example');
    },
    'blacklisted',
  ],
];

const reply = (space: Space, optOut: boolean) =>
  addReply(commandIn(space).context, {
    ...{ prospect: '1', text: 'Bonjour', meeting: false, optOut },
    channel: 'email',
    at: null,
  });

describe.each(NOS)('%s', (_, act, reason) => {
  it.each(['before the approval', 'between approval and sending'])(
    '%s keeps the text from going out',
    async (when) => {
      const space = await waiting();
      if (when === 'between approval and sending') await approve(space);
      await act(space);
      if (when === 'before the approval') await approve(space);
      expect(await space.tick()).toMatchObject({ sent: {} });
      expect(space.rows(MESSAGE)).toMatchObject([{ state: 'cancelled' }]);
      expect(space.rows('select reason from enrolment')).toEqual([{ reason }]);
      expect(space.mail.accepted).toHaveLength(0);
    },
  );
});

describe('facts that change', () => {
  /** A list about the one person there is comes in. */
  async function list(space: Space, header: string, cell: string): Promise<void> {
    writeFileSync(
      join(space.folder, 'list.csv'),
      `E-mail;${header}\nclaire.durand@firme-1.example;${cell}\n`,
    );
    await importProspects(commandIn(space, { json: true }).context, 'list.csv', { update: true });
  }
  /** The same person at another firm, known by the profile. */
  async function newAddress(space: Space): Promise<void> {
    const profile = 'https://www.linkedin.com/in/claire-durand-1';
    writeFileSync(join(space.folder, 'new.csv'), `LinkedIn;E-mail\n${profile};claire@ailleurs.example\n`);
    await importProspects(commandIn(space, { json: true }).context, 'new.csv', { update: true });
  }
  const TEXT = {
    ...TEMPLATES,
    'default/email':
      '---\nsubject: Une question\n---\nBonjour {{ first_name }}, {{ title }}.\n\n{{ opt_out }}',
  };

  it.each([
    ['a title', 'Fonction', 'Gérante'],
    ['an address', 'Portable', '06 12 34 56 78'],
    ['a column of the list', 'CA', '3 M'],
  ])('%s takes a waiting text back, and another one waits after the next tick', async (_, header, cell) => {
    const space = await waiting(1, { templates: TEXT });
    space.setClock(NOW + HOUR);
    await list(space, header, cell);
    expect(space.rows('select id from message')).toEqual([]);
    expect(space.rows(ENROLMENT)).toMatchObject([{ next_at: NOW + HOUR, hold: null }]);
    await space.tick();
    expect(space.rows('select id, state from message')).toEqual([{ id: 2, state: 'awaiting_approval' }]);
    expect(space.rows(ENROLMENT)).toMatchObject([{ next_at: null, hold: 'approval' }]);
  });

  it('a text is written anew even when its person was waited for all week', async () => {
    const space = await waiting(1, { templates: TEXT });
    space.setClock(NOW + 9 * DAY);
    await list(space, 'Fonction', 'Gérante');
    expect(await space.tick()).toMatchObject({ skipped: {} });
    expect(space.rows('select state from message')).toEqual([{ state: 'awaiting_approval' }]);
  });

  it('what says nothing in a text leaves it alone', async () => {
    const space = await waiting();
    await list(space, 'Notes', 'rappeler en mai');
    expect(space.rows('select id, state from message')).toEqual([{ id: 1, state: 'awaiting_approval' }]);
  });

  it('an approved text is written anew as well, and waits again', async () => {
    const space = await waiting(1, { templates: TEXT });
    await approve(space);
    await list(space, 'Fonction', 'Gérante');
    expect(await space.tick()).toMatchObject({ sent: {} });
    expect(space.rows('select state, body from message')).toEqual([
      { state: 'awaiting_approval', body: expect.stringContaining('Claire, Gérante.') },
    ]);
    expect(space.mail.accepted).toHaveLength(0);
  });

  it('the text of a person stays for a new title, and goes with the old address', async () => {
    const space = await waiting();
    await editMessage(commandIn(space, { stdin: 'Bonjour, de ma main.' }).context, '1', '-');
    await list(space, 'Fonction', 'Gérante');
    expect(space.rows('select source from message')).toEqual([{ source: 'operator' }]);
    await list(space, 'Portable', '06 12 34 56 78');
    expect(space.rows('select source from message')).toEqual([{ source: 'operator' }]);
    await newAddress(space);
    expect(space.rows('select source from message')).toEqual([]);
  });

  it('leave a ledger that can be proved', async () => {
    const space = await waiting();
    await editMessage(commandIn(space, { stdin: 'Bonjour, de ma main.' }).context, '1', '-');
    await approve(space);
    await newAddress(space);
    expect(space.rows('select type, message_id from event order by id')).toEqual([
      { type: 'edited', message_id: null },
      { type: 'approved', message_id: null },
    ]);
    const { context } = commandIn(space);
    await verify(context, { limit: null });
    expect(context.exitCode).toBe(0);
  });
});
