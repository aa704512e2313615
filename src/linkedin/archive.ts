import type { Entry, ZipFile } from 'yauzl';
import { type Source, spooled } from '../csv/source.ts';
import { shellWord } from '../engine/shell-word.ts';
import { failure, type UserError } from '../errors.ts';
import { LIMITS } from './limits.ts';

/**
 * The CSV files of a zip archive, each unpacked into a temporary file without a name: the names in the archive are only
 * looked at and shown, never used as paths. What it says of its sizes is not believed.
 * @throws UserError for a file that is no archive, or holds more than any export does
 */
export async function* unpacked(path: string, shown: string): AsyncGenerator<Source> {
  const zip = await openArchive(path, shown);
  try {
    if (zip.entryCount > LIMITS.entries) throw tooMuch(shown, `more than ${LIMITS.entries} files`);
    let left: number = LIMITS.allBytes;
    for await (const entry of entries(zip, shown)) {
      if (!isCsv(entry)) continue;
      const source = await unpack(zip, entry, shown, left);
      left -= source.size;
      yield source;
    }
  } finally {
    zip.close();
  }
}

async function openArchive(path: string, shown: string): Promise<ZipFile> {
  const { default: yauzl } = await import('yauzl');
  try {
    return await yauzl.openPromise(path, { lazyEntries: true, autoClose: false });
  } catch (error) {
    throw notAnArchive(shown, error);
  }
}

async function* entries(zip: ZipFile, shown: string): AsyncGenerator<Entry> {
  try {
    yield* zip.eachEntry();
  } catch (error) {
    throw damaged(shown, error);
  }
}

/** Not what macOS adds beside each file. */
const isCsv = ({ fileName }: Entry): boolean =>
  /\.csv$/i.test(fileName) && !/(^|[/\\])(__MACOSX|\._)/.test(fileName);

const nameIn = ({ fileName }: Entry): string => fileName.split(/[/\\]/).at(-1) ?? fileName;

async function unpack(zip: ZipFile, entry: Entry, shown: string, left: number): Promise<Source> {
  const name = `${shown}: ${nameIn(entry)}`;
  if (entry.isEncrypted())
    throw failure(`${name} is encrypted: unpack the archive first`, `unzip ${shellWord(shown)}`);
  const limit = Math.min(LIMITS.fileBytes, left);
  const { compressedSize, uncompressedSize } = entry;
  const bomb = uncompressedSize > LIMITS.ratioFrom && uncompressedSize > compressedSize * LIMITS.ratio;
  if (uncompressedSize > limit || bomb) throw tooMuch(name, 'far more than any export');
  try {
    return await spooled(name, bytesOf(zip, entry));
  } catch (error) {
    throw isUserError(error) ? error : damaged(name, error);
  }
}

/**
 * Opened only when it is read: a stream that fails before anybody listens ends the program. One that is longer than the
 * archive says is ended by yauzl.
 */
async function* bytesOf(zip: ZipFile, entry: Entry): AsyncGenerator<Buffer> {
  const bytes: AsyncIterable<Buffer> = await zip.openReadStreamPromise(entry);
  yield* bytes;
}

const isUserError = (error: unknown): error is UserError =>
  error instanceof Error && error.name === 'UserError';

const tooMuch = (name: string, what: string): UserError =>
  failure(`${name} holds ${what}: nothing was read`, 'hector linkedin import --help');

export const notAnArchive = (shown: string, cause?: unknown): UserError =>
  failure(
    `${shown} is not a zip file, or cut short: download the export again`,
    `ls -l ${shellWord(shown)}`,
    cause,
  );

/** Of what is wrong inside, a name that leads out of the archive and a kind that cannot be read are worth its words. */
function damaged(name: string, cause: unknown): UserError {
  const said =
    cause instanceof Error && /path|filename|encryption|compression/i.test(cause.message)
      ? cause.message
      : 'it is damaged';
  return failure(`${name} cannot be unpacked: ${said}`, 'hector linkedin import --help', cause);
}
