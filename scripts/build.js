// Bundles src/ into dist/: one entry, one chunk per lazily loaded part, so that a command loads only its own.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { build } from 'esbuild';
import { addon, oneCore, unused } from './bundle-plugins.js';

/**
 * What nearly every command needs, and all that an idle tick and a status do. A file costs Node's loader as much as
 * ten pages of code, so that these and everything they import make one chunk instead of forty.
 */
const CORE = [
  'cli.ts',
  'context.ts',
  'io.ts',
  'commands/tick.ts',
  'commands/status.ts',
  'db/connection.ts',
  'db/status-store.ts',
  'db/tick/tick-store.ts',
  'engine/tick/tick.ts',
].map((file) => `src/${file}`);

/** CommonJS packages inside an ESM bundle still call require(). */
const REQUIRE =
  "import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);\n";

const options = {
  entryPoints: { main: 'src/main.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  minifySyntax: true,
  minifyWhitespace: true,
  // Native code, data files next to the code, or SDKs that load the rest of themselves on demand.
  external: ['better-sqlite3/package.json', 'twilio', 'date-holidays', 'open'],
  plugins: [unused, addon],
  logLevel: 'warning',
  metafile: true,
  write: false,
};

const { metafile } = await build({ ...options, entryPoints: CORE });
const { outputFiles } = await build({ ...options, plugins: [unused, addon, oneCore(CORE, metafile)] });

rmSync('dist', { recursive: true, force: true });
for (const { path, text } of outputFiles) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, /\brequire\b/.test(text) ? REQUIRE + text : text);
}
