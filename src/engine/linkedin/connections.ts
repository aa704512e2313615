import type { FoundConnection, LinkedinFile } from '../ports/linkedin.ts';
import type { Desk } from './desk.ts';
import { keyOf, matchConnection } from './match.ts';
import { type ConnectionRow, readConnection } from './rows.ts';

export interface GatheredConnections {
  found: FoundConnection[];
  /** The last day on which somebody connected, ISO: whoever is not in the file was no connection then. */
  until: string | null;
}

/** Connections.csv: LinkedIn allows 30,000 connections, so all of them may be in memory at once. */
export async function gatherConnections(
  desk: Desk,
  files: readonly LinkedinFile[],
): Promise<GatheredConnections> {
  const rows = await distinctRows(desk, files);
  await desk.learn(rows.flatMap(({ slug }) => slug ?? []));
  const inFile = new Map<string, number>();
  const unknown = new Set<string>();
  for (const row of rows) {
    const key = keyOf(row);
    if (key === null) continue;
    inFile.set(key, (inFile.get(key) ?? 0) + 1);
    if (desk.prospectOf(row.slug) === null) unknown.add(key);
  }
  const byKey = unknown.size === 0 ? new Map() : await desk.input.store.byKey(unknown);
  const bySlug = new Map(
    rows.flatMap(({ slug }): [string, number][] => {
      const prospectId = desk.prospectOf(slug);
      return slug === null || prospectId === null ? [] : [[slug, prospectId]];
    }),
  );
  const until = rows.reduce<string | null>((last, { on }) => (last === null || on > last ? on : last), null);
  return {
    found: rows.flatMap((row) => settle(desk, row, matchConnection(row, bySlug, byKey, inFile))),
    until,
  };
}

/** One row a profile, whichever files it is in; of somebody without profile, one a name, firm and day. */
async function distinctRows(desk: Desk, files: readonly LinkedinFile[]): Promise<ConnectionRow[]> {
  const rows = new Map<string, ConnectionRow>();
  for (const file of files)
    for await (const batch of desk.rows(file, (cell) => readConnection(cell, desk.input.now)))
      for (const row of batch) {
        const identity = row.slug ?? `${row.first}|${row.last}|${row.company}|${row.on}`;
        const known = rows.get(identity);
        if (!known || row.on < known.on) rows.set(identity, row);
      }
  return [...rows.values()];
}

function settle(
  desk: Desk,
  row: ConnectionRow,
  match: ReturnType<typeof matchConnection>,
): FoundConnection[] {
  const { slug, on } = row;
  const name = [row.first, row.last].filter(Boolean).join(' ');
  const about = { name, prospectId: null, at: null };
  switch (match.kind) {
    case 'nobody':
      desk.missed({ ...about, detail: row.company });
      return [];
    case 'ambiguous': {
      const { why, candidates } = match;
      desk.see({ ...about, what: 'ambiguous', detail: why, profile: slug, candidates });
      return [];
    }
    case 'person': {
      const { prospectId } = match;
      if (slug !== null) desk.teach(slug, prospectId);
      return [{ prospectId, on, slug: match.by === 'name' ? slug : null }];
    }
  }
}
