import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/**
 * The one file that holds everything. Instants are integers, milliseconds since the epoch (UTC). Migrations are
 * generated from here: change this, then `npm run gen`.
 */

/** One row: who this workspace is; part of every idempotency key. */
export const workspace = sqliteTable('workspace', {
  id: integer().primaryKey(),
  uuid: text().notNull(),
  createdAt: integer('created_at').notNull(),
  /** Hex; keys the fingerprints of those whose data were erased. Made with the first of them. */
  fingerprintKey: text('fingerprint_key'),
});

export const importRun = sqliteTable('import_run', {
  id: integer().primaryKey({ autoIncrement: true }),
  file: text().notNull(),
  /** running | done | failed | undone. A run left `running` was interrupted; undo takes it back. */
  status: text().notNull(),
  startedAt: integer('started_at').notNull(),
  finishedAt: integer('finished_at'),
  /** JSON: the column mapping and the counts shown at the end. */
  mapping: text().notNull(),
  counts: text(),
});

export const prospect = sqliteTable(
  'prospect',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    email: text(),
    firstName: text('first_name'),
    lastName: text('last_name'),
    civility: text(),
    company: text(),
    /** `siren:…`, else `domain:…` (never a free-mail domain), else `name:…` folded. */
    companyKey: text('company_key'),
    title: text(),
    phone: text(),
    mobile: text(),
    /** The profile slug; the URL is derived. */
    linkedin: text(),
    companyLinkedin: text('company_linkedin'),
    website: text(),
    siren: text(),
    siret: text(),
    naf: text(),
    city: text(),
    zip: text(),
    country: text(),
    region: text(),
    language: text(),
    timezone: text(),
    industry: text(),
    headcount: text(),
    revenue: text(),
    disc: text(),
    consent: text(),
    notes: text(),
    tags: text(),
    source: text(),
    /** What allows their data to be held: see docs/compliance.md; null: as the workspace has it. */
    legalBasis: text('legal_basis'),
    /** JSON object of unknown columns, or null. */
    custom: text(),
    /** Phone and folded name: the third identity, beside e-mail and LinkedIn slug. */
    phoneKey: text('phone_key'),
    importId: integer('import_id'),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
    /** When their data were erased: the row stays without a fact, so that counts stay right. */
    erasedAt: integer('erased_at'),
  },
  (table) => [
    uniqueIndex('prospect_email').on(table.email).where(sql`email is not null`),
    uniqueIndex('prospect_linkedin').on(table.linkedin).where(sql`linkedin is not null`),
    uniqueIndex('prospect_phone_key').on(table.phoneKey).where(sql`phone_key is not null`),
    index('prospect_company').on(table.companyKey).where(sql`company_key is not null`),
  ],
);

/** What an import overwrote or filled, so that it can be taken back. */
export const importChange = sqliteTable(
  'import_change',
  {
    importId: integer('import_id')
      .notNull()
      .references(() => importRun.id),
    prospectId: integer('prospect_id').notNull(),
    /** JSON objects of the changed columns only. */
    before: text().notNull(),
    after: text().notNull(),
  },
  (table) => [index('import_change_import').on(table.importId)],
);

export const scenarioVersion = sqliteTable(
  'scenario_version',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    slug: text().notNull(),
    name: text().notNull(),
    hash: text().notNull(),
    /** JSON: the scenario and the template sources it names (engine/scenario/scenario.ts ScenarioVersion). */
    body: text().notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [uniqueIndex('scenario_version_hash').on(table.slug, table.hash)],
);

