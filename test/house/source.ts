import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';

export interface Import {
  /** File below src/, or a package or `node:` module as it is written. */
  to: string;
  /** `type`: gone at run time; `lazy`: loaded when the line is reached; `value`: loaded with the file. */
  kind: 'type' | 'lazy' | 'value';
}

export interface SourceFile {
  /** Below src/: `db/connection.ts`. */
  path: string;
  imports: Import[];
  /** Without comments. */
  code: string;
}

/** Every TypeScript file of the program with its import lines. */
export function sourceFiles(): SourceFile[] {
  return readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .sort()
    .map((path) => {
      const text = readFileSync(join('src', path), 'utf8');
      return { path, imports: importsOf(text, path), code: withoutComments(text) };
    });
}

const STATIC = /^(?:import|export)\s+(type\s+)?([^;'"]*?)\s*from\s+'([^']+)'/gm;
const BARE = /^import\s+'([^']+)'/gm;
const LAZY = /\bimport\(\s*'([^']+)'\s*\)/g;

export function importsOf(text: string, path: string): Import[] {
  const target = (name: string): string => (name.startsWith('.') ? join(dirname(path), name) : name);
  const statics = [...text.matchAll(STATIC)].map(([, type, names = '', name = '']): Import => {
    return { to: target(name), kind: type !== undefined || onlyTypes(names) ? 'type' : 'value' };
  });
  const bare = [...text.matchAll(BARE)].map(([, name = '']): Import => ({ to: target(name), kind: 'value' }));
  const lazy = [...text.matchAll(LAZY)].map(([, name = '']): Import => ({ to: target(name), kind: 'lazy' }));
  return [...statics, ...bare, ...lazy];
}

/** `{ type A, type B }` is erased as a whole. */
function onlyTypes(names: string): boolean {
  const inside = /^\{([^}]*)\}$/.exec(names.trim())?.[1];
  if (inside === undefined) return false;
  const each = inside.split(',').filter((name) => name.trim() !== '');
  return each.every((name) => name.trim().startsWith('type '));
}

const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');

/** `db`, `commands`, or the name of a file that stands alone in src/; `config.ts` and `config/` are one room. */
export function roomOf(path: string): string {
  const [first = ''] = path.split('/');
  return first.replace(/\.ts$/, '');
}

/** The package a specifier belongs to: `drizzle-orm/sqlite-core` is `drizzle-orm`. */
export const packageOf = (name: string): string =>
  name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');

export const isOurs = ({ to }: Import): boolean => to.endsWith('.ts');

/** All files that are loaded together with this one, itself included. */
export function loadedWith(path: string, files: ReadonlyMap<string, SourceFile>): Set<string> {
  const seen = new Set<string>();
  const visit = (each: string): void => {
    if (seen.has(each)) return;
    seen.add(each);
    for (const imported of files.get(each)?.imports ?? [])
      if (imported.kind === 'value' && isOurs(imported)) visit(imported.to);
  };
  visit(path);
  return seen;
}
