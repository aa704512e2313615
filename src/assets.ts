import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The package's own folder, whether this runs from src/ or from the bundle in dist/. */
const packageRoot: string = findRoot(dirname(fileURLToPath(import.meta.url)));

function findRoot(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json')) && existsSync(join(folder, 'scenarios'))) return folder;
    if (dirname(folder) === folder) throw new Error(`package root not found above ${from}`);
  }
}

/** A file or folder shipped with the package: `asset('scenarios')`. */
export const asset = (...path: string[]): string => join(packageRoot, ...path);

export function packageVersion(): string {
  const parsed: unknown = JSON.parse(readFileSync(asset('package.json'), 'utf8'));
  return typeof parsed === 'object' && parsed !== null && 'version' in parsed
    ? String(parsed.version)
    : 'unknown';
}
