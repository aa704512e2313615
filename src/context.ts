import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import type { Setting } from './config/settings.ts';
import type { Config } from './config.ts';
import type { Connection } from './db/connection.ts';
import type { Calendar } from './engine/dates/calendar.ts';
import type { CampaignMode } from './engine/model.ts';
import type { Policy } from './engine/plan/decision.ts';
import type { TextCollector, TextsAhead } from './engine/ports/ahead.ts';
import type { Senders } from './engine/ports/channels.ts';
import type { Cron } from './engine/ports/cron.ts';
import type { DatabaseDesk } from './engine/ports/database.ts';
import type { DiscProposer } from './engine/ports/disc.ts';
import type { ModelDesk, NameDesk, ProviderAnswer } from './engine/ports/doctor.ts';
import type { MessageFiles } from './engine/ports/gdpr.ts';
import type { CsvList, RefusedRows } from './engine/ports/imports.ts';
import type { InboundSource } from './engine/ports/inbound.ts';
import type { LinkedinExport } from './engine/ports/linkedin.ts';
import type { ScenarioLinter } from './engine/ports/lint.ts';
import type { NameKind } from './engine/ports/names.ts';
import type { Previewer, PreviewRules } from './engine/ports/preview.ts';
import type { ScenarioLibrary } from './engine/ports/texts.ts';
import type { VoiceLibrary } from './engine/ports/voices.ts';
import type { Writer } from './engine/ports/writer.ts';
import type { TickEngine } from './engine/tick/pass.ts';
import { configError, EXIT, type ExitCode, errorCode, UserError, usageError } from './errors.ts';
import { type Prompter, terminalPrompter } from './io/prompter.ts';
import type { Io } from './io.ts';
import { Stores } from './stores.ts';
import { findWorkspace, type Workspace } from './workspace.ts';
import type { WritingParts } from './writing-engine.ts';

export type Env = Record<string, string | undefined>;

export interface ContextInput {
  io: Io;
  env: Env;
  cwd: string;
  workspaceFlag: string | undefined;
  json: boolean;
  quiet: boolean;
  /** Tests answer by themselves. */
  prompter?: Prompter;
}

/**
 * Everything a command may need, built on first use, so that a command pays only for what it touches. This file
 * alone knows which adapter stands behind which port.
 */
export class Context {
  readonly io: Io;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly env: Env;
  readonly cwd: string;
  readonly owner = { host: hostname(), pid: process.pid };
  readonly stores = new Stores(this);
  exitCode: ExitCode = EXIT.done;
  readonly #input: ContextInput;
  #workspace: Workspace | undefined;
  #config: Promise<Config> | undefined;
  #connection: Promise<Connection> | undefined;
  #calendar: Promise<Calendar> | undefined;
  #claudeParts: Promise<WritingParts | null> | undefined;
  #prompter: Prompter | undefined;

  constructor(input: ContextInput) {
    this.#input = input;
    this.io = input.io;
    this.json = input.json;
    this.quiet = input.quiet;
    this.env = input.env;
    this.cwd = input.cwd;
  }

  /** The clock, UTC ms. HECTOR_NOW sets it; config.ts refuses that where a real provider would be called. */
  now(): number {
    const set = this.env.HECTOR_NOW;
    if (!set) return Date.now();
    const at = Date.parse(set);
    if (Number.isNaN(at))
      throw usageError(`HECTOR_NOW is no ISO time: "${set}"`, 'HECTOR_NOW=2026-11-23T09:00:00Z hector tick');
    return at;
  }

  /** What --workspace named, as it was typed. */
  get namedWorkspace(): string | undefined {
    return this.#input.workspaceFlag;
  }

  workspace(): Workspace {
    this.#workspace ??= findWorkspace(this.#input.workspaceFlag, this.env, this.cwd);
    return this.#workspace;
  }

  config(): Promise<Config> {
    this.#config ??= import('./config.ts').then(({ loadConfig }) => loadConfig(this.workspace(), this.env));
    return this.#config;
  }

  async connection(): Promise<Connection> {
    const { database, root } = this.workspace();
    // An empty one in its place would have forgotten every opposition: it is made by `init` only.
    if (!this.#connection && !existsSync(database)) {
      const { restoreCommand } = await import('./db/backup-files.ts');
      const { shellWord } = await import('./engine/shell-word.ts');
      throw configError(
        `${database} is missing: restore it, or begin with an empty one`,
        restoreCommand(database) ?? `hector init ${shellWord(root)}`,
      );
    }
    return this.createDatabase();
  }

