import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll } from 'vitest';
import { openCsvFile } from '../../src/csv/csv-file.ts';
import { looksLikeHeader } from '../../src/engine/import/headers.ts';
import type { CsvRecord } from '../../src/engine/ports/imports.ts';

const folder = mkdtempSync(join(tmpdir(), 'hector-csv-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;

export interface ReadCsv {
  encoding: string;
  delimiter: string;
  header: readonly string[];
  records: CsvRecord[];
}

/** A file of these bytes in a folder that is removed after the tests. */
export function csvFile(content: Buffer | string): string {
  files += 1;
  const file = join(folder, `${files}.csv`);
  writeFileSync(file, content);
  return file;
}

/** Opens and reads a list to its end. */
export async function readCsv(
  path: string,
  options: { encoding?: string; delimiter?: string; stdin?: readonly Buffer[] } = {},
): Promise<ReadCsv> {
  const list = await openCsvFile(path, {
    cwd: folder,
    stdin: Readable.from(options.stdin ?? []),
    encoding: options.encoding ?? null,
    delimiter: options.delimiter ?? null,
    known: looksLikeHeader,
  });
  try {
    const records: CsvRecord[] = [];
    for await (const batch of list.records()) records.push(...batch);
    return { encoding: list.encoding, delimiter: list.delimiter, header: list.header, records };
  } finally {
    await list.close();
  }
}

export const utf16 = (text: string, order: 'le' | 'be', mark: boolean): Buffer => {
  const bytes = Buffer.from(mark ? `\ufeff${text}` : text, 'utf16le');
  return order === 'le' ? bytes : bytes.swap16();
};

/** Windows-1252 of the letters the tests use. */
export const windows1252 = (text: string): Buffer =>
  Buffer.from([...text].map((char) => HIGH[char] ?? char.charCodeAt(0)));

const HIGH: Record<string, number> = { '€': 0x80, '’': 0x92, œ: 0x9c, Œ: 0x8c, Ÿ: 0x9f };