export const campaign = sqliteTable('campaign', {
  id: integer().primaryKey({ autoIncrement: true }),
  /** Compared without case when a person types it. */
  name: text().notNull().unique(),
  scenarioVersionId: integer('scenario_version_id')
    .notNull()
    .references(() => scenarioVersion.id),
  status: text().notNull(),
  mode: text().notNull(),
  objective: text(),
  language: text().notNull(),
  timezone: text().notNull(),
  /** JSON array of ISO days, 1 is Monday. */
  days: text().notNull(),
  hoursFrom: integer('hours_from').notNull(),
  hoursTo: integer('hours_to').notNull(),
  startAt: integer('start_at').notNull(),
  createdAt: integer('created_at').notNull(),
  pausedAt: integer('paused_at'),
  /** JSON array of dates (`2026-12-24`) on which nothing goes out, beside public holidays. */
  daysOff: text('days_off').notNull().default('[]'),
  /** JSON array of the channels that had a provider at its creation: one that lacks it later makes people wait. */
  channels: text(),
  /** Why the bounce shield paused it; null when a person did. */
  pauseReason: text('pause_reason'),
  /** The bounce shield counts from here on: set when a person resumes what it paused. */
  shieldFrom: integer('shield_from'),
  /** Which texts a person must approve: all | first | ai | off. */
  approval: text().notNull().default('off'),
  /** A voice file, or the name of one that comes with hector; null: as the workspace has it. */
  voice: text(),
  /** JSON: touches a day of this campaign alone, by lane (engine/limits/caps.ts), or null for none. */
  caps: text(),
  /** JSON: who signs and sends instead of the sender of the workspace, or null. */
  sender: text(),
});

/** What was answered to the questions of `campaign create`, before it is launched. */
export const campaignDraft = sqliteTable('campaign_draft', {
  id: integer().primaryKey({ autoIncrement: true }),
  name: text().notNull().unique(),
  /** JSON: the answers so far. */
  answers: text().notNull(),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
});

export const enrolment = sqliteTable(
  'enrolment',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    campaignId: integer('campaign_id')
      .notNull()
      .references(() => campaign.id),
    prospectId: integer('prospect_id')
      .notNull()
      .references(() => prospect.id),
    status: text().notNull(),
    /** Why it ended or is paused: a value of the closed lists in engine/plan/plan.ts. */
    reason: text(),
    /** The next step; null once ended. */
    step: text(),
    /** When the engine looks again; null while a person is awaited or after the end. */
    nextAt: integer('next_at'),
    /** Why nothing happens before `next_at`, or whom it waits for. */
    hold: text(),
    /** What the wait of `step` counts from: the previous touch, or when a skipped step was due. */
    anchorAt: integer('anchor_at').notNull(),
    /** When `step` became the next one; lateness counts from its due date or from here, whichever is later. */
    stepAt: integer('step_at').notNull().default(0),
    createdAt: integer('created_at').notNull(),
    endedAt: integer('ended_at'),
  },
  (table) => [
    uniqueIndex('enrolment_once').on(table.campaignId, table.prospectId),
    index('enrolment_prospect').on(table.prospectId),
    // Finished enrolments are not in here, so a tick never scans them. By campaign, so that each gets its turn.
    index('enrolment_due')
      .on(table.campaignId, table.nextAt)
      .where(sql`status = 'active' and next_at is not null`),
    index('enrolment_open').on(table.campaignId, table.status).where(sql`status in ('active', 'paused')`),
    // What keeps people waiting, counted by every `hector status`.
    index('enrolment_held')
      .on(table.hold, table.campaignId)
      .where(sql`status = 'active' and hold is not null`),
  ],
);

