// Writes what is made from the code and kept in the repository: the JSON schema of scenarios, the pages of commands.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

// Node 20 does not read TypeScript, so modules are bundled first; here in the package, where it finds its own files.
const folder = mkdtempSync('.generate-');
try {
  await build({
    entryPoints: [
      'src/scenarios/json-schema.ts',
      'scripts/commands-doc.ts',
      'scripts/man-page.ts',
      'scripts/guard-version.ts',
    ],
    outbase: '.',
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    logLevel: 'warning',
  });
  const { scenarioJsonSchema } = await load('src/scenarios/json-schema.mjs');
  const { allVerbs, commandPages, commandTable, withGenerated } = await load('scripts/commands-doc.mjs');
  const verbs = await allVerbs();
  const into = (file, name, text) => write(file, withGenerated(readFileSync(file, 'utf8'), name, text));
  const { guardVersion, VERSION_FILE } = await load('scripts/guard-version.mjs');
  write(VERSION_FILE, guardVersion());
  write('scenarios/scenario.schema.json', scenarioJsonSchema());
  into('README.md', 'commands', commandTable(verbs));
  into('docs/commands.md', 'help', commandPages(verbs));
  const { manPage } = await load('scripts/man-page.mjs');
  mkdirSync('man', { recursive: true });
  write('man/hector.1', manPage(verbs, JSON.parse(readFileSync('package.json', 'utf8')).version));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function load(path) {
  return import(pathToFileURL(resolve(join(folder, path))).href);
}

function write(file, text) {
  writeFileSync(file, text);
  console.log(`written: ${file}`);
}
