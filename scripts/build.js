// Bundles src/ into dist/: one entry, one chunk per lazily loaded part, so that a command loads only its own.
import { rmSync } from 'node:fs';
import { build } from 'esbuild';

rmSync('dist', { recursive: true, force: true });
await build({
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
  external: ['better-sqlite3', 'twilio', 'date-holidays', 'open', 'clipboardy'],
  // CommonJS packages inside an ESM bundle still call require().
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
