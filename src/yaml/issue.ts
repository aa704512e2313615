import type { z } from 'zod';
import { didYouMean } from '../engine/suggest.ts';
import { allowedKeys } from './allowed-keys.ts';

export interface DescribedIssue {
  path: PropertyKey[];
  /** The key itself is what is wrong, not its value. */
  key: boolean;
  message: string;
}

type Issue = z.core.$ZodIssue;

/** What was found, what is allowed, and what was probably meant, for each key or value a zod issue is about. */
export function describeIssue(issue: Issue, input: unknown, schema: z.ZodType): DescribedIssue[] {
  if (issue.code === 'unrecognized_keys') {
    const allowed = allowedKeys(schema, issue.path);
    return issue.keys.map((key) => ({
      path: [...issue.path, key],
      key: true,
      message: `unknown key "${shorten(key)}"${didYouMean(key, allowed) || among(allowed)}`,
    }));
  }
  if (issue.code === 'invalid_union') {
    const branch = closestBranch(issue.errors);
    if (branch.some((inner) => inner.path.length > 0))
      return branch.flatMap((inner) =>
        describeIssue({ ...inner, path: [...issue.path, ...inner.path] }, input, schema),
      );
  }
  return [{ path: [...issue.path], key: false, message: describeValue(issue, valueAt(input, issue.path)) }];
}

function describeValue(issue: Issue, found: unknown): string {
  const name = nameOf(issue.path);
  if (found === undefined && issue.code !== 'custom') return `missing key ${name}`;
  if (issue.code === 'invalid_value') {
    const allowed = issue.values.map(String);
    const guess = typeof found === 'string' ? didYouMean(found, allowed) : '';
    return `${name} is ${show(found)}, allowed: ${allowed.join(', ')}${guess}`;
  }
  // A rule about several keys is about what they hold together, not about being a map.
  if (issue.code === 'custom' && typeof found === 'object') return `${name}: ${issue.message}`;
  const shown = issue.path.length === 0 && typeof found === 'string' ? 'a text' : show(found);
  return `${name} is ${shown}: ${expectation(issue)}`;
}

function expectation(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${TYPE_WORDS[issue.expected] ?? issue.expected}`;
    case 'invalid_union':
      return `expected ${issue.errors.map((branch) => branch.map(expectation).join(' and ')).join(', or ')}`.replaceAll(
        'expected expected',
        'expected',
      );
    case 'too_small':
      return issue.origin === 'number'
        ? `at least ${issue.minimum}`
        : `at least ${issue.minimum} ${SIZE_WORDS[issue.origin] ?? 'entries'}`;
    case 'too_big':
      return issue.origin === 'number'
        ? `at most ${issue.maximum}`
        : `at most ${issue.maximum} ${SIZE_WORDS[issue.origin] ?? 'entries'}`;
    case 'invalid_value':
      return `expected ${issue.values.map(String).join(' | ')}`;
    case 'invalid_format':
      // The schemas give each pattern words of its own; zod's standard sentence shows the pattern.
      return issue.message.startsWith('Invalid') ? issue.message.toLowerCase() : `expected ${issue.message}`;
    default:
      return issue.message;
  }
}

const TYPE_WORDS: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map of keys',
  record: 'off, or a map such as { 1: 20, 15: 100 }',
};
const SIZE_WORDS: Record<string, string> = { string: 'characters' };

/** The branch that got furthest is the one that was meant. */
function closestBranch(branches: Issue[][]): Issue[] {
  const depth = (branch: Issue[]) => Math.max(0, ...branch.map((issue) => issue.path.length));
  return branches.toSorted((a, b) => depth(b) - depth(a))[0] ?? [];
}

function nameOf(path: PropertyKey[]): string {
  const keys = path.filter((segment) => typeof segment === 'string');
  const last = keys.at(-1);
  if (last === undefined) return 'the file';
  return typeof path.at(-1) === 'number' ? `an entry of "${last}"` : `"${last}"`;
}

function valueAt(input: unknown, path: PropertyKey[]): unknown {
  let value = input;
  for (const segment of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Object.getOwnPropertyDescriptor(value, segment)?.value;
  }
  return value;
}

function show(value: unknown): string {
  if (typeof value === 'string') return `"${shorten(value)}"`;
  if (Array.isArray(value)) return 'a list';
  if (value === null) return 'empty';
  return typeof value === 'object' ? 'a map of keys' : String(value);
}

const shorten = (text: string): string =>
  (text.length > 40 ? `${text.slice(0, 40)}…` : text).replace(/\p{Cc}/gu, '?');

const among = (keys: string[]): string => (keys.length > 0 ? `, allowed: ${keys.join(', ')}` : '');
