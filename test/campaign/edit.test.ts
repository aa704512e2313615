import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { editCampaign } from '../../src/commands/campaign/edit.ts';
import type { EditOptions } from '../../src/commands/campaign/edit-asked.ts';
import { showCampaign } from '../../src/commands/campaign/show.ts';
import type { Connection } from '../../src/db/connection.ts';
import { type EditPlan, planEdit } from '../../src/db/edit-plan.ts';
import { takeLease } from '../../src/db/tick/lease.ts';
import { reportOf } from '../../src/engine/report.ts';
import type { Step } from '../../src/engine/scenario/scenario.ts';
import {
  aCampaign,
  aMessage,
  anEnrolment,
  aProspect,
  aStep,
  DAY,
  type EnrolmentOverrides,
  HOUR,
  NOW,
} from '../builders.ts';
import { type ContextOverrides, testContext } from '../context.ts';
import { enrolmentNow, messageNow, typesOf } from '../people/rows.ts';
import { silent } from '../prompter.ts';

const OLD: Partial<Step>[] = [
  { id: 'un' },
  { id: 'deux', wait: '4d' },
  { id: 'trois', wait: '3d' },
  { id: 'quatre', wait: '5d' },
];

/** A campaign of four mails, and the file that it may be changed to. */
async function workspace(overrides: ContextOverrides = {}) {
  const test = testContext(overrides);
  const connection = await test.context.connection();
  const campaignId = aCampaign(connection, {
    name: 'Ouest',
    mode: 'rehearsal',
    scenario: { steps: OLD.map((step) => aStep(step)) },
  });
  const file = join(test.folder, 'ouest.yaml');
  return {
    ...test,
    connection,
    campaignId,
    person: (enrolment: EnrolmentOverrides) => anEnrolment(connection, { campaignId, ...enrolment }),
    edit: (options: Partial<EditOptions>) => editCampaign(test.context, 'ouest', { yes: false, ...options }),
    scenario: (...steps: (string | Partial<Step>)[]): { scenario: string } => {
      writeFileSync(file, yaml(steps.map((step) => (typeof step === 'string' ? { id: step } : step))));
      return { scenario: file };
    },
    now: (id: number) => enrolmentNow(connection, id),
    version: () =>
      connection
        .prepare<[], string>(
          `select group_concat(json_extract(value, '$.id'), ' ') from campaign
           join scenario_version v on v.id = scenario_version_id, json_each(body, '$.scenario.steps') where campaign.name = 'Ouest'`,
        )
        .pluck()
        .get(),
  };
}

const yaml = (steps: Partial<Step>[]): string =>
  JSON.stringify({
    slug: 'ouest',
    name: 'Essai',
    description: 'Un scénario pour les tests',
    target: 'dirigeants de PME',
    duration_days: 21,
    steps: steps.map((step) => ({ ...aStep({ wait: '3d', ...step }) })),
  });

