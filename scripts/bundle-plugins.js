// What esbuild is told about this program.
import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';

/** Parts of packages that load much of Node for what this program never does. */
export const unused = {
  name: 'unused',
  setup({ onResolve, onLoad }) {
    const namespace = 'unused';
    // commander starts subcommands that are programs of their own; ours are none.
    onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      /\/node_modules\/commander\//.test(importer) ? { path: 'empty', namespace } : null,
    );
    // chalk guesses what a terminal can do; io.ts says it.
    onResolve({ filter: /^#supports-color$/ }, () => ({ path: 'no-color', namespace }));
    onLoad({ filter: /.*/, namespace }, ({ path }) => ({
      contents: path === 'empty' ? '' : 'export default { stdout: false, stderr: false };',
    }));
  },
};

/**
 * better-sqlite3 looks for its native code in a dozen places, by a package that reads stack traces. Its installation
 * puts it into one.
 */
export const addon = {
  name: 'addon',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^bindings$/ }, ({ path }) => ({ path, namespace: 'addon' }));
    onLoad({ filter: /.*/, namespace: 'addon' }, () => ({
      contents: `module.exports = (name) =>
        require(require.resolve('better-sqlite3/package.json').replace(/package\\.json$/, 'build/Release/' + name));`,
    }));
  },
};

/**
 * esbuild puts code into one chunk when the same entries reach it, and every lazily loaded file is an entry. So each
 * of them imports the whole core, which is in memory by then. Files of the core do so by a stand-in, because the
 * order inside the core must stay as it is written.
 * @param core files that are loaded together, with all that they import
 * @param metafile of a build with these files as its entries
 */
export function oneCore(core, metafile) {
  const files = importedBy(core, metafile);
  const shared = core.filter((file) => !sharesNames(file, core, metafile));
  return {
    name: 'one-core',
    setup({ onResolve, onLoad }) {
      const namespace = 'core';
      onResolve({ filter: /^hector:core$/ }, () => ({ path: 'load', namespace }));
      onResolve({ filter: /^\.{1,2}\// }, ({ path, resolveDir, kind }) => {
        const file = relative('.', resolve(resolveDir, path));
        if (kind !== 'dynamic-import' || !files.has(file)) return null;
        return { path: shared.includes(file) ? 'shared' : file, namespace };
      });
      onLoad({ filter: /.*/, namespace }, ({ path }) => {
        if (path === 'load') return { contents: lines('import', core), resolveDir: '.' };
        const exported = path === 'shared' ? shared : [path];
        return { contents: `import 'hector:core';\n${lines('export * from', exported)}`, resolveDir: '.' };
      });
      onLoad({ filter: /\/src\/.*\.ts$/ }, ({ path }) => {
        const file = relative('.', path);
        if (files.has(file) || file === 'src/main.ts') return null;
        return { contents: `import 'hector:core';\n${readFileSync(path, 'utf8')}`, loader: 'ts' };
      });
    },
  };
}

const lines = (verb, files) => files.map((file) => `${verb} './${file}';`).join('\n');

/** These files and all that they import, except lazily. */
function importedBy(core, { inputs }) {
  const files = new Set();
  const add = (file) => {
    if (files.has(file)) return;
    files.add(file);
    for (const { path, kind, external } of inputs[file].imports)
      if (kind !== 'dynamic-import' && !external) add(path);
  };
  for (const file of core) add(file);
  return files;
}

/** Two files that export the same name (each command does) cannot be loaded as one. */
function sharesNames(file, core, { outputs }) {
  const exportsOf = (name) =>
    Object.values(outputs).find(({ entryPoint }) => entryPoint === name)?.exports ?? [];
  const names = exportsOf(file);
  return core.some((other) => other !== file && exportsOf(other).some((name) => names.includes(name)));
}
