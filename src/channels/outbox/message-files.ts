import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { MessageFiles } from '../../engine/ports/gdpr.ts';

/** The outbox by message: names are as file-name.ts makes them, half-written ones begin with a dot. */
export function createMessageFiles(folder: string): MessageFiles {
  const place = (name: string): string => join(folder, basename(name));
  return {
    of(messageIds) {
      const wanted = new Set(messageIds);
      const names = existsSync(folder) ? readdirSync(folder) : [];
      return names.filter((name) => wanted.has(messageOf(name))).sort();
    },
    text: (name) => readFileSync(place(name), 'utf8'),
    remove: (name) => rmSync(place(name), { force: true }),
  };
}

const messageOf = (name: string): number =>
  Number(/^[^_]*_(?:email|sms)_(\d+)_/.exec(name)?.[1] ?? Number.NaN);