describe('campaign edit without --yes', () => {
  it('shows steps and people, writes nothing, and says how to apply it', async () => {
    const { connection, edit, person, scenario, stdout, stderr, version, now } = await workspace();
    const second = person({ step: 'deux', nextAt: NOW + DAY, hold: 'not_yet_due' });
    aMessage(connection, { enrolmentId: second, step: 'un', state: 'sent' });
    const before = now(second);
    await edit(scenario('un', 'trois', 'cinq', { id: 'quatre', wait: '6d' }));
    expect(stdout()).toContain('-\tdeux\t4d\temail\t1\tremoved');
    expect(stdout()).toContain('+\tcinq\t3d\temail\t0\tadded');
    expect(stdout()).toContain('~\tquatre\t6d\temail\t0\twait');
    expect(stdout()).toContain('From deux to trois: 1 person');
    expect(stderr()).toMatch(
      /Nothing was changed\. To apply: hector campaign edit Ouest --scenario \S+ouest\.yaml --yes --workspace \S+\n$/,
    );
    expect(now(second)).toEqual(before);
    expect(version()).toBe('un deux trois quatre');
  });

  it('on a terminal it asks', async () => {
    const confirm = (yes: boolean) => ({
      prompter: {
        ...silent,
        confirm: async () => yes,
      },
    });
    for (const yes of [false, true]) {
      const { edit, scenario, version } = await workspace({
        columns: 100,
        interactive: true,
        ...confirm(yes),
      });
      await edit(scenario('un'));
      expect(version()).toBe(yes ? 'un' : 'un deux trois quatre');
    }
  });

  it('changes only what was asked for: what another operator has changed meanwhile stays', async () => {
    const { edit, folder, connection } = await workspace();
    await edit({ hours: '9h-12h', yes: true });
    const prompter = {
      ...silent,
      async confirm() {
        const other = testContext({ folder });
        const meanwhile = { approval: 'all' as const, hours: '10h-16h', caps: 'email=7', yes: true };
        await editCampaign(other.context, 'Ouest', meanwhile);
        return true;
      },
    };
    const asking = testContext({ folder, interactive: true, columns: 100, prompter });
    await editCampaign(asking.context, 'Ouest', { days: 'lun-jeu', name: 'Est', yes: false });
    expect(
      connection.prepare('select name, approval, days, hours_from, hours_to, caps from campaign').get(),
    ).toEqual({
      name: 'Est',
      approval: 'all',
      ...{ days: '[1,2,3,4]', hours_from: 600, hours_to: 960, caps: '{"email":7}' },
    });
  });

  it('says so when nothing would change', async () => {
    const { edit, stderr, stdout } = await workspace();
    await edit({ days: 'lun-ven', hours: '9h-18h', yes: true });
    expect(stderr()).toContain('Nothing was changed.');
    expect(stdout()).toBe('');
  });

  it.each<[string, Partial<EditOptions>, RegExp]>([
    ['nothing to change', {}, /say what is to change/],
    ['a language', { language: 'en' }, /language of a campaign does not change/],
    ['a day that is none', { days: 'lun-vend' }, /--days.*"vend" is no day/],
    ['a day off that is none', { daysOff: '31/02/2027' }, /--days-off.*no date/],
    ['an empty name', { name: ' ' }, /1 to 80 characters/],
    ['a name that is taken', { name: 'EST' }, /a campaign "Est" exists already/],
    ['a scenario that is not there', { scenario: 'conexion-douce' }, /did you mean/],
  ])('refuses %s', async (_, options, line) => {
    const { connection, edit } = await workspace();
    aCampaign(connection, { name: 'Est' });
    await expect(edit({ ...options, yes: true })).rejects.toThrow(line);
  });

  it('refuses a scenario with errors by the first of them', async () => {
    const { edit, scenario, version } = await workspace();
    const bad = scenario('un', { id: 'deux', when: { accepted: true } });
    await expect(edit({ ...bad, yes: true })).rejects.toMatchObject({
      message: expect.stringMatching(/ouest\.yaml:\d+:\d+ .+ \([a-z-]+\)$/),
      next: expect.stringContaining('hector scenario lint '),
    });
    expect(version()).toBe('un deux trois quatre');
  });
});