/** Outbox row and ledger row at once: one touch of one enrolment at one step on one channel. */
export const message = sqliteTable(
  'message',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    enrolmentId: integer('enrolment_id')
      .notNull()
      .references(() => enrolment.id),
    prospectId: integer('prospect_id').notNull(),
    campaignId: integer('campaign_id').notNull(),
    step: text().notNull(),
    /** Slug of the scenario that `step` is of: a campaign may be given another. */
    scenario: text(),
    channel: text().notNull(),
    kind: text().notNull(),
    state: text().notNull(),
    /** rehearsal | live, copied from the campaign: only live touches count as contacts. */
    mode: text().notNull(),
    subject: text(),
    body: text().notNull(),
    /** JSON: exactly what is handed to the provider, fixed before the first call. */
    envelope: text().notNull(),
    /** Who sends: the address of email.from, the number or service of sms, `linkedin`. Caps are counted by it. */
    sender: text(),
    /** JSON: the hours and the place that the last claim was allowed by, for `hector verify`. */
    allowed: text(),
    /** template | channel_template | claude, and the template's name. */
    source: text().notNull(),
    template: text(),
    /** JSON: how the text came about (engine/ports/writer.ts Writing); null before it was kept. */
    writing: text(),
    /** The facts that the text rests on, hashed: when they have changed, it is written anew. */
    factsKey: text('facts_key'),
    provider: text(),
    providerId: text('provider_id'),
    idempotencyKey: text('idempotency_key'),
    attempts: integer().notNull().default(0),
    error: text(),
    tickId: integer('tick_id'),
    createdAt: integer('created_at').notNull(),
    claimedAt: integer('claimed_at'),
    sentAt: integer('sent_at'),
    /** A task that a person has put off until then. */
    laterAt: integer('later_at'),
    /** When it was last asked whether this invitation was accepted. */
    askedAt: integer('asked_at'),
  },
  (table) => [
    uniqueIndex('message_once').on(table.enrolmentId, table.step, table.channel),
    index('message_prospect').on(table.prospectId, table.sentAt),
    // What caps are counted from.
    index('message_ledger')
      .on(table.sender, table.channel, table.sentAt)
      .where(sql`mode = 'live' and sent_at is not null`),
    // What reports count. Partial, so that a message enters it once, when it has gone out.
    index('message_sent')
      .on(table.campaignId, table.step, table.channel, table.enrolmentId)
      .where(sql`state = 'sent'`),
    // Only calls whose fate is open: a repeat must find all that went out under one key.
    index('message_key').on(table.idempotencyKey).where(sql`idempotency_key is not null and state <> 'sent'`),
    index('message_open')
      .on(table.state)
      .where(
        sql`state in ('draft', 'awaiting_approval', 'ready', 'sending', 'awaiting_operator', 'uncertain')`,
      ),
  ],
);

export const event = sqliteTable(
  'event',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    type: text().notNull(),
    at: integer().notNull(),
    prospectId: integer('prospect_id').notNull(),
    campaignId: integer('campaign_id'),
    enrolmentId: integer('enrolment_id'),
    messageId: integer('message_id'),
    channel: text(),
    /** JSON, or null: a reply's text, the reason of a skip. */
    data: text(),
    /** The provider's own id of this event, so that it is taken once. */
    externalId: text('external_id'),
  },
  (table) => [
    index('event_prospect').on(table.prospectId, table.type),
    index('event_campaign').on(table.campaignId, table.type, table.enrolmentId, table.messageId),
    uniqueIndex('event_external').on(table.externalId).where(sql`external_id is not null`),
  ],
);

export const suppression = sqliteTable(
  'suppression',
  {
    kind: text().notNull(),
    value: text().notNull(),
    reason: text().notNull(),
    source: text().notNull(),
    createdAt: integer('created_at').notNull(),
    /** It forbids nothing from then on; null: for good. */
    expiresAt: integer('expires_at'),
  },
  (table) => [primaryKey({ columns: [table.kind, table.value] })],
);

/** The run log: one row a tick that had something to do. */
export const tick = sqliteTable('tick', {
  id: integer().primaryKey({ autoIncrement: true }),
  startedAt: integer('started_at').notNull(),
  finishedAt: integer('finished_at'),
  host: text().notNull(),
  pid: integer().notNull(),
  /** JSON: the summary (engine/tick/tick.ts TickSummary). */
  summary: text(),
});

/** The caps in force on a day of a sender: what `hector verify` judges that day by. Null: no cap. */
export const senderDay = sqliteTable(
  'sender_day',
  {
    sender: text().notNull(),
    /** email | sms | invitation | linkedin */
    lane: text().notNull(),
    /** In the sender's time zone. */
    date: text().notNull(),
    dayCap: integer('day_cap'),
    weekCap: integer('week_cap'),
  },
  (table) => [primaryKey({ columns: [table.sender, table.lane, table.date] })],
);

/** A live channel whose provider failed several times in a row: left alone until `open_until`. */
export const circuit = sqliteTable('circuit', {
  channel: text().primaryKey(),
  failures: integer().notNull(),
  openUntil: integer('open_until'),
  reason: text().notNull(),
});

