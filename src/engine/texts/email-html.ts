import type { Language } from '../model.ts';

const BODY_STYLE =
  'margin:0;font-family:Arial,Helvetica,sans-serif;font-size:15px;line-height:1.5;color:#222';
const PARAGRAPH_STYLE = 'margin:0 0 1em';

/**
 * Plain text as the simplest page a mail reader shows well: paragraphs, line breaks, links that show where they
 * lead. Everything is escaped; no image, no script, no tracking.
 */
export function emailHtml(text: string, page: { language: Language; title: string }): string {
  const paragraphs = text
    .split(/\n{2,}/)
    .map(
      (paragraph) => `<p style="${PARAGRAPH_STYLE}">${paragraph.split('\n').map(linked).join('<br>\n')}</p>`,
    );
  return [
    `<!doctype html>`,
    `<html lang="${page.language}">`,
    `<head><meta charset="utf-8"><title>${escaped(page.title)}</title></head>`,
    `<body style="${BODY_STYLE}">`,
    ...paragraphs,
    `</body>`,
    `</html>`,
    '',
  ].join('\n');
}

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

/** Only http and https, only what is written out: the text of a link is its target. */
function linked(line: string): string {
  let html = '';
  let done = 0;
  for (const match of line.matchAll(/\bhttps?:\/\/[^\s<>"'«»]+/gu)) {
    const url = withoutTail(match[0]);
    html += `${escaped(line.slice(done, match.index))}<a href="${escaped(url)}">${escaped(url)}</a>`;
    done = match.index + url.length;
  }
  return html + escaped(line.slice(done));
}

/** Punctuation after a link belongs to the sentence; a closing bracket too, unless the link opened it. */
function withoutTail(url: string): string {
  const tail = url.includes('(') ? '.,;:!?…’”' : '.,;:!?…’”)';
  let end = url.length;
  while (end > 0 && tail.includes(url.charAt(end - 1))) end -= 1;
  return url.slice(0, end);
}
