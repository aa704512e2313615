// Parts of src/ and test/, which are TypeScript, for a bench that looks inside.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * @param source a module's text; its imports count from the root of the package
 * @returns the file to import; it lies in the package, so that libraries are found
 */
export async function bundle(name, source) {
  const outfile = join(root, 'bench', '.data', 'parts', `${name}-${process.pid}.mjs`);
  await build({
    stdin: { contents: source, resolveDir: root, loader: 'ts' },
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    logLevel: 'warning',
  });
  return outfile;
}
