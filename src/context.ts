import { hostname } from 'node:os';
import type { Config } from './config.ts';
import type { Connection } from './db/connection.ts';
import { EXIT, type ExitCode, usageError } from './errors.ts';
import type { Senders } from './engine/ports/channels.ts';
import type { ScenarioLibrary } from './engine/ports/texts.ts';
import type { Writer } from './engine/ports/writer.ts';
import type { Io } from './io.ts';
import { findWorkspace, type Workspace } from './workspace.ts';

export type Env = Record<string, string | undefined>;

export interface ContextInput {
  io: Io;
  env: Env;
  cwd: string;
  workspaceFlag: string | undefined;
  json: boolean;
  quiet: boolean;
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
  exitCode: ExitCode = EXIT.done;
  readonly #input: ContextInput;
  #workspace: Workspace | undefined;
  #config: Promise<Config> | undefined;
  #connection: Promise<Connection> | undefined;

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
    if (Number.isNaN(at)) throw usageError(`HECTOR_NOW is no ISO time: "${set}"`, 'HECTOR_NOW=2026-11-23T09:00:00Z hector tick');
    return at;
  }

  workspace(): Workspace {
    this.#workspace ??= findWorkspace(this.#input.workspaceFlag, this.env, this.cwd);
    return this.#workspace;
  }

  config(): Promise<Config> {
    this.#config ??= import('./config.ts').then(({ loadConfig }) => loadConfig(this.workspace(), this.env));
    return this.#config;
  }

  connection(): Promise<Connection> {
    this.#connection ??= import('./db/connection.ts').then(({ openDatabase }) =>
      openDatabase(this.workspace().database, this.now()),
    );
    return this.#connection;
  }

  async library(): Promise<ScenarioLibrary> {
    const { createLibrary } = await import('./scenarios/library.ts');
    return createLibrary(this.workspace());
  }

  async writer(): Promise<Writer> {
    const { createTemplateWriter } = await import('./ai/template-writer.ts');
    const { linkedin } = await this.config();
    return createTemplateWriter(linkedin);
  }

  async senders(mode: 'live' | 'rehearsal'): Promise<Senders> {
    const { createSenders } = await import('./channels/senders.ts');
    return createSenders(await this.config(), this.workspace().outbox, mode);
  }

  async close(): Promise<void> {
    (await this.#connection?.catch(() => undefined))?.close();
  }
}
