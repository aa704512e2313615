import { createHash } from 'node:crypto';
import type { Connection } from '../../src/db/connection.ts';

interface EntryRow {
  kind: string;
  value: string;
  reason: string;
  source: string;
  created_at: number;
  expires_at: number | null;
}

export const entriesOf = (connection: Connection): EntryRow[] =>
  connection.prepare<[], EntryRow>('select * from suppression order by kind, value').all();

export const tagsOf = (connection: Connection): string[] =>
  entriesOf(connection).map(({ kind, value }) => `${kind}:${value}`);

export const hashOf = (name: string, text: string): string => createHash(name).update(text).digest('hex');