describe('campaign edit --scenario --yes', () => {
  it('moves who stands at a step that is gone, keeps what was sent, and leaves those who have ended', async () => {
    const { connection, edit, person, scenario, now, version, stdout } = await workspace();
    const here = person({ step: 'un' });
    const moved = person({ step: 'deux', nextAt: NOW + DAY, hold: 'not_yet_due' });
    const sent = aMessage(connection, { enrolmentId: moved, step: 'un', state: 'sent' });
    const over = person({ status: 'completed' });
    const paused = person({ step: 'deux', status: 'paused', nextAt: NOW + DAY });
    aMessage(connection, { enrolmentId: paused, step: 'un', state: 'sent' });
    await edit({ ...scenario('un', 'trois', 'quatre'), yes: true });
    expect(version()).toBe('un trois quatre');
    expect(now(here)).toMatchObject({ step: 'un', status: 'active' });
    expect(now(moved)).toMatchObject({ step: 'trois', hold: 'not_yet_due' });
    // Three days from the touch that was sent, not from the change.
    expect(now(moved)?.next_at).toBeGreaterThanOrEqual(NOW + 3 * DAY);
    expect(now(paused)).toMatchObject({ step: 'trois', status: 'paused' });
    expect(now(over)).toMatchObject({ status: 'completed', step: null });
    expect(messageNow(connection, sent)).toBe('sent');
    expect(stdout()).toContain('From deux to trois: 2 people');
  });

  it('ends it for those who have nothing left', async () => {
    const { connection, edit, person, scenario, now, stdout } = await workspace();
    const prospectId = aProspect(connection);
    const last = person({ prospectId, step: 'quatre', nextAt: NOW + DAY });
    for (const step of ['un', 'deux', 'trois'])
      aMessage(connection, { enrolmentId: last, step, state: 'sent' });
    await edit({ ...scenario('un', 'deux', 'trois'), yes: true });
    expect(now(last)).toMatchObject({ status: 'completed', step: null, next_at: null, ended_at: NOW });
    expect(typesOf(connection, prospectId)).toEqual(['completed']);
    expect(stdout()).toContain('From quatre to the end: 1 person');
  });

  it('cancels what was not sent of a step that is gone, and lets its people go on', async () => {
    const { connection, edit, person, scenario, now, stdout } = await workspace();
    const held = person({ step: 'deux', nextAt: null, hold: 'operator' });
    const task = aMessage(connection, {
      enrolmentId: held,
      step: 'deux',
      channel: 'linkedin',
      state: 'awaiting_operator',
    });
    const ready = aMessage(connection, { enrolmentId: person({ step: 'deux' }), step: 'deux' });
    const written = aMessage(connection, { enrolmentId: person({ step: 'trois' }), step: 'trois' });
    await edit({ ...scenario('un', { id: 'trois', wait: '2d' }, 'quatre'), yes: true });
    expect(messageNow(connection, task)).toBe('cancelled: the step was taken out of the scenario');
    expect(messageNow(connection, ready)).toContain('cancelled');
    expect(messageNow(connection, written)).toBe('ready');
    expect(now(held)).toMatchObject({ step: 'trois', hold: 'not_yet_due' });
    expect(stdout()).toContain('Cancelled, not sent: 2 messages of steps taken out');
    expect(stdout()).toContain('Kept as written: 1 text of changed steps');
  });

  it('leaves a call that may have arrived to settle, and waits from now', async () => {
    const { connection, edit, person, scenario, now } = await workspace({ now: NOW + 10 * DAY });
    const flying = person({ step: 'deux', nextAt: NOW });
    const messages = [
      aMessage(connection, { enrolmentId: flying, step: 'deux', state: 'sending', idempotencyKey: 'k1' }),
      aMessage(connection, { enrolmentId: flying, step: 'deux', channel: 'sms', idempotencyKey: 'k2' }),
    ];
    await edit({ ...scenario('un', 'trois'), yes: true });
    expect(messages.map((id) => messageNow(connection, id))).toEqual(['sending', 'ready']);
    expect(now(flying)).toMatchObject({ step: 'trois', hold: 'not_yet_due' });
    expect(now(flying)?.next_at).toBeGreaterThanOrEqual(NOW + 13 * DAY - HOUR);
  });

  it('gives those who wait a new date when the wait of their step changes', async () => {
    const { edit, person, scenario, now, stdout } = await workspace();
    const one = person({ step: 'deux', anchorAt: NOW - DAY, nextAt: NOW + 3 * DAY, hold: 'not_yet_due' });
    const retry = person({
      step: 'deux',
      anchorAt: NOW - DAY,
      nextAt: NOW + 3 * DAY,
      hold: 'provider_retry',
    });
    await edit({ ...scenario('un', { id: 'deux', wait: '2d' }, 'trois', 'quatre'), yes: true });
    expect(now(one)?.next_at).toBeLessThan(NOW + 2 * DAY);
    expect(now(retry)?.next_at).toBe(NOW + 3 * DAY);
    expect(stdout()).toContain('Another date: 1 person');
  });

  it('refuses to make a channel that was used one beside its step', async () => {
    const { connection, edit, person, scenario, version } = await workspace();
    aMessage(connection, { enrolmentId: person({ step: 'deux' }), step: 'un', state: 'sent' });
    const swapped = scenario(
      { id: 'un', channel: 'linkedin', kind: 'message', template: 'default/message', also: ['email'] },
      'deux',
    );
    await expect(edit({ ...swapped, yes: true })).rejects.toThrow(/step "un" was sent by email/);
    expect(version()).toBe('un deux trois quatre');
  });

  it('waits for a tick to be done', async () => {
    const { connection, edit, version } = await workspace();
    takeLease(connection, { host: 'another-machine', pid: 1 });
    await expect(edit({ scenario: 'connexion-douce', yes: true })).rejects.toThrow(/a tick is at work/);
    expect(version()).toBe('un deux trois quatre');
  });

  it('plans anew only who has changed between the look and the change', async () => {
    const { connection, context, campaignId, person, scenario } = await workspace();
    const ids = [1, 2, 3].map(() => person({ step: 'deux', nextAt: NOW + DAY, hold: 'not_yet_due' }));
    const loaded = await (await context.library()).load(scenario('un', 'trois').scenario);
    const { policies } = await context.tickEngine();
    const campaign = await (await context.stores.campaigns()).find('Ouest');
    const look = (before: EditPlan | null) =>
      planEdit(connection, campaignId, { ...campaign, loaded }, policies, NOW, before);
    const before = look(null);
    connection.prepare("update enrolment set status = 'paused' where id = ?").run(ids[0]);
    connection.prepare("update enrolment set status = 'replied', step = null where id = ?").run(ids[1]);
    const again = look(before);
    expect(again.changes.map(({ id }) => id).sort()).toEqual([ids[0], ids[2]]);
    expect(again.changes.find(({ id }) => id === ids[0])?.to).toMatchObject({ step: 'trois', hold: null });
    expect(again.changes).toContain(before.changes[2]);
    expect(again.moved).toEqual([{ from: 'deux', to: 'trois', people: 2 }]);
  });

  it('keeps a step that is gone in the report', () => {
    const campaign = {
      id: 1,
      name: 'Ouest',
      scenario: 'Essai',
      status: 'running',
      mode: 'live',
      steps: ['b'],
    } as const;
    const sent = { campaignId: 1, step: 'a', channel: 'email', sent: 3, delivered: 2, replied: 1 } as const;
    const [report] = reportOf([{ ...campaign, steps: ['b'] }], new Map(), [sent], new Map());
    expect(report?.campaigns[0]?.steps.map(({ step, sent: n }) => [step, n])).toEqual([
      ['b', 0],
      ['a', 3],
    ]);
  });
});

