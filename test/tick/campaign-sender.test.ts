import { describe, expect, it } from 'vitest';
import { editCampaign } from '../../src/commands/campaign/edit.ts';
import { verifyLedger } from '../../src/engine/verify/ledger.ts';
import { aStep, DAY, HOUR, NOW } from '../builders.ts';
import { testContext } from '../context.ts';
import { enrolled, SMS_STEP, TEMPLATES, withProviders } from './providers.ts';
import { settings, type TickWorkspace } from './workspace.ts';

const CLAIRE = { name: 'Claire Martin', email: 'Claire@Agence.example' };
const FROM_CLAIRE = 'Claire Martin <Claire@Agence.example>';
const FROM_HECTOR = 'Hector Martin <hector@nexalis.example>';

const SIGNED = {
  ...TEMPLATES,
  'default/email':
    '---\nsubject: Une question\n---\nBonjour {{ first_name }},\n\n{{ sender.name }}\n{{ sender.title | default: "sans titre" }}\n{{ sender.phone | default: "sans numéro" }}\n{{ sender.company }}\n{{ sender.email }}\n\n{{ opt_out }}',
  'default/sms': 'Bonjour, {{ sender.name }}. {{ opt_out }}',
  'essai/follow-up': '---\nsubject: Encore un mot\n---\nBonjour, {{ sender.name }}.\n\n{{ opt_out }}',
};
const ONE_STEP = { scenario: { steps: [aStep()] }, templates: SIGNED };
const TWO_STEPS = {
  scenario: {
    steps: [
      aStep(),
      aStep({ id: 'email-2', wait: '4d', kind: 'follow_up' as const, template: 'essai/follow-up' }),
    ],
  },
  templates: SIGNED,
};

type Mailed = {
  from: string;
  reply_to?: unknown;
  subject: string;
  text: string;
  headers: Record<string, string>;
};

const mails = ({ mail }: Awaited<ReturnType<typeof withProviders>>): Mailed[] =>
  mail.accepted.map(({ email }) => email as unknown as Mailed);

const edit = (space: TickWorkspace, options: object): Promise<void> => {
  const { context } = testContext({ folder: space.folder, env: space.env });
  return editCampaign(context, 'Ouest', { yes: true, ...options });
};

const unverified = {
  fault: 'answer',
  status: 403,
  body: { statusCode: 403, name: 'validation_error', message: 'The agence.example domain is not verified' },
} as const;

describe('the sender of a campaign', () => {
  it('has its name and address on the envelope, in the text and for answers; others keep theirs', async () => {
    const space = await withProviders();
    enrolled(space, 1, { ...ONE_STEP, sender: CLAIRE });
    enrolled(space, 1, ONE_STEP);
    await space.tick();
    const [claire, hector] = mails(space).sort((a, b) => a.from.localeCompare(b.from));
    expect(claire).toMatchObject({
      from: FROM_CLAIRE,
      reply_to: 'Claire@Agence.example',
      headers: { 'List-Unsubscribe': expect.stringContaining('mailto:Claire@Agence.example?') },
    });
    // Her title and her number are not those of hector.yaml.
    expect(claire?.text).toContain(
      'Claire Martin\nsans titre\nsans numéro\nNexalis\nClaire@Agence.example\n',
    );
    expect(hector).toMatchObject({ from: FROM_HECTOR });
    expect(hector).not.toHaveProperty('reply_to');
    expect(hector?.text).toContain('Hector Martin\nDirecteur associé\n+33 1 84 00 00 00\nNexalis\n');
    expect(space.rows('select sender from message order by sender')).toEqual([
      { sender: 'claire@agence.example' },
      { sender: 'hector@nexalis.example' },
    ]);
  });

  it('who has another address only keeps title and number; answers go where hector.yaml says', async () => {
    const space = await withProviders({
      settings: settings({ email: 'caps: off, spread: false, reply_to: reponses@nexalis.example' }),
    });
    enrolled(space, 1, { ...ONE_STEP, sender: { name: 'Hector Martin', email: 'hm@agence.example' } });
    await space.tick();
    const [mail] = mails(space);
    expect(mail).toMatchObject({
      from: 'Hector Martin <hm@agence.example>',
      reply_to: 'reponses@nexalis.example',
    });
    expect(mail?.text).toContain('Hector Martin\nDirecteur associé\n+33 1 84 00 00 00\n');
  });

  it('signs an SMS, which goes out from the number of the workspace', async () => {
    const space = await withProviders();
    enrolled(space, 1, { scenario: { steps: [SMS_STEP] }, templates: SIGNED, sender: CLAIRE });
    await space.tick();
    expect(space.rows('select sender, body from message')).toMatchObject([
      { sender: 'Nexalis', body: expect.stringContaining('Claire Martin') },
    ]);
  });

  it('goes on in the thread of its own mails', async () => {
    const space = await withProviders();
    enrolled(space, 1, { ...TWO_STEPS, sender: CLAIRE });
    await space.tick();
    space.setClock(NOW + 4 * DAY);
    await space.tick();
    const [first, second] = mails(space);
    expect(first?.headers).not.toHaveProperty('In-Reply-To');
    expect(second).toMatchObject({ from: FROM_CLAIRE, headers: { 'In-Reply-To': expect.any(String) } });
  });
});