  /** Opens the database, made if need be. */
  createDatabase(): Promise<Connection> {
    this.#connection ??= import('./db/connection.ts').then(({ openDatabase }) =>
      openDatabase(this.workspace().database, this.now()),
    );
    return this.#connection;
  }

  async library(): Promise<ScenarioLibrary> {
    const { createLibrary } = await import('./scenarios/library.ts');
    return createLibrary(this.#workspaceIfAny(), this.cwd);
  }

  async linter(): Promise<ScenarioLinter> {
    const { createLinter, USUAL_SETTINGS } = await import('./scenarios/linter.ts');
    const workspace = this.#workspaceIfAny();
    if (!workspace) return createLinter(null, USUAL_SETTINGS, this.cwd);
    const { linkedin, sms } = await this.config();
    return createLinter(workspace, { ...linkedin, smsFrom: sms.from }, this.cwd);
  }

  /** Null outside any workspace, for what the built-in scenarios are enough for. One that was named must be there. */
  #workspaceIfAny(): Workspace | null {
    try {
      return this.workspace();
    } catch (error) {
      if (error instanceof UserError && !this.#input.workspaceFlag && !this.env.HECTOR_WORKSPACE) return null;
      throw error;
    }
  }

  /**
   * Claude with templates behind it; templates alone where there is no key, or none is wanted.
   * @param lifetimeMs how long answers are kept; as configured when not given
   */
  async writer(lifetimeMs?: number): Promise<Writer> {
    const parts = await this.claudeParts();
    if (!parts) return this.templateWriter();
    const { createClaudeWriter } = await import('./ai/claude-writer.ts');
    const settings = { ...parts.settings, ...(lifetimeMs === undefined ? {} : { lifetimeMs }) };
    return createClaudeWriter({ ...parts, settings });
  }

  async templateWriter(): Promise<Writer> {
    const { createTemplateWriter } = await import('./ai/template-writer.ts');
    const { linkedin } = await this.config();
    return createTemplateWriter(linkedin);
  }

  /** One pace, one circuit, one budget for all that is written in this process; null: Claude is not to be asked. */
  claudeParts(): Promise<WritingParts | null> {
    this.#claudeParts ??= this.#openClaude();
    return this.#claudeParts;
  }

  async #openClaude(): Promise<WritingParts | null> {
    const config = await this.config();
    if (config.ai.provider === 'off') return null;
    const [{ claudeClient, claudeParts }, { createDiscStore }, calendar, templates, generations, connection] =
      await Promise.all([
        import('./writing-engine.ts'),
        import('./db/disc-store.ts'),
        this.calendar(),
        this.templateWriter(),
        this.stores.generations(),
        this.connection(),
      ]);
    return claudeParts(claudeClient(config), {
      ...{ config, calendar, templates, generations },
      workspace: this.workspace(),
      proposals: createDiscStore(connection),
      clock: () => this.now(),
    });
  }

  /** Texts asked for before their time; null: Claude is not to be asked. A dry run asks for no profile either. */
  async textsAhead({ dryRun = false } = {}): Promise<TextsAhead | null> {
    const parts = await this.claudeParts();
    if (!parts) return null;
    const { createTextsAhead } = await import('./ai/batch/texts-ahead.ts');
    const discOf = dryRun ? parts.discWithoutAsking : parts.discOf;
    return createTextsAhead({ ...parts, discOf, batches: await this.stores.batches() });
  }

  /**
   * Writes texts that nobody will get: by templates, outside any workspace with the usual limits; or by Claude.
   * @throws UserError where Claude is wanted and cannot be asked
   */
  async previewer(by: 'template' | 'claude'): Promise<Previewer> {
    const { claudePreviewer, templatePreviewer } = await import('./ai/previewer.ts');
    if (by === 'claude') {
      const parts = await this.claudeParts();
      if (!parts) throw configError('Claude cannot be asked: ANTHROPIC_API_KEY is not set', 'hector doctor');
      return claudePreviewer(parts);
    }
    if (this.#workspaceIfAny()) return templatePreviewer(await this.templateWriter());
    const [{ createTemplateWriter }, { USUAL_SETTINGS }] = await Promise.all([
      import('./ai/template-writer.ts'),
      import('./scenarios/linter.ts'),
    ]);
    return templatePreviewer(createTemplateWriter(USUAL_SETTINGS));
  }

  /** Who writes in a preview, and by what ways a person may be reached; outside any workspace, samples. */
  async previewRules(): Promise<PreviewRules> {
    const { previewRules, sampleRules } = await import('./tick-engine.ts');
    return this.#workspaceIfAny() ? previewRules(await this.config()) : sampleRules();
  }

  /** What a tick fetches; where no batch is under way, nothing is loaded for it. */
  textCollector(): TextCollector {
    return {
      collect: async (mayContinue) => {
        const { isBatchOpen } = await import('./db/batch-store.ts');
        if (!isBatchOpen(await this.connection())) return null;
        return (await this.textsAhead())?.collect(mayContinue) ?? null;
      },
    };
  }

  /** What is known of models, and who to ask; null: Claude is not to be asked. */
  async modelDesk(): Promise<ModelDesk | null> {
    const config = await this.config();
    if (config.ai.provider === 'off') return null;
    const { modelDesk } = await import('./writing-engine.ts');
    return modelDesk(config);
  }

  async voices(): Promise<VoiceLibrary> {
    const { createVoices } = await import('./ai/voice/library.ts');
    return createVoices(this.#workspaceIfAny(), this.cwd);
  }

  /** From what is kept and by the rules: nobody is asked. Null where no profile is wanted. */
  async disc(): Promise<DiscProposer | null> {
    const { ai } = await this.config();
    if (ai.disc === 'off') return null;
    const [{ createDisc, mayReadNotes }, { createDiscStore }, connection] = await Promise.all([
      import('./ai/disc/propose.ts'),
      import('./db/disc-store.ts'),
      this.connection(),
    ]);
    const store = createDiscStore(connection);
    return createDisc({ store, ask: null, notes: mayReadNotes(ai), clock: () => this.now() });
  }

  /** Names that begin so, for a shell to complete; nothing is made, and nothing brought up to date. */
  async namesLike(kind: NameKind, start: string, limit: number): Promise<string[]> {
    const workspace = this.#workspaceIfAny();
    if (kind === 'scenario') {
      const { scenarioFiles, shelvesOf } = await import('./scenarios/folders.ts');
      return scenarioFiles(shelvesOf(workspace)).map(({ slug }) => slug);
    }
    if (kind === 'voice') {
      const { voiceFiles } = await import('./ai/voice/find.ts');
      return voiceFiles(workspace).map(({ reference }) => reference);
    }
    if (!workspace) return [];
    const { readNames } = await import('./db/names.ts');
    return readNames(workspace.database, kind, start, limit);
  }

  async senders(mode: 'live' | 'rehearsal'): Promise<Senders> {
    const { createSenders } = await import('./channels/senders.ts');
    return createSenders(await this.config(), this.workspace().outbox, mode);
  }

  calendar(): Promise<Calendar> {
    this.#calendar ??= import('./tick-engine.ts').then(({ createCalendar }) => createCalendar());
    return this.#calendar;
  }

  /** A CSV file, or stdin for `-`. */
  async csvFile(
    path: string,
    options: {
      encoding: string | null;
      delimiter: string | null;
      known(cell: string): boolean;
      /** Its bytes, where some of them were read already. */
      stdin?: AsyncIterable<Buffer>;
    },
  ): Promise<CsvList> {
    const { openCsvFile } = await import('./csv/csv-file.ts');
    return openCsvFile(path, { ...options, cwd: this.cwd, stdin: options.stdin ?? this.io.stdin });
  }

  /** Files of LinkedIn's data export, its archive, or a folder of them. */
  async linkedinExport(paths: readonly string[]): Promise<LinkedinExport> {
    const { openExport } = await import('./linkedin/open-export.ts');
    return openExport(paths, { cwd: this.cwd, stdin: this.io.stdin });
  }

  /** Where the rows of a list go that an import refuses. */
  async refusedFile(path: string, list: CsvList): Promise<RefusedRows> {
    const { refusedFile } = await import('./csv/refused-file.ts');
    return refusedFile(resolve(this.cwd, path), list.delimiter, list.header);
  }

  prompter(): Prompter {
    this.#prompter ??= this.#input.prompter ?? terminalPrompter(this.env);
    return this.#prompter;
  }

  /** Puts a text where the person can paste it; `none`: it has to be copied from the screen. */
  async copyText(text: string): Promise<'clipboard' | 'terminal' | 'none'> {
    const { copyText } = await import('./channels/linkedin/copy.ts');
    return copyText(text, { stdout: this.io.stdout, terminal: this.io.terminal, env: this.env });
  }

  async openProfile(slug: string): Promise<boolean> {
    const { openProfile } = await import('./channels/linkedin/open-profile.ts');
    return openProfile(slug, this.env);
  }

  /** What rehearsals have written. */
  async outboxFiles(): Promise<MessageFiles> {
    const { createMessageFiles } = await import('./channels/outbox/message-files.ts');
    return createMessageFiles(this.workspace().outbox);
  }

  /** Where answers come from; none is configured yet, so replies are added by hand (`hector reply add`). */
  inboundSources(): readonly InboundSource[] {
    return [];
  }

  /** The crontab of this user, as far as this workspace goes. */
  async cron(): Promise<Cron> {
    const { realpathSync } = await import('node:fs');
    const [{ createCron }, { asset }] = await Promise.all([import('./cron/cron.ts'), import('./assets.ts')]);
    const script = realpathSync(asset('bin', 'hector.js'));
    const workspace = realpathSync(this.workspace().root);
    return createCron({ workspace, node: process.execPath, script }, this.env);
  }

  /** The database file as such: looked at, copied, put back. Opens and mends nothing by itself. */
  async database(): Promise<DatabaseDesk> {
    const { createDatabaseDesk } = await import('./db/desk.ts');
    const { database, root } = this.workspace();
    return createDatabaseDesk({ file: database, root, owner: this.owner, clock: () => this.now() });
  }

  /** What SQLite said of this workspace's database, as main.ts would tell it; anything else as it is. */
  async explained(error: unknown): Promise<unknown> {
    if (!errorCode(error)?.startsWith('SQLITE_')) return error;
    const { explainDatabase } = await import('./db/explain.ts');
    return explainDatabase(error, this.workspace().database);
  }

  /** Where each setting comes from. */
  async settings(): Promise<Setting[]> {
    const { listSettings } = await import('./config/settings.ts');
    return listSettings(this.workspace(), this.env, this.#input.workspaceFlag);
  }

  /** What each provider with a key says of it; asks beyond this machine, and sends nothing. */
  async providerAnswers(): Promise<ProviderAnswer[]> {
    const { askProviders } = await import('./channels/accounts.ts');
    return askProviders(await this.config());
  }

  /** The names of domains; HECTOR_DNS (`127.0.0.1:5353`) says who is asked. */
  async names(): Promise<NameDesk> {
    const { createNames } = await import('./dns/names.ts');
    return createNames(this.env.HECTOR_DNS);
  }

  /** What a tick with work to do needs, and nothing before it has. */
  async tickEngine(): Promise<TickEngine> {
    const { composeSettings, limitsOf, liveProblem, policyOf } = await import('./tick-engine.ts');
    const [config, calendar, writer, live, rehearsal] = await Promise.all([
      this.config(),
      this.calendar(),
      this.writer(),
      this.senders('live'),
      this.senders('rehearsal'),
    ]);
    return {
      writer,
      senders: { live, rehearsal },
      policies: {
        live: policyOf(config, calendar, 'live', live),
        rehearsal: policyOf(config, calendar, 'rehearsal', rehearsal),
      },
      settings: { live: composeSettings(config, 'live'), rehearsal: composeSettings(config, 'rehearsal') },
      limits: limitsOf(config),
      concurrency: config.tick.concurrency,
      maxAttempts: config.tick.maxAttempts,
      liveProblem: (channel, language) => liveProblem(config, channel, language),
    };
  }

  /** By what a date is reckoned, without all that a tick needs. */
  async dateRules(mode: CampaignMode): Promise<Pick<Policy, 'calendar' | 'country' | 'spread'>> {
    const { spreadOf } = await import('./tick-engine.ts');
    const [config, calendar] = await Promise.all([this.config(), this.calendar()]);
    return { calendar, country: config.country, spread: spreadOf(config, mode) };
  }

  /** The same in another workspace, with another environment, perhaps with other streams; the caller closes it. */
  elsewhere(other: { workspace: string; env: Env; io?: Io; json?: boolean }): Context {
    const { workspace, ...changes } = other;
    return new Context({ ...this.#input, workspaceFlag: workspace, ...changes });
  }

  async close(): Promise<void> {
    (await this.#connection?.catch(() => undefined))?.close();
  }
}
