import type { Config } from './config.ts';
import type { Connection } from './db/connection.ts';
import type { Calendar } from './engine/dates/calendar.ts';
import type { DraftStore } from './engine/ports/ahead.ts';
import type { BatchStore } from './engine/ports/batches.ts';
import type { BlacklistImports } from './engine/ports/blacklist.ts';
import type { CampaignDraftStore } from './engine/ports/campaign-drafts.ts';
import type { CampaignEditor } from './engine/ports/campaign-edits.ts';
import type { CampaignEnds } from './engine/ports/campaign-ends.ts';
import type { CampaignStore, Enroller } from './engine/ports/campaigns.ts';
import type { ExplainStore } from './engine/ports/explain.ts';
import type { GdprStore } from './engine/ports/gdpr.ts';
import type { GenerationStore } from './engine/ports/generation.ts';
import type { ImportStore } from './engine/ports/imports.ts';
import type { LinkedinStore } from './engine/ports/linkedin.ts';
import type { LinkedinSessionStore } from './engine/ports/linkedin-session.ts';
import type { MessageStore } from './engine/ports/messages.ts';
import type { PeopleStore, ReplyStore, SuppressionStore } from './engine/ports/people.ts';
import type { Mover, PeopleChanges } from './engine/ports/people-changes.ts';
import type { ReportStore } from './engine/ports/report.ts';
import type { ReviewStore } from './engine/ports/review.ts';
import type { RosterStore } from './engine/ports/roster.ts';
import type { StatusStore } from './engine/ports/status.ts';
import type { TaskStore } from './engine/ports/tasks.ts';
import type { TickStore } from './engine/ports/ticks.ts';
import type { VerifyStore } from './engine/ports/verify.ts';
import type { TickEngine } from './engine/tick/pass.ts';

/** What a store needs; the context has it. */
interface StoreParts {
  connection(): Promise<Connection>;
  config(): Promise<Config>;
  calendar(): Promise<Calendar>;
  tickEngine(): Promise<TickEngine>;
  now(): number;
  readonly owner: { host: string; pid: number };
}

/** Every store on the workspace's database. Each is loaded when it is first asked for. */
export class Stores {
  readonly #parts: StoreParts;

  constructor(parts: StoreParts) {
    this.#parts = parts;
  }

