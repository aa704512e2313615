import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';

/**
 * The outbox folder: each file whole or not there, readable only by its owner (0600; the folder 0700). One file
 * a message: a repeat at another time takes the place of the first.
 */
export class OutboxFolder {
  readonly #folder: string;
  /** Name without its time -> the names that have it. Read once; a tick holds the workspace's lock. */
  #present: Map<string, string[]> | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Synchronous: several times cheaper for small files. @throws a Node system error (ENOSPC ...), nothing half-written. */
  put(name: string, tail: string, content: string | Buffer): void {
    const present = this.#open();
    const target = join(this.#folder, name);
    const partial = join(this.#folder, `.${name}.${process.pid}.partial`);
    try {
      writeFileSync(partial, content, { mode: 0o600 });
      renameSync(partial, target);
    } catch (error) {
      rmSync(partial, { force: true });
      throw error;
    }
    for (const older of present.get(tail) ?? []) {
      if (older !== name) rmSync(join(this.#folder, older), { force: true });
    }
    present.set(tail, [name]);
  }

  /** The beginning of one of its files; null where it is not there any more, or is none of its files. */
  head(name: string, bytes: number): string | null {
    if (basename(name) !== name) return null;
    try {
      const file = openSync(join(this.#folder, name), 'r');
      try {
        const buffer = Buffer.alloc(bytes);
        return buffer.toString('utf8', 0, readSync(file, buffer));
      } finally {
        closeSync(file);
      }
    } catch {
      return null;
    }
  }

  #open(): Map<string, string[]> {
    if (this.#present) return this.#present;
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const present = new Map<string, string[]>();
    for (const name of readdirSync(this.#folder)) {
      const tail = name.slice(name.indexOf('_') + 1);
      present.set(tail, [...(present.get(tail) ?? []), name]);
    }
    this.#present = present;
    return present;
  }
}
