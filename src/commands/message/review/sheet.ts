import { prospectName } from '../../../engine/model.ts';
import type { Draft } from '../../../engine/ports/review.ts';
import { folded } from '../../../engine/suggest.ts';
import { tidyBody, tidySubject } from '../../../engine/texts/message-text.ts';
import type { CsvColumn } from '../../../io/csv.ts';

/** The sheet in which texts are read, changed and decided. */
export const SHEET: readonly CsvColumn<Draft>[] = [
  { header: 'id', value: ({ messageId }) => messageId },
  { header: 'campaign', value: ({ campaign }) => campaign },
  { header: 'person', value: ({ prospect }) => prospectName(prospect) || prospect.email },
  { header: 'company', value: ({ prospect }) => prospect.company },
  { header: 'step', value: ({ step }) => step },
  { header: 'channel', value: ({ channel }) => channel },
  { header: 'subject', value: ({ subject }) => subject },
  { header: 'text', value: ({ body }) => body },
  { header: 'decision', value: () => null },
  { header: 'remark', value: () => null },
  { header: 'fingerprint', value: ({ fingerprint }) => fingerprint },
];

/** Columns without which nothing can be decided. */
export const NEEDED = ['id', 'decision', 'fingerprint'] as const;

export type Decision = 'approve' | 'reject' | 'stop' | 'rewrite' | 'none';

const WORDS: readonly (readonly [Decision, string])[] = [
  [
    'approve',
    'approve, approved, ok, yes, y, oui, o, valider, valide, validee, approuver, approuve, approuvee',
  ],
  ['reject', 'reject, rejected, no, n, non, refuser, refuse, refusee, rejeter, rejete, rejetee'],
  ['stop', 'skip, stop, skip person, passer, arreter, exclure, ne plus contacter'],
  ['rewrite', 'rewrite, reecrire, a reecrire, refaire, a refaire'],
  ['none', ', later, plus tard, attendre, ?'],
];

const BY_WORD = new Map(
  WORDS.flatMap(([decision, words]) => words.split(', ').map((word) => [word, decision] as const)),
);

/** English or French, without case and accents; null: no word for a decision. */
export const readDecision = (cell: string): Decision | null =>
  BY_WORD.get(folded(cell).replace(/[.!\s]+$/, '')) ?? null;

/** The apostrophe by which an export disarms a cell that a spreadsheet would run. */
const ARMOUR = /^'(?=[=+\-@\t\r\n＝＋－＠])/;

export const disarmedOff = (cell: string): string => cell.replace(ARMOUR, '');

/**
 * Whether a cell still holds the text it was given: spreadsheets change line ends and no-break spaces, disarmed cells
 * have an apostrophe, and a file saved in an old encoding has `?` for what it could not hold.
 */
export function isUnchanged(cell: string, original: string, encoding: string): boolean {
  const wanted = tidyBody(original);
  return [cell, disarmedOff(cell)].some((text) => {
    const read = tidyBody(text);
    return oneBlank(read) === oneBlank(wanted) || hasSurvived(read, wanted, encoding);
  });
}

const BLANK = /[ \u00a0\u2009\u202f]/g;
const oneBlank = (text: string): string => text.replace(BLANK, ' ').replace(/ +/g, ' ');

/**
 * Sign by sign: any blank stands for any other, and `?` for what the file could not hold. A file that still holds
 * signs beyond ASCII could hold all of them, unless it is Windows-1252: there a `?` of a person is one.
 */
function hasSurvived(read: string, wanted: string, encoding: string): boolean {
  if (read.length !== wanted.length) return false;
  const [signs, others] = [read.replace(BLANK, ' '), wanted.replace(BLANK, ' ')];
  const lost = (sign: string): boolean =>
    encoding === 'windows-1252' ? !isHeld(sign) : sign > '\u007f' && !/[^\0-\u007f]/.test(signs);
  for (let at = 0; at < signs.length; at += 1)
    if (signs[at] !== others[at] && !(signs[at] === '?' && lost(wanted.charAt(at)))) return false;
  return true;
}

/** Beyond Latin-1, what Windows-1252 can hold (https://encoding.spec.whatwg.org, index windows-1252). */
const WINDOWS_1252 = '€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ';

const isHeld = (sign: string): boolean => sign <= '\u00ff' || WINDOWS_1252.includes(sign);

/** Whether a changed text came back with `?` for signs that its file could not hold. */
export function hasLostSigns(cell: string, original: string, encoding: string): boolean {
  if (encoding !== 'windows-1252') return false;
  const asked = (text: string): number => text.split('?').length;
  return [...original].some((sign) => !isHeld(sign)) && asked(cell) > asked(original);
}

/** What a person has made of the text; null: it is as it was. A column that is missing changes nothing. */
export function changedText(
  cells: { subject: string | null; text: string | null },
  draft: Pick<Draft, 'subject' | 'body'>,
  encoding: string,
): { subject: string | null; body: string } | null {
  const body =
    cells.text === null || isUnchanged(cells.text, draft.body, encoding) ? null : disarmedOff(cells.text);
  const subject =
    cells.subject === null || draft.subject === null || isUnchanged(cells.subject, draft.subject, encoding)
      ? null
      : tidySubject(disarmedOff(cells.subject));
  if (body === null && subject === null) return null;
  return { subject: subject ?? draft.subject, body: body ?? draft.body };
}
