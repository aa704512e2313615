import { constants, unlinkSync } from 'node:fs';
import { type FileHandle, mkdtemp, open, rmdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { shellWord } from '../engine/shell-word.ts';
import { configError, errorCode, failure, usageError } from '../errors.ts';

/** Bytes that can be read more than once: the encoding is known only after the last of them was seen. */
export interface Source {
  /** As a person would name it. */
  name: string;
  /** A pipe or stdin, which has no folder of its own. */
  pipe: boolean;
  size: number;
  /** Up to `length` bytes from `position`, in a buffer of its own; empty at the end. */
  read(position: number, length: number): Promise<Buffer>;
  close(): Promise<void>;
}

/**
 * Opens a file, or keeps a pipe or stdin in a temporary file without a name, so that both are read alike.
 * @throws UserError for an unknown file, a folder, or a file that may not be read.
 */
export async function openSource(
  path: string,
  cwd: string,
  stdin: AsyncIterable<Buffer | string>,
): Promise<Source> {
  if (path === '-') return spooled('stdin', stdin);
  const file = resolve(cwd, path);
  try {
    const found = await stat(file);
    if (found.isDirectory()) throw usageError(`${path} is a folder, not a CSV file`, `ls ${shellWord(path)}`);
    const handle = await open(file, 'r');
    if (found.isFile()) return sourceOf(path, handle, found.size, false);
    return await spooled(path, handle.createReadStream());
  } catch (error) {
    throw explain(error, path);
  }
}

function explain(error: unknown, path: string): unknown {
  switch (errorCode(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return usageError(`no file ${path}`, 'ls *.csv');
    case 'EACCES':
    case 'EPERM':
      return configError(`${path} may not be read by this user`, `ls -l ${shellWord(path)}`, error);
    case 'ENOSPC':
      return failure(
        `no space left in ${tmpdir()} to keep ${path} while it is read`,
        `df -h ${shellWord(tmpdir())}`,
        error,
      );
    default:
      return error;
  }
}

const sourceOf = (name: string, handle: FileHandle, size: number, pipe: boolean): Source => ({
  name,
  pipe,
  size,
  async read(position, length) {
    const buffer = Buffer.allocUnsafe(length);
    const { bytesRead } = await handle.read(buffer, 0, length, position);
    return buffer.subarray(0, bytesRead);
  },
  close: () => handle.close(),
});

/** Keeps bytes that come once in a temporary file without a name. */
export async function spooled(name: string, bytes: AsyncIterable<Buffer | string>): Promise<Source> {
  const handle = await openNameless();
  try {
    let size = 0;
    for await (const chunk of bytes) {
      const data = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      // A write may be cut short on a full disk: what is missing would be lost in silence.
      for (let done = 0; done < data.length; ) done += (await handle.write(data, done)).bytesWritten;
      size += data.length;
    }
    return sourceOf(name, handle, size, true);
  } catch (error) {
    await handle.close();
    throw explain(error, name);
  }
}

/** Unlinked as soon as it is open: nothing personal stays behind, however the program ends. */
async function openNameless(): Promise<FileHandle> {
  const folder = await mkdtemp(join(tmpdir(), 'hector-'));
  const file = join(folder, 'stdin.csv');
  const handle = await open(file, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL, 0o600);
  unlinkSync(file);
  await rmdir(folder);
  return handle;
}
