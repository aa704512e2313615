import { PROSPECT_FIELDS, type Prospect } from '../model.ts';
import { didYouMean } from '../suggest.ts';
import { customKey } from './fold.ts';

type Values = Record<string, string>;

const HEAD = [
  '# One fact a line. What is emptied is forgotten; a line that is taken out changes nothing.',
  '# A text of several lines stands in double quotes, with \\n for the breaks. New fields: custom.name: value',
];

/** A person's facts as YAML lines for an editor. */
export function factsForm({ custom, ...prospect }: Prospect): string {
  const facts = PROSPECT_FIELDS.map((field) => line(field, prospect[field] ?? ''));
  const own = Object.entries(custom).map(([key, value]) => line(`custom.${key}`, value));
  return [...HEAD, ...facts, ...own, ''].join('\n');
}

const line = (name: string, value: string): string => `${name}: ${quoted(value)}`.trimEnd();

/** Quoted where YAML would read anything but this text. */
const quoted = (value: string): string =>
  value === '' || (/^[\p{L}\p{N}+][^:#"'\n\r\t\\]*$/u.test(value) && value === value.trim())
    ? value
    : JSON.stringify(value);

const NOT_TAKEN = '# Not taken: ';

/** What was typed, without what `formAgain` has put above it. */
export const typedForm = (text: string): string =>
  text.startsWith(NOT_TAKEN) ? text.slice(text.indexOf('\n') + 1) : text;

/** The form as it was typed, to be mended: what is wrong stands above it, with the line as it is counted now. */
export function formAgain(typed: string, problem: string): string {
  const read = readForm(`${NOT_TAKEN}\n${typed}`);
  return `${NOT_TAKEN}${read.ok ? problem : read.problem}\n${typed}`;
}

export type ReadForm = { ok: true; values: Values } | { ok: false; problem: string };

/** Reads such lines again, whatever a person left of them. Empty values are ''. */
export function readForm(text: string): ReadForm {
  const values: Values = {};
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const typed = raw.trim();
    if (typed === '' || typed.startsWith('#')) continue;
    const at = (problem: string): ReadForm => ({ ok: false, problem: `line ${index + 1}: ${problem}` });
    const cut = typed.indexOf(':');
    if (cut < 1) return at(`no "name: value" in "${typed.slice(0, 60)}"`);
    const name = nameOf(typed.slice(0, cut).trim());
    if (name === null) {
      const word = typed.slice(0, cut);
      return at(`no fact "${word}"${didYouMean(word, PROSPECT_FIELDS)}; new ones: custom.${customKey(word)}`);
    }
    if (Object.hasOwn(values, name)) return at(`${name} is there twice`);
    const value = unquoted(typed.slice(cut + 1).trim());
    if (value === null) return at(`${name}: the quotes are not closed`);
    values[name] = value;
  }
  return { ok: true, values };
}

function nameOf(word: string): string | null {
  const key = word.startsWith('custom.') ? customKey(word.slice(7)) : '';
  if (key !== '') return `custom.${key}`;
  return PROSPECT_FIELDS.find((field) => field === word) ?? null;
}

function unquoted(text: string): string | null {
  if (text.startsWith("'"))
    return /^'.*'$/.test(text) && text.length > 1 ? text.slice(1, -1).replaceAll("''", "'") : null;
  if (!text.startsWith('"')) return text;
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === 'string' ? read : null;
  } catch {
    return null;
  }
}