  async batches(): Promise<BatchStore> {
    const { createBatchStore } = await import('./db/batch-store.ts');
    const { ai } = await this.#parts.config();
    return createBatchStore(await this.#parts.connection(), ai.cache.entries);
  }

  async drafts(): Promise<DraftStore> {
    const { createDraftStore } = await import('./db/draft-store.ts');
    return createDraftStore(await this.#parts.connection());
  }

  async generations(): Promise<GenerationStore> {
    const { createGenerationStore } = await import('./db/generation-store.ts');
    const { ai } = await this.#parts.config();
    return createGenerationStore(await this.#parts.connection(), ai.cache.entries);
  }

  async campaigns(): Promise<CampaignStore> {
    const { createCampaignStore } = await import('./db/campaign-store.ts');
    return createCampaignStore(await this.#parts.connection(), this.#parts.owner);
  }

  async campaignDrafts(): Promise<CampaignDraftStore> {
    const { createCampaignDraftStore } = await import('./db/campaign-draft-store.ts');
    return createCampaignDraftStore(await this.#parts.connection());
  }

  async campaignEnds(): Promise<CampaignEnds> {
    const { createCampaignEnds } = await import('./db/campaign-ends.ts');
    return createCampaignEnds(await this.#parts.connection(), this.#parts.owner);
  }

  /** Who would be in a campaign that does not exist yet. */
  async roster(): Promise<RosterStore> {
    const { createRosterStore } = await import('./db/roster-store.ts');
    return createRosterStore(await this.#parts.connection(), () => this.#parts.now());
  }

  async imports(): Promise<ImportStore> {
    const { createImportStore } = await import('./db/import-store.ts');
    return createImportStore(await this.#parts.connection());
  }

  async ticks(): Promise<TickStore> {
    const { createTickStore } = await import('./db/tick/tick-store.ts');
    return createTickStore(await this.#parts.connection(), async () => (await this.#parts.config()).shield);
  }

  async tasks(): Promise<TaskStore> {
    const { createTaskStore } = await import('./db/task/task-store.ts');
    return createTaskStore(await this.#parts.connection(), () => this.#parts.now());
  }

  async linkedinSession(): Promise<LinkedinSessionStore> {
    const { createSessionStore } = await import('./db/task/session-store.ts');
    return createSessionStore(await this.#parts.connection());
  }

  async reviews(): Promise<ReviewStore> {
    const { createReviewStore } = await import('./db/review-store.ts');
    return createReviewStore(await this.#parts.connection(), () => this.#parts.now());
  }

  async linkedin(): Promise<LinkedinStore> {
    const { createLinkedinStore } = await import('./db/linkedin-store.ts');
    return createLinkedinStore(await this.#parts.connection());
  }

  async messages(): Promise<MessageStore> {
    const { createMessageStore } = await import('./db/message-store.ts');
    return createMessageStore(await this.#parts.connection());
  }

  async report(): Promise<ReportStore> {
    const { createReportStore } = await import('./db/report-store.ts');
    return createReportStore(await this.#parts.connection());
  }

  async status(): Promise<StatusStore> {
    const { createStatusStore } = await import('./db/status-store.ts');
    return createStatusStore(await this.#parts.connection());
  }

  async explain(): Promise<ExplainStore> {
    const { createExplainStore } = await import('./db/explain-store.ts');
    return createExplainStore(await this.#parts.connection(), () => this.#parts.now());
  }

  async verify(): Promise<VerifyStore> {
    const { createVerifyStore } = await import('./db/verify-store.ts');
    return createVerifyStore(await this.#parts.connection());
  }

  async people(): Promise<PeopleStore> {
    const { createPeopleStore } = await import('./db/people-store.ts');
    return createPeopleStore(await this.#parts.connection(), () => this.#parts.now());
  }

  async peopleChanges(): Promise<PeopleChanges> {
    const { createPeopleChanges } = await import('./db/people/changes-store.ts');
    return createPeopleChanges(await this.#parts.connection());
  }

  async mover(): Promise<Mover> {
    const [{ createMover }, { startAt }] = await Promise.all([
      import('./db/people/mover.ts'),
      import('./engine/enrol.ts'),
    ]);
    const [connection, calendar, { country }] = await Promise.all([
      this.#parts.connection(),
      this.#parts.calendar(),
      this.#parts.config(),
    ]);
    return createMover(connection, (campaign, step, prospect, at) =>
      startAt(campaign, step, prospect, calendar, { country, ...at }),
    );
  }

  async suppressions(): Promise<SuppressionStore> {
    const { createSuppressionStore } = await import('./db/suppression-store.ts');
    return createSuppressionStore(await this.#parts.connection(), () => this.#parts.now());
  }

  async gdpr(): Promise<GdprStore> {
    const { createGdprStore } = await import('./db/gdpr/gdpr-store.ts');
    return createGdprStore(await this.#parts.connection(), this.#parts.owner);
  }

  async blacklistImports(): Promise<BlacklistImports> {
    const { createBlacklistImports } = await import('./db/suppression-import.ts');
    return createBlacklistImports(await this.#parts.connection());
  }

  async replies(): Promise<ReplyStore> {
    const { createReplyStore } = await import('./db/reply-store.ts');
    return createReplyStore(await this.#parts.connection());
  }

  async campaignEditor(): Promise<CampaignEditor> {
    const [{ createCampaignEditor }, { policies, limits }, connection] = await Promise.all([
      import('./db/campaign-edit.ts'),
      this.#parts.tickEngine(),
      this.#parts.connection(),
    ]);
    return createCampaignEditor(connection, policies, this.#parts.owner, limits.zone);
  }

  async enroller(): Promise<Enroller> {
    const [{ createEnroller }, { startOf }] = await Promise.all([
      import('./db/enroller.ts'),
      import('./engine/enrol.ts'),
    ]);
    const [connection, calendar, { country }] = await Promise.all([
      this.#parts.connection(),
      this.#parts.calendar(),
      this.#parts.config(),
    ]);
    return createEnroller(connection, (campaign, scenario, prospect, now) =>
      startOf(campaign, scenario, prospect, calendar, { country, now }),
    );
  }
}
