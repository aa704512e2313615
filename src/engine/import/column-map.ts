import { didYouMean } from '../suggest.ts';
import type { ColumnMap } from './columns.ts';
import { customKey, fold } from './fold.ts';
import { TARGETS } from './headers.ts';

/** A fault in a `--map`, as a line for a person. */
export interface MapFault {
  fault: string;
}

/**
 * `col=field`: the column by its header (case and accents do not matter), the field by its name, `custom.key`, or
 * `skip`. A header may hold `=`: the last one counts.
 */
export function parseColumnMap(text: string, header: readonly string[]): ColumnMap | MapFault {
  const cut = text.lastIndexOf('=');
  if (cut < 1) return { fault: `--map "${text}" is not of the form "column=field"` };
  const [name, field] = [text.slice(0, cut).trim(), text.slice(cut + 1).trim()];
  const exact = header.indexOf(name);
  const index = exact >= 0 ? exact : header.findIndex((one) => fold(one) === fold(name));
  if (index < 0)
    return { fault: `--map: no column "${name}"${didYouMean(name, header)} (columns: ${header.join(', ')})` };
  if (field === 'skip') return { index, target: 'skip', key: null };
  if (field.startsWith('custom.') && customKey(field.slice(7)) !== '')
    return { index, target: null, key: customKey(field.slice(7)) };
  const target = TARGETS.find((one) => one === field);
  if (target) return { index, target, key: null };
  return {
    fault: `--map: no field "${field}"${didYouMean(field, TARGETS)} (fields: ${TARGETS.join(', ')}, custom.NAME, skip)`,
  };
}
