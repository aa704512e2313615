import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { Context } from '../../src/context.ts';
import { type Connection, openDatabase } from '../../src/db/connection.ts';
import type { CampaignCaps } from '../../src/engine/limits/campaign-caps.ts';
import type { TickEngine } from '../../src/engine/tick/pass.ts';
import { createIo } from '../../src/io.ts';
import { aCampaign, anEnrolment, aProspect } from '../builders.ts';
import { RESEND_TEST_KEY } from '../stand-ins/resend.ts';
import { TWILIO_TEST_SID, TWILIO_TEST_TOKEN } from '../stand-ins/twilio.ts';
import { TEMPLATES } from '../tick/providers.ts';
import { Provider } from './provider.ts';
import { SENDERS, type Story, type StoryCaps } from './story.ts';

const settingsOf = ({ caps, maxAttempts }: Story): string => `
sender: { name: Hector Martin, company: Nexalis, email: hector@nexalis.example }
data_source: le registre public des entreprises
email: { from: "Hector Martin <hector@nexalis.example>", caps: ${JSON.stringify(caps ?? 'off')}, ramp: off }
sms: { from: Nexalis, opt_out: { fr: "STOP au 36180", en: "STOP to 36180" }, caps: ${JSON.stringify(caps ?? 'off')} }
tick: { max_attempts: ${maxAttempts} }
`;

/** The workspace of one story: a real base and engine, a clock that can be set, providers that say what they are told. */
export interface World {
  context: Context;
  connection: Connection;
  engine: TickEngine;
  providers: { email: Provider; sms: Provider };
  caps: StoryCaps | null;
  /** By campaign, those that it has for itself. */
  own: ReadonlyMap<number, CampaignCaps>;
  people: number[];
  campaigns: number[];
  now(): number;
  setClock(at: number): void;
  close(): Promise<void>;
}

export async function openWorld(story: Story): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'hector-story-'));
  writeFileSync(join(folder, 'hector.yaml'), settingsOf(story));
  copyFileSync(emptyDatabase(story.start), join(folder, 'hector.db'));
  const context = contextOf(folder, story.start);
  const connection = await context.connection();
  // Only the program dies here, never the machine.
  connection.pragma('synchronous = OFF');
  const setClock = (at: number) => {
    context.env.HECTOR_NOW = new Date(at).toISOString();
  };
  const pass = (ms: number) => setClock(context.now() + ms);
  return {
    context,
    connection,
    caps: story.caps,
    ...fill(connection, story),
    engine: await context.tickEngine(),
    providers: { email: new Provider(true, pass), sms: new Provider(false, pass) },
    now: () => context.now(),
    setClock,
    async close() {
      await context.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

let empty: string | undefined;

/** Migrated once, copied for each story. */
function emptyDatabase(now: number): string {
  if (empty) return empty;
  const folder = mkdtempSync(join(tmpdir(), 'hector-empty-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  empty = join(folder, 'hector.db');
  const connection = openDatabase(empty, now);
  connection.pragma('wal_checkpoint(truncate)');
  connection.close();
  return empty;
}

function contextOf(folder: string, now: number): Context {
  const nowhere = () => new Writable({ write: (_chunk, _encoding, done) => done() });
  const stdin = Object.assign(Readable.from([]), { isTTY: false });
  const env = {
    HECTOR_NOW: new Date(now).toISOString(),
    RESEND_API_KEY: RESEND_TEST_KEY,
    RESEND_BASE_URL: 'http://127.0.0.1:9',
    TWILIO_ACCOUNT_SID: TWILIO_TEST_SID,
    TWILIO_AUTH_TOKEN: TWILIO_TEST_TOKEN,
    TWILIO_BASE_URL: 'http://127.0.0.1:9',
  };
  return new Context({
    io: createIo({ stdin, stdout: nowhere(), stderr: nowhere() }, { env, quiet: true, color: false }),
    env,
    cwd: folder,
    workspaceFlag: folder,
    json: false,
    quiet: true,
  });
}

const ALL_TEMPLATES = {
  ...TEMPLATES,
  'default/email':
    '---\nsubject: Une question\n---\nBonjour {{ first_name }},\n\n{{ sender.name }}\n\n{{ opt_out }}',
  'default/sms': 'Bonjour {{ first_name }}. {{ opt_out }}',
  'default/message': 'Bonjour {{ first_name }}',
  'default/invitation': 'Bonjour {{ first_name }}',
  'default/follow_up': 'Bonjour encore, {{ first_name }}',
};

function fill(connection: Connection, story: Story): Pick<World, 'people' | 'campaigns' | 'own'> {
  const { start } = story;
  const campaigns = story.campaigns.map(
    ({ scenario, days, hours: [hoursFrom, hoursTo], timezone, approval, own, sender }) =>
      aCampaign(connection, {
        scenario,
        templates: ALL_TEMPLATES,
        caps: own,
        sender: SENDERS[sender] ?? null,
        ...{ approval, days, hoursFrom, hoursTo, timezone, startAt: start, createdAt: start },
      }),
  );
  const people = story.people.map((person) => {
    const prospectId = aProspect(connection, { ...person.facts, createdAt: start });
    for (const [index, campaignId] of campaigns.entries())
      if (person.campaigns[index] || (index === 0 && !person.campaigns.includes(true)))
        anEnrolment(connection, {
          campaignId,
          prospectId,
          step: 'step-0',
          ...{ nextAt: start, anchorAt: start, stepAt: start, createdAt: start },
        });
    return prospectId;
  });
  const own = new Map(campaigns.map((id, index) => [id, story.campaigns[index]?.own ?? {}]));
  return { people, campaigns, own };
}
