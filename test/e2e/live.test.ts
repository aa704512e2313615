import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RESEND_TEST_KEY, type ResendStandIn, start as startResend } from '../stand-ins/resend.ts';
import {
  start as startTwilio,
  TWILIO_TEST_SID,
  TWILIO_TEST_TOKEN,
  type TwilioStandIn,
} from '../stand-ins/twilio.ts';
import { until, type Workspace, workspace } from './hector.ts';

const SETTINGS = `
sender: { name: Claire Durand, company: Exemple Conseil, email: claire@exemple.example, phone: "+33 1 84 00 00 00" }
data_source: le registre public des entreprises
email: { from: "Claire Durand <claire@exemple.example>" }
sms: { from: Exemple, consent: assumed, opt_out: { fr: "STOP au 36180" } }
`;
const LIST = `prenom;nom;email;mobile;linkedin;societe
Anne;Bahl;anne@pme.example;06 12 34 56 01;https://www.linkedin.com/in/anne-bahl;Un
Luc;Dam;luc@tpe.example;06 12 34 56 02;https://www.linkedin.com/in/luc-dam;Deux
`;

/** Mail, then LinkedIn, then SMS, a day apart. */
const SCENARIO = `slug: trois-canaux
name: Trois canaux
description: Un message sur chaque canal.
target: tests
duration_days: 4
expected_reply_rate: 0.1
language: fr
steps:
  - { id: mail, wait: 0d, channel: email, kind: email, objective: dire bonjour, prompt: court, length: court, cta: répondre, template: default/email }
  - { id: invitation, wait: 1d, channel: linkedin, kind: invitation, objective: entrer en relation, prompt: court, length: court, cta: accepter, template: default/invitation }
  - { id: sms, wait: 1d, channel: sms, kind: sms, objective: rappeler, prompt: court, length: court, cta: appeler, template: default/sms }
`;

describe('a live campaign on three channels, through the binary', () => {
  let resend: ResendStandIn;
  let twilio: TwilioStandIn;
  let work: Workspace;
  beforeAll(async () => {
    [resend, twilio] = await Promise.all([startResend(), startTwilio()]);
    work = workspace(SETTINGS, {
      RESEND_API_KEY: RESEND_TEST_KEY,
      RESEND_BASE_URL: resend.url,
      TWILIO_ACCOUNT_SID: TWILIO_TEST_SID,
      TWILIO_AUTH_TOKEN: TWILIO_TEST_TOKEN,
      TWILIO_BASE_URL: twilio.url,
    });
    at('2026-11-23T10:00+01:00');
    work.write('trois-canaux.yaml', SCENARIO);
    work.write('list.csv', LIST);
  });
  afterAll(() => Promise.all([resend.close(), twilio.close()]));
  const at = (time: string): void => void Object.assign(work.env, { HECTOR_NOW: time });

  it('each person gets each touch once, on its day; the answer of one ends what is left for that one', async () => {
    const created = await work.ok(
      ...['campaign', 'create', 'Vrai', '--scenario', './trois-canaux.yaml', '--from', 'list.csv'],
    );
    expect(created.stderr).not.toContain('Rehearsal');

    expect(await work.hector('tick')).toMatchObject({ code: 0, stdout: '', stderr: '' });
    expect(await work.hector('tick')).toMatchObject({ code: 0, stdout: '', stderr: '' });
    expect(resend.accepted.flatMap(({ email }) => email.to).sort()).toEqual([
      'Anne Bahl <anne@pme.example>',
      'Luc Dam <luc@tpe.example>',
    ]);
    const [mail] = resend.accepted;
    expect(mail?.email).toMatchObject({
      from: 'Claire Durand <claire@exemple.example>',
      headers: { 'List-Unsubscribe': expect.stringContaining('mailto:') },
      tags: expect.arrayContaining([expect.objectContaining({ name: 'step', value: 'mail' })]),
    });
    expect(String(mail?.email.text)).toContain('le registre public des entreprises');

    at('2026-11-24T10:00+01:00');
    await work.ok('tick');
    const tasks = JSON.parse((await work.ok('task', 'list', '--json')).stdout);
    expect(tasks.map(({ person, step }: { person: string; step: string }) => [person, step])).toEqual([
      ['Anne Bahl', 'invitation'],
      ['Luc Dam', 'invitation'],
    ]);
    await work.ok('task', 'done', ...tasks.map(({ id }: { id: number }) => String(id)));
    await work.ok('reply', 'add', 'anne@pme.example', '--text', 'Pas maintenant');

    at('2026-11-25T10:00+01:00');
    await work.ok('tick');
    expect(twilio.accepted.map(({ form }) => [form.To, form.From])).toEqual([['+33612345602', 'Exemple']]);
    expect(twilio.accepted[0]?.form.Body).toMatch(/STOP au 36180/);
    at('2026-11-26T10:00+01:00');
    await work.ok('tick');
    expect(resend.accepted).toHaveLength(2);
    expect(twilio.accepted).toHaveLength(1);
    const { stdout } = await work.ok('report', 'Vrai', '--json');
    const [{ mode, funnel }] = JSON.parse(stdout).reports;
    expect(mode).toBe('live');
    expect(
      Object.fromEntries(funnel.map(({ stage, count }: { stage: string; count: number }) => [stage, count])),
    ).toMatchObject({ enrolled: 2, contacted: 2, replied: 1, completed: 1 });
  });

  it('a tick killed while the provider answers: the next one repeats with the same key, nobody gets two', async () => {
    at('2026-11-30T10:00+01:00');
    work.write('more.csv', 'prenom;nom;email\nEve;Fay;eve@eti.example\n');
    await work.ok(
      'campaign',
      'create',
      'Autre',
      '--scenario',
      './trois-canaux.yaml',
      '--from',
      'more.csv',
      '--live',
    );
    const [calls, accepted] = [resend.requests.length, resend.accepted.length];
    resend.fail({ fault: 'hang', when: 'after' });
    const { child, ended } = work.start('tick');
    await until('the provider has the message', () => resend.accepted.length > accepted);
    child.kill('SIGKILL');
    await ended;
    expect(JSON.parse((await work.ok('tick', '--json')).stdout)).toMatchObject({
      recovered: { repeated: 1, uncertain: 0 },
    });
    expect(resend.requests.length).toBe(calls + 2);
    expect(resend.accepted).toHaveLength(accepted + 1);
    expect(work.rows("select state from message where step = 'mail' and state <> 'sent'")).toEqual([]);
  });

  it('a rehearsal never calls a provider, even with all keys there', async () => {
    const calls = resend.requests.length + twilio.requests.length;
    work.write('last.csv', 'prenom;nom;email\nGuy;Hue;guy@eti2.example\n');
    await work.ok(
      'campaign',
      'create',
      'Essai',
      '--scenario',
      './trois-canaux.yaml',
      '--from',
      'last.csv',
      '--rehearsal',
    );
    await work.ok('tick', '--campaign', 'Essai');
    expect(resend.requests.length + twilio.requests.length).toBe(calls);
    expect(work.files()).toContain('outbox');
  });
});
