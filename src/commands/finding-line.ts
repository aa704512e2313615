import { isAbsolute, relative } from 'node:path';
import { type Io, printable } from '../io.ts';

interface Finding {
  severity: 'error' | 'warning';
  rule: string;
  message: string;
  file: string;
  line: number;
  column: number;
}

/** `file:line:column error what (rule)`: a place that an editor can open. */
export function findingLine({ color }: Io, cwd: string, finding: Finding): string {
  const { file, line, column, severity, rule, message } = finding;
  const paint = severity === 'error' ? color.red : color.yellow;
  return `${printable(shortest(file, cwd))}:${line}:${column} ${paint(severity)} ${printable(message)} (${rule})`;
}

/** Below the current folder a relative path is what a person would type. */
function shortest(file: string, cwd: string): string {
  const path = relative(cwd, file);
  return path.startsWith('..') || isAbsolute(path) ? file : path;
}

/** Stable keys: docs/json.md. */
export const findingJson = ({ severity, rule, file, line, column, message }: Finding) => ({
  severity,
  rule,
  file,
  line,
  column,
  message,
});