describe('campaign edit of hours and days', () => {
  it('plans anew those who wait for a date, and nobody else', async () => {
    const { connection, edit, person, now, stdout } = await workspace();
    // Tuesday, 10:00 in Paris.
    const at = NOW + DAY;
    const waits = person({ step: 'deux', anchorAt: NOW - 3 * DAY, nextAt: at, hold: 'not_yet_due' });
    const asked = person({ step: 'deux', nextAt: at, hold: 'provider_retry' });
    const held = person({ step: 'un', nextAt: null, hold: 'operator' });
    aMessage(connection, { enrolmentId: held, channel: 'linkedin', step: 'un', state: 'awaiting_operator' });
    const paused = person({ step: 'deux', status: 'paused', nextAt: at, hold: 'not_yet_due' });
    await edit({ daysOff: '24/11/2026..25/11/2026', yes: true });
    // Thursday morning: closed on Tuesday and Wednesday.
    expect(now(waits)).toMatchObject({ hold: 'not_yet_due' });
    expect(now(waits)?.next_at).toBeGreaterThanOrEqual(Date.UTC(2026, 10, 26, 8));
    expect(now(asked)?.next_at).toBe(at);
    expect(now(held)?.next_at).toBeNull();
    expect(now(paused)?.next_at).toBe(at);
    expect(stdout()).toContain('days_off: none -> 2026-11-24, 2026-11-25');
    expect(stdout()).toContain('Another date: 1 person');
  });

  it('wakes those whose window never opened', async () => {
    const { edit, person, now } = await workspace();
    const never = person({ step: 'un', nextAt: NOW + DAY, hold: 'window_never_opens' });
    await edit({ hours: '8h-19h', yes: true });
    expect(now(never)).toMatchObject({ next_at: NOW, hold: null });
  });

  it('changes name, objective and zone, and takes days off away with an empty text', async () => {
    const { connection, edit, campaignId } = await workspace();
    await edit({ daysOff: '2026-12-24', yes: true });
    await edit({
      name: 'Grand Ouest',
      objective: ' Un échange ',
      timezone: 'europe/brussels',
      daysOff: '',
      yes: true,
    });
    expect(
      connection
        .prepare('select name, objective, timezone, days_off from campaign where id = ?')
        .get(campaignId),
    ).toEqual({
      name: 'Grand Ouest',
      objective: 'Un échange',
      timezone: 'Europe/Brussels',
      days_off: '[]',
    });
  });
});

