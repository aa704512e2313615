/** A template file in its two parts; the subject is Liquid as well. Lines count from 1 in the whole file. */
export interface TemplateSource {
  subject: string | null;
  subjectLine: number;
  /** Column where the subject's text begins, from 1. */
  subjectColumn: number;
  body: string;
  bodyLine: number;
}

export type SplitTemplate =
  | { ok: true; source: TemplateSource }
  | { ok: false; line: number; message: string };

/**
 * Front matter is not YAML but one `subject:` line between `---` lines, so that a subject such as
 * `Re : {{ previous.subject }}` needs no quotes.
 */
export function splitTemplate(text: string): SplitTemplate {
  const lines = text
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n')
    .split('\n');
  const none = { subject: null, subjectLine: 1, subjectColumn: 1 };
  if (lines[0]?.trim() !== '---')
    return { ok: true, source: { ...none, body: lines.join('\n'), bodyLine: 1 } };
  const end = lines.findIndex((line, index) => index > 0 && line.trim() === '---');
  if (end < 0) return { ok: false, line: 1, message: 'the front matter has no closing --- line' };
  const source: TemplateSource = { ...none, body: lines.slice(end + 1).join('\n'), bodyLine: end + 2 };
  for (const [index, line] of lines.slice(1, end).entries()) {
    if (line.trim() === '') continue;
    const [, head, quoted] = /^(subject:[ \t]*)(.*?)[ \t]*$/.exec(line) ?? [];
    if (head === undefined || quoted === undefined)
      return {
        ok: false,
        line: index + 2,
        message: 'the front matter may only have one line "subject: ..."',
      };
    if (source.subject !== null) return { ok: false, line: index + 2, message: 'a second subject' };
    const inner = /^"(.*)"$|^'(.*)'$/.exec(quoted);
    source.subject = inner ? (inner[1] ?? inner[2] ?? '') : quoted;
    source.subjectLine = index + 2;
    source.subjectColumn = head.length + (inner ? 2 : 1);
  }
  return { ok: true, source };
}
