import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

const FOLDERS = ['src/ai/guard', 'src/engine/texts'];
export const VERSION_FILE = 'src/ai/guard/version.ts';

/** The text of the file that names the guard: a hash of its source, so that no text passes by rules of yesterday. */
export function guardVersion(): string {
  const hash = createHash('sha256');
  for (const folder of FOLDERS)
    for (const name of readdirSync(folder).sort()) {
      const file = `${folder}/${name}`;
      if (file !== VERSION_FILE) hash.update(`${file}\n${readFileSync(file, 'utf8')}`);
    }
  return `/** Made by npm run gen of the source of the guard: answers that were judged by it need not be judged again. */
export const GUARD_VERSION = '${hash.digest('hex').slice(0, 16)}';
`;
}
