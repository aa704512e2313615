// Writes what is generated from the code and kept in the repository: the JSON schema of scenarios.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const TARGET = 'scenarios/scenario.schema.json';

// Node 20 does not read TypeScript, so the module is bundled to a file of its own first.
const folder = mkdtempSync(join(tmpdir(), 'hector-gen-'));
try {
  const outfile = join(folder, 'json-schema.mjs');
  await build({
    entryPoints: ['src/scenarios/json-schema.ts'],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'warning',
  });
  const { scenarioJsonSchema } = await import(pathToFileURL(outfile).href);
  writeFileSync(TARGET, scenarioJsonSchema());
  console.log(`written: ${TARGET}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
