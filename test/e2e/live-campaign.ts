import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { RESEND_TEST_KEY, type ResendStandIn, start as startResend } from '../stand-ins/resend.ts';
import {
  start as startTwilio,
  TWILIO_TEST_SID,
  TWILIO_TEST_TOKEN,
  type TwilioStandIn,
} from '../stand-ins/twilio.ts';
import { type Gate, startGate } from './gate.ts';
import { MONDAY, type Workspace, workspace, workspaceIn } from './hector.ts';

const SETTINGS = `
sender: { name: Claire Durand, company: Exemple Conseil, email: claire@exemple.example, phone: "+33 1 84 00 00 00" }
data_source: le registre public des entreprises
email: { from: "Claire Durand <claire@exemple.example>", requests_per_second: 1000, caps: off }
sms: { from: Exemple, consent: assumed, opt_out: { fr: "STOP au 36180" }, requests_per_second: 1000, caps: off }
`;

/** Mail, then SMS on the next day. */
const SCENARIO = `slug: deux-canaux
name: Deux canaux
description: Un e-mail, puis un SMS.
target: tests
duration_days: 2
language: fr
steps:
  - { id: mail, wait: 0d, channel: email, kind: email, objective: dire bonjour, prompt: court, length: court, cta: répondre, template: default/email }
  - { id: sms, wait: 1d, channel: sms, kind: sms, objective: rappeler, prompt: court, length: court, cta: appeler, template: default/sms }
`;

/** A live campaign of e-mail and SMS whose providers are stand-ins in this very process. */
export interface LiveCampaign {
  work: Workspace;
  mail: ResendStandIn;
  phone: TwilioStandIn;
  /** Before the e-mails and before the SMS. */
  gates: { mail: Gate; phone: Gate };
  /** The clock of the program and of the providers, UTC ms. */
  clock: { now: number };
}

const open: { close(): Promise<void> }[] = [];
afterAll(async () => {
  for (const server of open.splice(0)) await server.close();
});

const START = Date.parse(MONDAY);

/** @param folder an empty one, if it must lie there */
export async function liveCampaign(people: number, folder?: string): Promise<LiveCampaign> {
  const clock = { now: START };
  const now = () => clock.now;
  const [mail, phone] = await Promise.all([startResend({ now }), startTwilio({ now })]);
  const gates = { mail: await startGate(mail), phone: await startGate(phone) };
  open.push(mail, phone, gates.mail, gates.phone);
  const env = providersEnv(gates);
  const work = folder === undefined ? workspace(SETTINGS, env) : workspaceIn(folder, env);
  if (folder !== undefined) {
    writeFileSync(join(folder, 'hector.yaml'), SETTINGS);
    await work.ok('init');
  }
  const campaign = { work, mail, phone, gates, clock };
  setClock(campaign, START);
  work.write('deux-canaux.yaml', SCENARIO);
  work.write('list.csv', listOf(people));
  await work.ok(
    ...['campaign', 'create', 'Vrai', '--scenario', './deux-canaux.yaml', '--from', 'list.csv', '--live'],
  );
  return campaign;
}

const providersEnv = ({ mail, phone }: LiveCampaign['gates']): Record<string, string> => ({
  RESEND_API_KEY: RESEND_TEST_KEY,
  RESEND_BASE_URL: mail.url,
  TWILIO_ACCOUNT_SID: TWILIO_TEST_SID,
  TWILIO_AUTH_TOKEN: TWILIO_TEST_TOKEN,
  TWILIO_BASE_URL: phone.url,
});

export function setClock({ work, clock }: Pick<LiveCampaign, 'work' | 'clock'>, at: number): void {
  clock.now = at;
  work.env.HECTOR_NOW = new Date(at).toISOString();
}

function listOf(people: number): string {
  const rows = Array.from({ length: people }, (_, index) => {
    const number = String(index).padStart(4, '0');
    return `Anne;Nom${index};p${index}@firme-${index}.example;06 12 34 ${number.slice(0, 2)} ${number.slice(2)};Firme ${index}\n`;
  });
  return `prenom;nom;email;mobile;societe\n${rows.join('')}`;
}

/** Ticks, moving the clock to whatever is due next, until nobody has a date any more. */
export async function runToEnd(campaign: LiveCampaign): Promise<void> {
  for (let ticks = 0; ticks < 40; ticks += 1) {
    await campaign.work.hector('tick');
    const next = nextDate(campaign.work);
    if (next === null) return;
    setClock(campaign, Math.max(campaign.clock.now, next));
  }
  throw new Error(`still not done: ${JSON.stringify(campaign.work.rows('select * from enrolment limit 3'))}`);
}

export const nextDate = ({ rows }: Pick<Workspace, 'rows'>): number | null =>
  rows<{ at: number | null }>("select min(next_at) as at from enrolment where status = 'active'")[0]?.at ??
  null;

/** How often each touch reached its person, by `channel address`. */
export function reached({ mail, phone }: Pick<LiveCampaign, 'mail' | 'phone'>): Map<string, number> {
  const counts = new Map<string, number>();
  const add = (key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const { email } of mail.accepted) add(`email ${/<(.+)>/.exec(String(email.to))?.[1] ?? email.to}`);
  for (const { form } of phone.accepted) add(`sms ${form.To}`);
  return counts;
}

interface LedgerRow {
  state: string;
  touch: string;
}

/** What the ledger says that is not so: twice, recorded but not received, received but not recorded; and `verify`. */
export async function contradictions(campaign: LiveCampaign): Promise<string[]> {
  const { code, stdout } = await campaign.work.hector('verify', '--json');
  const counts = reached(campaign);
  const ledger = campaign.work.rows<LedgerRow>(
    `select m.state, m.channel || ' ' || iif(m.channel = 'email', p.email, p.mobile) as touch
     from message m join prospect p on p.id = m.prospect_id`,
  );
  const twice = [...counts]
    .filter(([, count]) => count > 1)
    .map(([touch, count]) => `${touch}: ${count} times`);
  const wrong = ledger.filter(
    ({ state, touch }) => state !== 'uncertain' && (counts.get(touch) === 1) !== (state === 'sent'),
  );
  const unknown = [...counts.keys()].filter((touch) => !ledger.some((row) => row.touch === touch));
  return [
    ...twice,
    ...wrong.map(({ state, touch }) => `${touch}: ${state}, received ${counts.get(touch) ?? 0} times`),
    ...unknown.map((touch) => `${touch}: received, not in the ledger`),
    ...(code === 0 ? [] : [`verify: ${stdout}`]),
  ];
}