describe('the caps of each address', () => {
  const capped = (email: string) =>
    withProviders({ settings: settings({ email: `spread: false, ${email}` }) });

  it('are its own: one that is used up leaves the other its room', async () => {
    const space = await capped('ramp: off, caps: { hour: off, day: 2, week: off }');
    enrolled(space, 5, { ...ONE_STEP, sender: CLAIRE });
    enrolled(space, 5, { ...ONE_STEP, sender: { name: 'Claire', email: 'claire@agence.EXAMPLE' } });
    enrolled(space, 5, ONE_STEP);
    expect(await space.tick()).toMatchObject({ sent: { email: 4 }, waiting: { daily_cap: 11 } });
    const count = (from: string) => mails(space).filter((mail) => mail.from === from).length;
    expect(count(FROM_HECTOR)).toBe(2);
    expect(space.rows("select sender, day_cap from sender_day where lane = 'email' order by sender")).toEqual(
      [
        { sender: 'claire@agence.example', day_cap: 2 },
        { sender: 'hector@nexalis.example', day_cap: 2 },
      ],
    );
    const [store, calendar] = await Promise.all([space.context.stores.verify(), space.context.calendar()]);
    const { checks } = await verifyLedger({ store, calendar, timezone: 'Europe/Paris', limit: 10 });
    expect(checks.flatMap(({ rows }) => rows)).toEqual([]);
  });

  it('that is the one of the workspace are shared with it', async () => {
    const space = await capped('ramp: off, caps: { hour: off, day: 3, week: off }');
    enrolled(space, 5, { ...ONE_STEP, sender: { name: 'Accueil', email: 'HECTOR@nexalis.example' } });
    enrolled(space, 5, ONE_STEP);
    const { sent, own_caps } = await space.tick();
    expect([sent, own_caps]).toEqual([{ email: 3 }, []]);
  });

  it('grow with the days since its own first mail', async () => {
    const space = await capped('caps: { hour: off, day: 10, week: off }, ramp: { 1: 10, 6: 60 }');
    enrolled(space, 1, ONE_STEP);
    await space.tick();
    space.setClock(NOW + DAY);
    enrolled(space, 9, { ...ONE_STEP, sender: CLAIRE });
    enrolled(space, 9, ONE_STEP);
    await space.tick();
    const claire = mails(space).filter(({ from }) => from === FROM_CLAIRE).length;
    expect([claire, mails(space).length - claire]).toEqual([1, 3]);
  });
});

