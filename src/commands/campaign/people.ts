import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Context } from '../../context.ts';
import type { PeopleSource } from '../../engine/ports/campaigns.ts';
import { usageError } from '../../errors.ts';

/** Whom `--from` names: people who are in the base, or a list still to be imported. */
export type From = PeopleSource | { kind: 'file'; path: string };

export function parseFrom(text: string, cwd: string): From {
  if (text === 'all') return { kind: 'all' };
  const [, kind, value] = /^(import|campaign):(.+)$/s.exec(text) ?? [];
  if (kind === 'campaign' && value) return { kind, name: value };
  if (kind === 'import' && value) {
    if (/^[1-9]\d{0,14}$/.test(value)) return { kind, id: Number(value) };
    throw usageError(`--from: "${value}" is no import number`, 'hector campaign create --help');
  }
  if (existsSync(resolve(cwd, text))) return { kind: 'file', path: text };
  throw usageError(
    `--from: no file "${text}"; allowed: a CSV file, import:ID, campaign:NAME, all`,
    'hector campaign create --help',
  );
}

/** People of the base, looked up before the campaign is made, so that a wrong name makes none. */
export async function candidates(context: Context, from: From | null): Promise<number[]> {
  if (from === null || from.kind === 'file') return [];
  return (await context.stores.campaigns()).candidates(from);
}
