import { createWriteStream } from 'node:fs';
import { realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import { errorCode, failure, type UserError } from '../errors.ts';

/**
 * Writes a file that only its owner may read (0600), whole or not at all: beside its place first, then moved
 * over an older one.
 * @throws UserError when the place cannot be written.
 */
export async function writePrivateFile(
  file: string,
  fill: (out: NodeJS.WritableStream) => Promise<void>,
): Promise<void> {
  const target = await realpath(file).catch(() => resolve(file));
  if (await isDevice(target)) return fillDevice(target, file, fill);
  const partial = join(dirname(target), `.${basename(target)}.${process.pid}.partial`);
  // In a folder of many users a link may lie in wait there: never written through, never another's file.
  await rm(partial, { force: true }).catch(() => undefined);
  const out = createWriteStream(partial, { mode: 0o600, flags: 'wx' });
  // Listened to at once: a folder that is missing is told before the first byte is written.
  const closed = finished(out);
  try {
    await Promise.race([closed, fill(out)]);
    out.end();
    await closed;
    await rename(partial, target);
  } catch (error) {
    out.destroy();
    await closed.catch(() => undefined);
    await rm(partial, { force: true }).catch(() => undefined);
    throw explain(error, file);
  }
}

/** /dev/stdout, a named pipe: there is nothing to replace. */
const isDevice = (target: string): Promise<boolean> =>
  stat(target).then(
    (found) => !found.isFile() && !found.isDirectory(),
    () => false,
  );

async function fillDevice(
  target: string,
  file: string,
  fill: (out: NodeJS.WritableStream) => Promise<void>,
): Promise<void> {
  const out = createWriteStream(target, { flags: 'w' });
  const closed = finished(out);
  try {
    await Promise.race([closed, fill(out)]);
    out.end();
    await closed;
  } catch (error) {
    throw explain(error, file);
  }
}

function explain(error: unknown, file: string): unknown {
  const fault = (line: string, next: string): UserError => failure(line, next, error);
  switch (errorCode(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return fault(`cannot write ${file}: no such folder`, `mkdir -p ${dirname(file)}`);
    case 'EISDIR':
      return fault(`cannot write ${file}: it is a folder`, `ls -ld ${file}`);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return fault(`cannot write ${file}: the folder or file is read-only`, `ls -ld ${dirname(file)}`);
    case 'ENOSPC':
      return fault(`cannot write ${file}: no space left on the disk`, `df -h ${dirname(file)}`);
    default:
      return error;
  }
}
