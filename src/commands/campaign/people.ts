import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Context } from '../../context.ts';
import { parseTypedPerson, type TypedFacts } from '../../engine/import/typed-person.ts';
import type { PeopleSource } from '../../engine/ports/campaigns.ts';
import { shellWord } from '../../engine/shell-word.ts';
import { parseWhere } from '../../engine/where.ts';
import { failure, usageError } from '../../errors.ts';
import { printable } from '../../io.ts';

/** Whom `--from` names: people who are in the base, or a list still to be imported. */
export type From = PeopleSource | { kind: 'file'; path: string };

const HELP = 'hector campaign create --help';

/** People of the base. */
const NAMED = /^(import|campaign|where):(.+)$/s;

/** @param now what a filter tells time from, UTC ms */
export function parseFrom(text: string, cwd: string, now: number): From {
  if (text === 'all') return { kind: 'all' };
  const [, kind, value] = NAMED.exec(text) ?? [];
  if (kind === 'campaign' && value) return { kind, name: value };
  if (kind === 'where' && value) return whereFrom(value, now);
  if (kind === 'import' && value) {
    if (/^[1-9]\d{0,14}$/.test(value)) return { kind, id: Number(value) };
    throw usageError(`--from: "${value}" is no import number`, HELP);
  }
  if (existsSync(resolve(cwd, text))) return { kind: 'file', path: text };
  throw usageError(
    `--from: no file "${text}"; allowed: a CSV file, import:ID, campaign:NAME, where:FILTER, all`,
    HELP,
  );
}

/** With the whole path, where it is a list. */
export const wholeFrom = (text: string, cwd: string): string =>
  text === 'all' || NAMED.test(text) ? text : resolve(cwd, text);

function whereFrom(text: string, now: number): From {
  const parsed = parseWhere(text);
  if (!parsed.ok) throw usageError(`--from where: ${parsed.problem}`, 'hector prospect list --help');
  return { kind: 'where', filter: parsed.filter, now };
}

/** One that was typed with `--person`. */
export function parsePerson(text: string): TypedFacts {
  const parsed = parseTypedPerson(text);
  if (!parsed.ok) throw usageError(`--person: ${parsed.problem}`, HELP);
  return parsed.value;
}

/** People of the base, each once, looked up before the campaign is made, so that a wrong name makes none. */
export async function candidates(context: Context, sources: readonly From[]): Promise<number[]> {
  const store = await context.stores.campaigns();
  const found = new Set<number>();
  for (const source of sources)
    if (source.kind !== 'file') for (const id of await store.candidates(source)) found.add(id);
  return [...found];
}

/** Whom sources of the base name. @throws UserError with exit code 1 where they, and nothing else, name nobody */
export function refuseNobodyNamed(texts: readonly string[], people: readonly number[], others: number): void {
  if (texts.length === 0 || people.length + others > 0) return;
  const named = texts.map((text) => `--from ${shellWord(text)}`).join(' and ');
  throw failure(`${printable(named)}: nobody is there`, 'hector prospect list');
}

/** The lists among them. */
export const filesOf = (sources: readonly From[]): string[] =>
  sources.flatMap((source) => (source.kind === 'file' ? [source.path] : []));