describe('an address that Resend does not know', () => {
  it('keeps its own campaign waiting, in a call of its own, and no other', async () => {
    const space = await withProviders();
    const own = enrolled(space, 3, { ...ONE_STEP, name: 'Ouest', sender: CLAIRE });
    enrolled(space, 3, ONE_STEP);
    space.mail.fail(unverified);
    const { sent, misconfigured } = await space.tick({ concurrency: 1 });
    expect(sent).toEqual({ email: 3 });
    expect(misconfigured.email).toContain('Claire@Agence.example (campaign "Ouest"): Resend refuses (403)');
    expect(mails(space).map(({ from }) => from)).toEqual([FROM_HECTOR, FROM_HECTOR, FROM_HECTOR]);
    expect(
      space.rows(`select state from message where enrolment_id in (${own.join(',')}) and state = 'ready'`),
    ).toHaveLength(3);
    space.setClock(NOW + HOUR);
    expect(await space.tick()).toMatchObject({ sent: { email: 3 }, misconfigured: {} });
  });
});

describe('a campaign that gets another sender', () => {
  it('sends nothing that the one before has signed, whoever wrote or approved it', async () => {
    const space = await withProviders();
    enrolled(space, 4, { ...ONE_STEP, name: 'Ouest', approval: 'all' });
    await space.tick();
    const reviews = await space.context.stores.reviews();
    const [first, second] = await reviews.list({ campaign: null, channel: null, step: null }, null);
    if (!first || !second) throw new Error('no drafts');
    await reviews.approve([first], NOW);
    space.connection
      .prepare("update message set source = 'operator', facts_key = null where id = ?")
      .run(second.messageId);
    await edit(space, { sender: FROM_CLAIRE });
    expect(space.rows('select id from message')).toEqual([]);
    expect(await space.tick()).toMatchObject({ sent: {} });
    expect(space.rows("select count(*) as n from message where state = 'awaiting_approval'")).toEqual([
      { n: 4 },
    ]);
    expect(space.rows("select id from message where body not like '%Claire Martin%'")).toEqual([]);
    await edit(space, { approval: 'off' });
    await reviews.approve(await reviews.list({ campaign: null, channel: null, step: null }, null), NOW);
    await space.tick();
    expect(mails(space).map(({ from }) => from)).toEqual(Array(4).fill(FROM_CLAIRE));
  });

  it('repeats to the byte what may have gone out, and begins threads of its own', async () => {
    const space = await withProviders();
    enrolled(space, 1, { ...TWO_STEPS, name: 'Ouest' });
    space.mail.fail({ fault: 'reset', when: 'after' });
    expect(await space.tick()).toMatchObject({ retried: 1 });
    await edit(space, { sender: FROM_CLAIRE });
    space.setClock(NOW + HOUR);
    expect(await space.tick()).toMatchObject({ sent: { email: 1 } });
    space.setClock(NOW + 7 * DAY);
    await space.tick();
    expect(mails(space)).toMatchObject([
      { from: FROM_HECTOR },
      { from: FROM_CLAIRE, subject: 'Encore un mot' },
    ]);
    expect(mails(space)[1]?.headers).not.toHaveProperty('In-Reply-To');
  });

  it('has those looked at again whom the caps of the one before had put off', async () => {
    const space = await withProviders({
      settings: settings({ email: 'spread: false, ramp: off, caps: { hour: off, day: 1, week: off }' }),
    });
    enrolled(space, 2, { ...ONE_STEP, name: 'Ouest' });
    expect(await space.tick()).toMatchObject({ waiting: { daily_cap: 1 } });
    await edit(space, { sender: FROM_CLAIRE });
    expect(await space.tick()).toMatchObject({ sent: { email: 1 } });
    expect(mails(space).map(({ from }) => from)).toEqual([FROM_HECTOR, FROM_CLAIRE]);
    expect(await (await space.context.stores.campaigns()).senders()).toEqual(['claire@agence.example']);
  });
});