/**
 * What Claude has answered, for those who ask the same again: a dry run and the tick after it, `prepare` and the tick
 * that sends. By the hash of everything that went in, so that whatever changes is written anew.
 */
export const textCache = sqliteTable(
  'text_cache',
  {
    key: text().primaryKey(),
    /** Whose facts are in it, so that they can be forgotten. */
    prospectId: integer('prospect_id').notNull(),
    /** JSON: engine/ports/generation.ts CachedAnswer. */
    answer: text().notNull(),
    createdAt: integer('created_at').notNull(),
    expiresAt: integer('expires_at').notNull(),
  },
  (table) => [
    index('text_cache_expires').on(table.expiresAt),
    index('text_cache_prospect').on(table.prospectId),
  ],
);

/** Every paid request to Claude: what budgets and reports count. */
export const modelCall = sqliteTable(
  'model_call',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    at: integer().notNull(),
    /** write | repair | rewrite | disc | batch */
    purpose: text().notNull(),
    campaignId: integer('campaign_id'),
    prospectId: integer('prospect_id'),
    model: text().notNull(),
    inputTokens: integer('input_tokens').notNull(),
    outputTokens: integer('output_tokens').notNull(),
    cacheReadTokens: integer('cache_read_tokens').notNull(),
    cacheWriteTokens: integer('cache_write_tokens').notNull(),
    /** Millionths of a US dollar. */
    cost: integer().notNull(),
    latencyMs: integer('latency_ms').notNull(),
    /** answered, or why not. */
    result: text().notNull(),
  },
  (table) => [
    index('model_call_at').on(table.at, table.cost),
    index('model_call_campaign').on(table.campaignId, table.at, table.cost),
  ],
);

/** Texts asked for at half the price, to be fetched within a day. */
export const textBatch = sqliteTable('text_batch', {
  id: integer().primaryKey({ autoIncrement: true }),
  /** The provider's; null: nobody knows whether it has taken the batch, and under which id. */
  providerId: text('provider_id'),
  /** submitting | submitted | collected | lost */
  status: text().notNull(),
  submittedAt: integer('submitted_at').notNull(),
  expiresAt: integer('expires_at').notNull(),
  collectedAt: integer('collected_at'),
  /** JSON: how many came back, by result; null before. */
  counts: text(),
});

export const textBatchRequest = sqliteTable(
  'text_batch_request',
  {
    /** The `custom_id` of the request. */
    id: text().primaryKey(),
    batchId: integer('batch_id')
      .notNull()
      .references(() => textBatch.id),
    /** Under which the answer is kept in text_cache. */
    key: text().notNull(),
    prospectId: integer('prospect_id').notNull(),
    campaignId: integer('campaign_id'),
    model: text().notNull(),
    /** What it will cost about, in millionths of a US dollar: set aside until it is answered. */
    estimate: integer().notNull(),
    /** How long its answer is of use, UTC ms. */
    keepUntil: integer('keep_until').notNull(),
    /** submitted, answered, or why there is no answer. */
    result: text().notNull(),
  },
  (table) => [
    index('text_batch_request_batch').on(table.batchId),
    // What is under way: not asked for again, and set aside in the budgets.
    index('text_batch_request_open').on(table.key).where(sql`result = 'submitted'`),
    index('text_batch_request_estimate')
      .on(table.campaignId, table.estimate)
      .where(sql`result = 'submitted'`),
  ],
);

/** A DISC profile proposed from title and notes: kept for seven days, or until these have changed. */
export const discProposal = sqliteTable('disc_proposal', {
  prospectId: integer('prospect_id').primaryKey(),
  /** sha256 of title and notes. */
  key: text().notNull(),
  /** JSON: engine/ports/disc.ts DiscProposal; null: nothing to go by. */
  proposal: text(),
  createdAt: integer('created_at').notNull(),
});

/** `tick`: who is ticking; `card:12`: whose session shows person 12; `launch:3`: who takes people into campaign 3. A dead owner is replaced. */
export const lease = sqliteTable('lease', {
  name: text().primaryKey(),
  host: text().notNull(),
  pid: integer().notNull(),
  heartbeatAt: integer('heartbeat_at').notNull(),
});
