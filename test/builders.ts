import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { type Connection, openDatabase } from '../src/db/connection.ts';
import { emptyFacts } from '../src/engine/import/draft.ts';
import type { CampaignCaps } from '../src/engine/limits/campaign-caps.ts';
import type {
  Approval,
  CampaignMode,
  CampaignStatus,
  Channel,
  EnrolmentStatus,
  Language,
  MessageKind,
  MessageState,
  ProspectFacts,
} from '../src/engine/model.ts';
import type { Scenario, Step } from '../src/engine/scenario/scenario.ts';
import type { CampaignSender } from '../src/engine/texts/mailbox.ts';

/** Monday 23 November 2026, 10:00 in Paris. */
export const NOW = Date.UTC(2026, 10, 23, 9, 0, 0);
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

const opened: { connection: Connection; folder: string }[] = [];
afterAll(() => {
  for (const { connection, folder } of opened.splice(0)) {
    connection.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

/** A real database file in a temp folder of its own (`connection.name` is its path); gone after the test file. */
export function testDatabase(now: number = NOW): Connection {
  const folder = mkdtempSync(join(tmpdir(), 'hector-test-'));
  const connection = openDatabase(join(folder, 'hector.db'), now);
  opened.push({ connection, folder });
  return connection;
}

export interface ProspectOverrides extends Partial<ProspectFacts> {
  custom?: Record<string, string>;
  companyKey?: string | null;
  phoneKey?: string | null;
  importId?: number | null;
  createdAt?: number;
}

/** Claire Durand of a firm of her own, reachable on the three channels; each call is another person. */
export function aProspect(connection: Connection, overrides: ProspectOverrides = {}): number {
  const { custom, companyKey, phoneKey, importId, createdAt = NOW, ...facts } = overrides;
  const number = nextId(connection, 'prospect');
  const all: ProspectFacts = {
    ...NO_FACTS,
    email: `claire.durand@firme-${number}.example`,
    first_name: 'Claire',
    last_name: 'Durand',
    company: `Firme ${number}`,
    title: 'Directrice générale',
    mobile: `+336120${String(number).padStart(5, '0')}`,
    linkedin: `claire-durand-${number}`,
    ...facts,
  };
  return insert(connection, 'prospect', {
    ...all,
    custom: custom ? JSON.stringify(custom) : null,
    company_key: companyKey === undefined ? companyKeyOf(all) : companyKey,
    phone_key: phoneKey ?? null,
    import_id: importId ?? null,
    created_at: createdAt,
    updated_at: createdAt,
  });
}

export const NO_FACTS: ProspectFacts = emptyFacts();

const companyKeyOf = ({ siren, email }: ProspectFacts): string | null =>
  siren ? `siren:${siren}` : email ? `domain:${email.split('@')[1]}` : null;

export function aStep(overrides: Partial<Step> = {}): Step {
  return {
    id: 'email-1',
    wait: '0d',
    channel: 'email',
    kind: 'email',
    objective: 'faire connaissance',
    prompt: 'Une question simple.',
    template: 'default/email',
    fallback: [],
    also: [],
    expires: '5d',
    variants: [],
    ...overrides,
  };
}

export function aScenario(overrides: Partial<Scenario> = {}): Scenario {
  return {
    slug: 'essai',
    name: 'Essai',
    description: 'Un scénario pour les tests',
    target: 'dirigeants de PME',
    duration_days: 21,
    language: 'fr',
    stop_on: ['reply', 'meeting', 'opt_out', 'bounce'],
    company_stop: 'reply',
    steps: [aStep(), aStep({ id: 'email-2', wait: '4d', kind: 'follow_up' })],
    ...overrides,
  };
}

export interface CampaignOverrides {
  name?: string;
  scenario?: Partial<Scenario>;
  /** Liquid sources by template name. */
  templates?: Record<string, string>;
  status?: CampaignStatus;
  mode?: CampaignMode;
  objective?: string | null;
  language?: Language;
  timezone?: string;
  days?: number[];
  hoursFrom?: number;
  hoursTo?: number;
  daysOff?: string[];
  startAt?: number;
  createdAt?: number;
  approval?: Approval;
  voice?: string | null;
  caps?: CampaignCaps;
  sender?: CampaignSender | null;
}

/** A running live campaign, Monday to Friday 09:00-18:00 in Paris. */
export function aCampaign(connection: Connection, overrides: CampaignOverrides = {}): number {
  const number = nextId(connection, 'campaign');
  const scenario = aScenario(overrides.scenario);
  const templates = overrides.templates ?? { 'default/email': 'Bonjour,\n\n{{ opt_out }}' };
  const version = insert(connection, 'scenario_version', {
    slug: scenario.slug,
    name: scenario.name,
    hash: `hash-${number}`,
    body: JSON.stringify({ scenario, templates }),
    created_at: overrides.createdAt ?? NOW,
  });
  return insert(connection, 'campaign', {
    name: overrides.name ?? `Campagne ${number}`,
    scenario_version_id: version,
    status: overrides.status ?? 'running',
    paused_at: overrides.status === 'paused' ? NOW : null,
    mode: overrides.mode ?? 'live',
    objective: overrides.objective ?? null,
    language: overrides.language ?? 'fr',
    timezone: overrides.timezone ?? 'Europe/Paris',
    days: JSON.stringify(overrides.days ?? [1, 2, 3, 4, 5]),
    hours_from: overrides.hoursFrom ?? 9 * 60,
    hours_to: overrides.hoursTo ?? 18 * 60,
    days_off: JSON.stringify(overrides.daysOff ?? []),
    start_at: overrides.startAt ?? NOW,
    created_at: overrides.createdAt ?? NOW,
    approval: overrides.approval ?? 'off',
    voice: overrides.voice ?? null,
    caps: overrides.caps ? JSON.stringify(overrides.caps) : null,
    sender: overrides.sender ? JSON.stringify(overrides.sender) : null,
  });
}

export interface EnrolmentOverrides {
  campaignId?: number;
  prospectId?: number;
  status?: EnrolmentStatus;
  reason?: string | null;
  step?: string | null;
  nextAt?: number | null;
  hold?: string | null;
  anchorAt?: number;
  stepAt?: number;
  createdAt?: number;
  endedAt?: number | null;
}

/** Active and due now at its first step, in a campaign and with a person of its own unless given. */
export function anEnrolment(connection: Connection, overrides: EnrolmentOverrides = {}): number {
  const status = overrides.status ?? 'active';
  const open = status === 'active' || status === 'paused';
  const { step, nextAt, endedAt } = overrides;
  return insert(connection, 'enrolment', {
    campaign_id: overrides.campaignId ?? aCampaign(connection),
    prospect_id: overrides.prospectId ?? aProspect(connection),
    status,
    reason: overrides.reason ?? null,
    step: step === undefined ? (open ? 'email-1' : null) : step,
    next_at: nextAt === undefined ? (open ? NOW : null) : nextAt,
    hold: overrides.hold ?? null,
    anchor_at: overrides.anchorAt ?? NOW,
    step_at: overrides.stepAt ?? overrides.anchorAt ?? NOW,
    created_at: overrides.createdAt ?? NOW,
    ended_at: endedAt === undefined ? (open ? null : NOW) : endedAt,
  });
}

export interface MessageOverrides {
  enrolmentId?: number;
  step?: string;
  /** Of the campaign's scenario unless given. */
  scenario?: string;
  channel?: Channel;
  kind?: MessageKind;
  state?: MessageState;
  mode?: CampaignMode;
  subject?: string | null;
  body?: string;
  envelope?: unknown;
  source?: string;
  provider?: string | null;
  providerId?: string | null;
  idempotencyKey?: string | null;
  error?: string | null;
  createdAt?: number;
  claimedAt?: number | null;
  sentAt?: number | null;
  sender?: string | null;
  /** What the claim was allowed by. */
  allowed?: unknown;
  tickId?: number | null;
}

/** An e-mail that is ready to go, of an enrolment of its own unless given. A sent one was sent now. */
export function aMessage(connection: Connection, overrides: MessageOverrides = {}): number {
  const enrolmentId = overrides.enrolmentId ?? anEnrolment(connection);
  const owner = connection
    .prepare<[number], { prospect_id: number; campaign_id: number; mode: string; slug: string }>(
      `select prospect_id, campaign_id, mode, slug from enrolment join campaign on campaign.id = campaign_id
       join scenario_version v on v.id = scenario_version_id where enrolment.id = ?`,
    )
    .get(enrolmentId);
  if (!owner) throw new Error(`no enrolment ${enrolmentId}`);
  const { channel = 'email', state = 'ready', sentAt } = overrides;
  return insert(connection, 'message', {
    enrolment_id: enrolmentId,
    prospect_id: owner.prospect_id,
    campaign_id: owner.campaign_id,
    step: overrides.step ?? 'email-1',
    scenario: overrides.scenario ?? owner.slug,
    channel,
    kind: overrides.kind ?? (channel === 'linkedin' ? 'message' : channel),
    state,
    mode: overrides.mode ?? owner.mode,
    subject: overrides.subject ?? (channel === 'email' ? 'Une question' : null),
    body: overrides.body ?? 'Bonjour Claire',
    envelope: JSON.stringify(overrides.envelope ?? { channel }),
    source: overrides.source ?? 'template',
    provider: overrides.provider ?? null,
    provider_id: overrides.providerId ?? null,
    idempotency_key: overrides.idempotencyKey ?? null,
    error: overrides.error ?? null,
    created_at: overrides.createdAt ?? NOW,
    claimed_at: overrides.claimedAt ?? null,
    sent_at: sentAt === undefined ? (state === 'sent' ? NOW : null) : sentAt,
    sender: overrides.sender ?? null,
    allowed: overrides.allowed === undefined ? null : JSON.stringify(overrides.allowed),
    tick_id: overrides.tickId ?? null,
  });
}

export interface EventOverrides {
  type: string;
  at?: number;
  /** Gives prospect, campaign, enrolment and channel unless those are given. */
  messageId?: number;
  enrolmentId?: number;
  prospectId?: number;
  channel?: Channel | null;
  data?: unknown;
}

export function anEvent(connection: Connection, overrides: EventOverrides): number {
  const message = connection
    .prepare<[number | null], { enrolment_id: number; channel: string }>(
      'select enrolment_id, channel from message where id = ?',
    )
    .get(overrides.messageId ?? null);
  const enrolmentId = overrides.enrolmentId ?? message?.enrolment_id ?? null;
  const enrolment = connection
    .prepare<[number | null], { prospect_id: number; campaign_id: number }>(
      'select prospect_id, campaign_id from enrolment where id = ?',
    )
    .get(enrolmentId);
  return insert(connection, 'event', {
    type: overrides.type,
    at: overrides.at ?? NOW,
    prospect_id: overrides.prospectId ?? enrolment?.prospect_id ?? aProspect(connection),
    campaign_id: enrolment?.campaign_id ?? null,
    enrolment_id: enrolmentId,
    message_id: overrides.messageId ?? null,
    channel: overrides.channel ?? message?.channel ?? null,
    data: overrides.data === undefined ? null : JSON.stringify(overrides.data),
  });
}

export function aSuppression(
  connection: Connection,
  kind: string,
  value: string,
  reason = 'sur demande',
): void {
  connection
    .prepare("insert into suppression (kind, value, reason, source, created_at) values (?, ?, ?, 'test', ?)")
    .run(kind, value, reason, NOW);
}

function nextId(connection: Connection, table: string): number {
  const found = connection
    .prepare<[], { id: number }>(`select coalesce(max(id), 0) + 1 as id from ${table}`)
    .get();
  return found?.id ?? 1;
}

function insert(connection: Connection, table: string, row: Record<string, string | number | null>): number {
  const columns = Object.keys(row);
  const result = connection
    .prepare(`insert into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`)
    .run(...Object.values(row));
  return Number(result.lastInsertRowid);
}
