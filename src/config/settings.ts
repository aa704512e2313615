import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { loadConfig } from '../config.ts';
import type { Workspace } from '../workspace.ts';
import { parseLocated } from '../yaml/located.ts';
import { masked } from './masked.ts';
import { configSchema } from './schema.ts';

export interface Setting {
  /** As it is written in hector.yaml (`email.caps.day`), or the name of a variable. */
  key: string;
  value: string | number | boolean | null;
  from: From;
  /** File and line: `/ads/hector.yaml:12`. */
  place: string | null;
  /** What it comes to where that is not the value itself: `resend` for `auto`. */
  effective: string | null;
  /** Where that comes from, as `from` and `place` say it of the value; both null with it. */
  effective_from: From | null;
  effective_place: string | null;
}

type From = 'flag' | 'environment' | '.env' | 'hector.yaml' | 'default' | 'unset';

const SECRETS = ['RESEND_API_KEY', 'TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'ANTHROPIC_API_KEY'];
const ADDRESSES = ['RESEND_BASE_URL', 'TWILIO_BASE_URL', 'ANTHROPIC_BASE_URL'];
/** What a setting comes to hangs on these where it does not say so itself. */
const DECIDED_BY: Record<string, string> = {
  'email.provider': 'RESEND_API_KEY',
  'email.from': 'sender.email',
  'email.base_url': 'RESEND_BASE_URL',
  'sms.provider': 'TWILIO_AUTH_TOKEN',
  'sms.base_url': 'TWILIO_BASE_URL',
  'ai.provider': 'ANTHROPIC_API_KEY',
  'ai.base_url': 'ANTHROPIC_BASE_URL',
};
/** Read from the environment alone. */
const OUTSIDE = ['HECTOR_WORKSPACE', 'HECTOR_NOW', 'HECTOR_DNS', 'NO_COLOR'];

type Env = Record<string, string | undefined>;

/**
 * Every setting with its value and where it comes from, in the order of hector.yaml; secrets are masked.
 * @throws UserError as loadConfig does: what cannot be understood comes from nowhere
 */
export async function listSettings(
  workspace: Workspace,
  env: Env,
  workspaceFlag: string | undefined,
): Promise<Setting[]> {
  const config = await loadConfig(workspace, env);
  const effective: Record<string, string | null> = {
    'email.provider': config.email.provider,
    'email.from': config.email.from,
    'email.base_url': config.baseUrls.resend,
    'sms.provider': config.sms.provider,
    'sms.base_url': config.baseUrls.twilio,
    'ai.provider': config.ai.provider,
    'ai.base_url': config.baseUrls.anthropic,
  };
  const settings = [
    workspaceSetting(workspace, env, workspaceFlag),
    ...fileSettings(workspace.configFile),
    ...[...SECRETS, ...ADDRESSES].map((name) => variable(name, workspace.envFile, env)),
    ...OUTSIDE.map((name) => outside(name, env)),
  ];
  return settings.map((setting) => {
    const meant = effective[setting.key] ?? null;
    const value = typeof setting.value === 'string' ? withoutPassword(setting.value) : setting.value;
    if (meant === null || meant === setting.value)
      return { ...setting, value, effective: null, effective_from: null, effective_place: null };
    const decider = settings.find(({ key }) => key === DECIDED_BY[setting.key]);
    // No key at all: that nothing is sent is the default.
    const from = decider && decider.from !== 'unset' ? decider.from : 'default';
    return {
      ...{ ...setting, value, effective: withoutPassword(meant) },
      ...{ effective_from: from, effective_place: decider?.place ?? null },
    };
  });
}

/** An address may hold a name and a password, in which an `@` may stand as well: up to the last one, all is hidden. */
const withoutPassword = (text: string): string => text.replace(/:\/\/\S*@/, '://…@');

type Found = Omit<Setting, 'effective' | 'effective_from' | 'effective_place'>;

function workspaceSetting({ root }: Workspace, env: Env, flag: string | undefined): Found {
  const from = flag ? 'flag' : env.HECTOR_WORKSPACE ? 'environment' : 'default';
  return { key: 'workspace', value: root, from, place: null };
}

/** The schema fills in what the file does not say; the file alone tells what it says, and on which line. */
function fileSettings(configFile: string): Found[] {
  const text = readFileSync(configFile, 'utf8');
  const blank = text.split('\n').every((line) => /^\s*(?:#|$)/.test(line));
  const source = { file: configFile, text: blank ? '{}' : text };
  const [filled, raw] = [parseLocated(source, configSchema), parseLocated(source, z.unknown())];
  if (!filled.ok || !raw.ok) return [];
  return leavesOf(filled.value, []).map(({ path, value }) => {
    const said = saidAt(raw.value, path);
    const place = said === null ? null : `${configFile}:${raw.problem(said, '').line}`;
    return { key: path.join('.'), value, from: said === null ? 'default' : 'hector.yaml', place };
  });
}

interface Leaf {
  path: string[];
  value: Setting['value'];
}

function leavesOf(value: unknown, path: string[]): Leaf[] {
  if (Array.isArray(value)) return [{ path, value: value.map(entryText).join(', ') || null }];
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, each]) => leavesOf(each, [...path, key]));
  return [{ path, value: isPlain(value) ? value : null }];
}

const isPlain = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value);

/** `1: 20 %` for a point of a ramp; a day or a column as it is. */
function entryText(entry: unknown): string {
  if (typeof entry !== 'object' || entry === null) return String(entry);
  const [day, share] = ['day', 'share'].map((name) => Object.getOwnPropertyDescriptor(entry, name)?.value);
  return `${day}: ${Math.round(Number(share) * 100)} %`;
}

/** The path, or the one above it that says it all (`caps: off`); null where the file says nothing of it. */
function saidAt(raw: unknown, path: readonly string[]): readonly string[] | null {
  let value = raw;
  for (const [index, name] of path.entries()) {
    const within = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (!within) return value === undefined || value === null ? null : path.slice(0, index);
    value = Object.getOwnPropertyDescriptor(value, name)?.value;
  }
  return value === undefined || value === null ? null : path;
}

function variable(key: string, envFile: string, env: Env): Found {
  const shown = (value: string): string => (SECRETS.includes(key) ? masked(value) : value);
  const outside = env[key];
  // Set and empty: it hides the one of the file.
  if (outside !== undefined) {
    const value = outside.trim();
    return { key, value: value === '' ? null : shown(value), from: 'environment', place: null };
  }
  const text = existsSync(envFile) ? readFileSync(envFile, 'utf8').replace(/^\ufeff/, '') : '';
  const value = parseEnv(text)[key]?.trim();
  if (!value) return { key, value: null, from: 'unset', place: null };
  return { key, value: shown(value), from: '.env', place: `${envFile}:${lineOf(text, key)}` };
}

/** The last one counts, as for those who read the file. */
const lineOf = (text: string, name: string): number =>
  text.split('\n').findLastIndex((line) => new RegExp(`^\\s*(?:export\\s+)?${name}\\s*=`).test(line)) + 1;

function outside(key: string, env: Env): Found {
  const value = env[key] || null;
  return { key, value, from: value === null ? 'unset' : 'environment', place: null };
}
