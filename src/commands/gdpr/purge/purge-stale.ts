import { setTimeout as delay } from 'node:timers/promises';
import type { Context } from '../../../context.ts';
import { parsePeriod, shift } from '../../../engine/dates/period.ts';
import type { Erased, StalePerson } from '../../../engine/ports/gdpr.ts';
import { usageError } from '../../../errors.ts';
import { createProgress } from '../../../io/progress.ts';
import { type Column, printJson, printTable } from '../../../io/table.ts';
import { isoOrNull } from '../../../io/time.ts';
import { printable } from '../../../io.ts';
import { counted } from '../../counted.ts';
import { eraseNow, finishErasure } from '../erase/finish.ts';

export interface PurgeOptions {
  olderThan: string;
  receivedOnly: boolean;
  dryRun: boolean;
  /** Erase nobody, and write the database anew: what an earlier erasure could not do. */
  compact: boolean;
  yes: boolean;
}

export async function purgeStale(context: Context, options: PurgeOptions): Promise<void> {
  const now = context.now();
  const before = await boundary(context, options.olderThan, now);
  if (options.compact) return compactOnly(context, before);
  const store = await context.stores.gdpr();
  const people = await store.stale(before, options.receivedOnly);
  if (options.dryRun || !options.yes) return announce(context, options, people, before);
  const erased = await eraseAll(context, people);
  const { compacted } = await finishErasure(context, people.length === 0);
  if (context.json) return printJson(context.io, json(people, before, { erased, compacted }));
  if (people.length === 0) return nobody(context, before);
  context.io.out(
    `Erased: ${counted(erased.people, 'person', 'people')}; ${counted(erased.fingerprints, 'fingerprint')} kept of those who had said no.`,
  );
}

const nobody = ({ io }: Context, before: number): void =>
  io.note(`Nobody whose last contact is before ${isoOrNull(before)?.slice(0, 10)}.`);

async function compactOnly(context: Context, before: number): Promise<void> {
  const { compacted } = await finishErasure(context);
  if (context.json) printJson(context.io, json([], before, { erased: NOBODY, compacted }));
  else if (compacted) context.io.out('The database is written anew; nobody was erased.');
}

async function boundary(context: Context, typed: string, now: number): Promise<number> {
  const period = parsePeriod(typed);
  if (!period.ok) throw usageError(printable(period.problem), 'hector gdpr purge --older-than 3y');
  const { timezone } = await context.config();
  return shift(now, period.value, timezone, -1);
}

async function announce(
  context: Context,
  { olderThan, receivedOnly }: PurgeOptions,
  people: readonly StalePerson[],
  before: number,
): Promise<void> {
  const { io } = context;
  if (context.json) return printJson(io, json(people, before, null));
  if (people.length === 0) return nobody(context, before);
  await printTable(io, COLUMNS, io.terminal ? people.slice(0, SHOWN) : people);
  if (io.terminal && people.length > SHOWN) io.note(`... and ${people.length - SHOWN} more.`);
  io.note(
    `${counted(people.length, 'person', 'people')} would be erased; nothing was. For good: hector gdpr purge --older-than ${olderThan}${receivedOnly ? ' --received-only' : ''} --yes`,
  );
}

const SHOWN = 20;

const COLUMNS: Column<StalePerson>[] = [
  { header: 'Id', value: ({ id }) => id, align: 'right' },
  { header: 'Name', value: ({ name }) => name },
  { header: 'Company', value: ({ company }) => company },
  { header: 'Last contact', value: ({ lastContactAt }) => isoOrNull(lastContactAt)?.slice(0, 10) ?? null },
];

const NOBODY: Erased = { people: 0, stopped: 0, fingerprints: 0, messageIds: [] };

/** People in one transaction: each looks once through the texts that are not theirs alone. */
const CHUNK = 1000;
/** Long enough for who waits for the write lock: SQLite asks again every 100 ms at the latest. */
const PAUSE_MS = 150;

async function eraseAll(context: Context, people: readonly StalePerson[]): Promise<Erased> {
  const progress = createProgress(context.io, 'Erasing');
  const sum = { ...NOBODY };
  try {
    for (let from = 0; from < people.length; from += CHUNK) {
      if (from > 0) await delay(PAUSE_MS);
      const ids = people.slice(from, from + CHUNK).map(({ id }) => id);
      const erased = await eraseNow(context, ids, { cause: 'purge', before: sum.people });
      for (const what of ['people', 'stopped', 'fingerprints'] as const) sum[what] += erased[what];
      progress.at(sum.people, people.length);
    }
  } finally {
    progress.end();
  }
  return sum;
}

const json = (
  people: readonly StalePerson[],
  before: number,
  done: { erased: Erased; compacted: boolean } | null,
) => ({
  dry_run: done === null,
  before: isoOrNull(before),
  people: people.map(({ id, lastContactAt }) => ({ id, last_contact_at: isoOrNull(lastContactAt) })),
  erased: done?.erased.people ?? 0,
  fingerprints: done?.erased.fingerprints ?? 0,
  compacted: done?.compacted ?? null,
});
