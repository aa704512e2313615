import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
  type YAMLError,
} from 'yaml';
import type { z } from 'zod';
import { tooDeepAt } from './depth.ts';
import { describeIssue } from './issue.ts';

/** Something wrong at one place of a file. Line and column count from 1. */
export interface Problem {
  file: string;
  line: number;
  column: number;
  message: string;
}

/** A path into the document: keys and indexes. */
export type Path = readonly PropertyKey[];

export type Located<T> =
  | { ok: true; value: T; problem(path: Path, message: string): Problem }
  | { ok: false; problems: Problem[] };

export const formatProblem = ({ file, line, column, message }: Problem): string =>
  `${file}:${line}:${column} ${message}`;

/**
 * Reads YAML 1.2 and checks it, keeping the places: every problem at once, in the order of the file. An alias
 * bomb or a nesting too deep for the stack is a problem of the file, not a crash.
 */
export function parseLocated<T>(source: { file: string; text: string }, schema: z.ZodType<T>): Located<T> {
  const { file, text } = source;
  const deep = tooDeepAt(text);
  if (deep !== null) return { ok: false, problems: [{ file, ...deep, message: 'nested too deep' }] };

  const lines = new LineCounter();
  const at = ({ offset, message }: Fault): Problem => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col), message };
  };
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  const content = contentOf(document);
  if (!content.ok) return { ok: false, problems: content.faults.map(at) };

  const checked = schema.safeParse(content.value);
  if (checked.success) {
    const problem = (path: Path, message: string) => at({ offset: offsetOf(document, path), message });
    return { ok: true, value: checked.data, problem };
  }
  const problems = checked.error.issues
    .flatMap((issue) => describeIssue(issue, content.value, schema))
    .map(({ path, key, message }) => at({ offset: offsetOf(document, path, key), message }));
  return { ok: false, problems: problems.sort((a, b) => a.line - b.line || a.column - b.column) };
}

interface Fault {
  offset: number;
  message: string;
}

function contentOf(document: Document.Parsed): { ok: true; value: unknown } | { ok: false; faults: Fault[] } {
  const refused = (...faults: Fault[]) => ({ ok: false as const, faults });
  if (document.errors.length > 0)
    return refused(...document.errors.map((error) => ({ offset: error.pos[0], message: syntax(error) })));
  const alias = unresolvedAlias(document);
  if (alias) {
    const message = `*${alias.source} stands for nothing: there is no &${alias.source} before`;
    return refused({ offset: start(alias) ?? 0, message });
  }
  if (document.contents === null) return refused({ offset: 0, message: 'the file is empty' });
  try {
    return { ok: true, value: document.toJS({ maxAliasCount: 100 }) };
  } catch (error) {
    if (error instanceof ReferenceError) return refused({ offset: 0, message: 'too many aliases (*name)' });
    throw error;
  }
}

/** Where the value of a path begins; for a key that has no value of its own, where its nearest parent does. */
function offsetOf(document: Document.Parsed, path: Path, ofKey = false): number {
  let node: unknown = document.contents;
  let offset = start(node) ?? 0;
  for (const [index, segment] of path.entries()) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(segment));
      if (!pair) break;
      offset = start(pair.value) ?? start(pair.key) ?? offset;
      // A block list or map begins a line later than the key a person would look for.
      const wantsKey = ofKey && index === path.length - 1;
      if (wantsKey || isMap(pair.value) || isSeq(pair.value)) offset = start(pair.key) ?? offset;
      node = pair.value;
    } else if (isSeq(node) && typeof segment === 'number') {
      node = node.items[segment];
      offset = start(node) ?? offset;
    } else break;
  }
  return offset;
}

/** toJS would throw for it without saying where. */
function unresolvedAlias(document: Document.Parsed): Alias | null {
  let found: Alias | null = null;
  visit(document, {
    Alias: (_, alias) => {
      if (alias.resolve(document)) return undefined;
      found = alias;
      return visit.BREAK;
    },
  });
  return found;
}

const start = (node: unknown): number | undefined => (isNode(node) ? node.range?.[0] : undefined);

const isNode = (value: unknown): value is Node =>
  isAlias(value) || isMap(value) || isScalar(value) || isSeq(value);

function syntax({ code, message }: YAMLError): string {
  switch (code) {
    case 'DUPLICATE_KEY':
      return 'this key is there twice';
    case 'MULTIPLE_DOCS':
      return 'more than one document (---) in the file';
    case 'TAB_AS_INDENT':
      return 'a tab in the indentation: use spaces';
    default:
      return `no valid YAML: ${message.split('\n')[0]}`;
  }
}