describe('caps and sender', () => {
  const columns = (connection: Connection) =>
    connection.prepare("select caps, sender from campaign where name = 'Ouest'").get();

  it('are shown as they were and will be, stored, and taken away', async () => {
    const { edit, connection, stdout, stderr } = await workspace();
    await edit({ caps: 'invitation=10 email=40', sender: 'Claire Martin <claire@nexalis.example>' });
    expect(stdout()).toContain('caps: none -> email=40 invitation=10');
    expect(stdout()).toContain('sender: none -> Claire Martin <claire@nexalis.example>');
    expect(stderr()).toContain(
      "hector campaign edit Ouest --caps 'invitation=10 email=40' --sender 'Claire Martin <claire@nexalis.example>' --yes",
    );
    expect(columns(connection)).toEqual({ caps: null, sender: null });
    await edit({ caps: 'email=40', sender: 'Claire Martin <claire@nexalis.example>', yes: true });
    expect(columns(connection)).toEqual({
      caps: '{"email":40}',
      sender: '{"name":"Claire Martin","email":"claire@nexalis.example"}',
    });
    await edit({ name: 'Ouest', objective: 'autre', yes: true });
    expect(columns(connection)).toMatchObject({ caps: '{"email":40}' });
    await edit({ caps: 'off', sender: '', yes: true });
    expect(columns(connection)).toEqual({ caps: null, sender: null });
  });

  it('say what a cap closes, and which one holds nothing back', async () => {
    const { edit, stderr } = await workspace();
    await edit({ caps: 'email=0 sms=5' });
    expect(stderr()).toContain('email=0: no e-mail goes out in this campaign');
    expect(stderr()).toContain('sms=5 holds nothing back: no step of its scenario needs it.');
    await edit({ caps: 'email=0 sms=5', yes: true });
    const before = stderr().length;
    await edit({ objective: 'autre', yes: true });
    expect(stderr().slice(before)).not.toContain('email=0');
  });

  it.each([
    [{ caps: 'emial=4' }, /--caps: "emial".*did you mean "email"/],
    [{ sender: 'claire@nexalis.example' }, /--sender: "claire@nexalis\.example" is no sender/],
  ])('%j is a mistake of whoever typed it', async (options, why) => {
    const { edit, connection } = await workspace();
    await expect(edit({ ...options, yes: true })).rejects.toThrow(why);
    expect(columns(connection)).toEqual({ caps: null, sender: null });
  });

  it('say whom they let go on, and which texts are written anew', async () => {
    const { edit, person, connection, stdout, now } = await workspace();
    const later = NOW + DAY;
    const capped = [
      person({ step: 'un', hold: 'campaign_cap', nextAt: later }),
      person({ step: 'un', hold: 'campaign_cap', nextAt: later }),
    ];
    const others = [
      person({ step: 'un', hold: 'daily_cap', nextAt: later }),
      person({ step: 'un', hold: 'spacing', nextAt: later }),
    ];
    aMessage(connection, { enrolmentId: others[1] ?? 0, step: 'un', source: 'operator' });
    await edit({ caps: 'email=40' });
    expect(stdout()).toContain('Another date: 2 people');
    await edit({ caps: 'email=40', yes: true });
    expect([...capped, ...others].map((id) => (now(id)?.next_at ?? 0) <= NOW)).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(now(capped[0] ?? 0)).toMatchObject({ hold: 'campaign_cap', step: 'un' });
    await edit({ sender: 'Claire Martin <claire@nexalis.example>', yes: true });
    expect(stdout()).toContain('Written anew: 1 text');
    expect(others.map((id) => (now(id)?.next_at ?? 0) <= NOW)).toEqual([true, false]);
  });

  it('stand in campaign show', async () => {
    const { edit, context, stdout } = await workspace({ columns: 120 });
    await edit({ caps: 'email=40', sender: 'Claire Martin <claire@nexalis.example>', yes: true });
    await showCampaign(context, 'Ouest');
    expect(stdout()).toMatch(/Sender: +Claire Martin <claire@nexalis\.example>\n/);
    expect(stdout()).toMatch(/Caps: +email=40 \(touches a day of this campaign\)\n/);
  });
});
