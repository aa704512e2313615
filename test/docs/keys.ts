/** Leaves of a JSON document: `campaigns.running` is a number, `[].days` a list of numbers. */
export interface Leaf {
  path: string;
  type: string;
}

/** Nothing for an empty object; `path` itself, of type `empty[]`, for an empty list. */
export function leavesOf(value: unknown, path = ''): Leaf[] {
  if (Array.isArray(value)) return listLeaves(value, path);
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, each]) =>
      leavesOf(each, path === '' ? key : `${path}.${key}`),
    );
  return [{ path, type: value === null ? 'null' : typeof value }];
}

function listLeaves(list: readonly unknown[], path: string): Leaf[] {
  if (list.length === 0) return [{ path, type: 'empty[]' }];
  if (list.some((each) => typeof each === 'object'))
    return list.flatMap((each) => leavesOf(each, `${path}[]`));
  return [...new Set(list.map((each) => `${typeof each}[]`))].map((type) => ({ path, type }));
}

/** A documented key: `*` stands for any one name, `**` for anything below. */
export interface Key {
  pattern: string;
  types: string[];
}

export const matches = ({ pattern }: Key, path: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[.[\]]/g, '\\$&')
      .replaceAll('**', '<all>')
      .replaceAll('*', '[^.]+')
      .replaceAll('<all>', '.+')}$`,
  ).test(path);

/** What a null or an empty list may stand for: whatever is below it. */
export const isAbove = ({ pattern }: Key, path: string): boolean =>
  path === '' || pattern.startsWith(`${path}.`) || pattern.startsWith(`${path}[]`);

/** The keys of each command, by the headings `## hector A, hector B` and the first two columns of their tables. */
export function documentedKeys(page: string): Map<string, Key[]> {
  const found = new Map<string, Key[]>();
  for (const section of page.split(/^## /m).slice(1)) {
    const [heading = '', ...lines] = section.split('\n');
    const keys = lines.flatMap((line) => {
      const [, names = '', types = ''] = /^\| (`.+?) \| (.+?) \|/.exec(line) ?? [];
      return [...names.matchAll(/`([^`]+)`/g)].map(([, pattern = '']) => ({
        pattern,
        types: types.split(' or '),
      }));
    });
    for (const name of heading.split(', ')) found.set(name.replace(/^hector /, ''), keys);
  }
  return found;
}
