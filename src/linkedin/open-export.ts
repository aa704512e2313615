import { open, readdir, realpath, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { readList } from '../csv/csv-file.ts';
import { openSource, type Source } from '../csv/source.ts';
import { FILE_KINDS, isExportColumn, kindOf } from '../engine/linkedin/files.ts';
import type { LinkedinExport, LinkedinFile } from '../engine/ports/linkedin.ts';
import { shellWord } from '../engine/shell-word.ts';
import { errorCode, failure, UserError, usageError } from '../errors.ts';
import { notAnArchive, unpacked } from './archive.ts';
import { LIMITS } from './limits.ts';

interface Where {
  /** What a relative path starts from. */
  cwd: string;
  /** The bytes of `-`. */
  stdin: AsyncIterable<Buffer | string>;
}

/**
 * Files of LinkedIn's data export: each path is one of them, the archive, or a folder. They are told apart by their
 * columns. What an archive or a folder holds beside them is left alone; a path that is none of them is an error.
 * @throws UserError with the file that cannot be read
 */
export async function openExport(paths: readonly string[], where: Where): Promise<LinkedinExport> {
  const sources: Source[] = [];
  const close = async (): Promise<void> => {
    for (const source of sources.splice(0)) await source.close();
  };
  const files: LinkedinFile[] = [];
  let ignored = 0;
  const seen = new Set<string>();
  try {
    for (const path of paths)
      for await (const { source, named } of sourcesAt(path, where, seen)) {
        sources.push(source);
        const file = await fileOf(source, named);
        if (file) files.push(file);
        else {
          ignored += 1;
          await sources.pop()?.close();
        }
      }
    if (files.length === 0) throw nothing(paths);
    return { files, ignored, close };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Found {
  source: Source;
  /** A person has named this very file: it must be one of ours. */
  named: boolean;
}

async function* sourcesAt(path: string, where: Where, seen: Set<string>): AsyncGenerator<Found> {
  const file = resolve(where.cwd, path);
  const found = path === '-' ? null : await stat(file).catch(unlessMissing(path));
  if (found?.isDirectory()) {
    for (const each of await filesIn(file))
      if (await isNew(each, seen)) yield* sourcesOf(each, join(path, basename(each)), where);
  } else if (!found?.isFile()) yield await namedSource(path, where);
  else if (await isNew(file, seen))
    if (await isArchive(file)) yield* archived(file, path);
    else yield await namedSource(path, where);
}

async function namedSource(path: string, where: Where): Promise<Found> {
  const source = await openSource(path, where.cwd, where.stdin);
  if (/\.zip$/i.test(path)) {
    await source.close();
    throw notAnArchive(path);
  }
  return { source, named: true };
}

/** One file by two names, or in a folder that is named too, is read once. */
async function isNew(file: string, seen: Set<string>): Promise<boolean> {
  const place = await realpath(file);
  if (seen.has(place)) return false;
  seen.add(place);
  return true;
}

const unlessMissing =
  (path: string) =>
  (error: unknown): null => {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? ''))
      throw usageError(`no file ${path}`, 'ls *.zip *.csv');
    return null;
  };

async function* sourcesOf(file: string, shown: string, where: Where): AsyncGenerator<Found> {
  if (await isArchive(file)) yield* archived(file, shown);
  else yield { source: { ...(await openSource(file, where.cwd, where.stdin)), name: shown }, named: false };
}

async function* archived(file: string, shown: string): AsyncGenerator<Found> {
  for await (const source of unpacked(file, shown)) yield { source, named: false };
}

/** Of a folder and the folders in it: an archive unpacks into one. */
async function filesIn(folder: string, depth = 0): Promise<string[]> {
  const found: string[] = [];
  for (const entry of (await readdir(folder, { withFileTypes: true })).sort(byName)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && depth < 2) found.push(...(await filesIn(path, depth + 1)));
    if (entry.isFile() && /\.(csv|zip)$/i.test(entry.name) && !entry.name.startsWith('.')) found.push(path);
    if (found.length > LIMITS.entries)
      throw failure(`${folder} holds too many files`, `ls ${shellWord(folder)}`);
  }
  return found;
}

const byName = (left: { name: string }, right: { name: string }): number => (left.name < right.name ? -1 : 1);

async function isArchive(file: string): Promise<boolean> {
  const handle = await open(file, 'r').catch(() => null);
  if (!handle) return false;
  try {
    const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return ['PK\x03\x04', 'PK\x05\x06'].includes(buffer.toString('latin1'));
  } finally {
    await handle.close();
  }
}

const NEXT = 'hector linkedin import --help';

async function fileOf(source: Source, named: boolean): Promise<LinkedinFile | null> {
  const { name } = source;
  const read = () => readList(source, { encoding: null, delimiter: null, known: isExportColumn });
  if (!named && source.size === 0) return null;
  if (named) await refuseWebPage(source);
  try {
    const { header } = await read();
    const kind = kindOf(header);
    if (kind !== null)
      return {
        ...{ name, kind, header },
        async *records() {
          yield* (await read()).records();
        },
      };
    if (!named) return null;
    const columns = header.slice(0, 8).join(', ').slice(0, 120);
    throw failure(`${name} is none of LinkedIn's ${FILES} (its columns: ${columns})`, NEXT);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    // Other files of an export are no concern of ours, however they look.
    if (!named && !looksOurs(name)) return null;
    throw error.next?.startsWith('hector prospect import') ? failure(error.message, NEXT, error) : error;
  }
}

const FILES = 'Connections.csv, messages.csv or Invitations.csv';

const looksOurs = (name: string): boolean =>
  FILE_KINDS.some((kind) => name.toLowerCase().endsWith(`${kind}.csv`));

/** What a browser saves when the link to the export has expired. */
async function refuseWebPage(source: Source): Promise<void> {
  const head = (await source.read(0, 256)).toString('latin1').replace(/^\xef\xbb\xbf/, '');
  if (/^\s*<(?:!doctype|html|\?xml)/i.test(head))
    throw failure(`${source.name} is a web page, not a file of LinkedIn's export`, NEXT);
}

const nothing = (paths: readonly string[]): UserError =>
  usageError(`no ${FILES} in ${paths.join(', ')}`, NEXT);
