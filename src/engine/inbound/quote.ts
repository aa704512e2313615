import { folded } from '../suggest.ts';

const QUOTE_START =
  /^(?:>|-{3,}\s*(?:original message|message d'origine|forwarded message|message transfere)|(?:de|from)\s*:\s|le .{4,200} a ecrit\s*:|on .{4,200} wrote:)/;

/** The words of the answer itself, without the mail or message below it that it answers. */
export function withoutQuote(text: string): string {
  const lines = text.split(/\r?\n/);
  const quote = lines.findIndex((line) => QUOTE_START.test(folded(line).replace(/[’‘`]/g, "'")));
  return (quote < 0 ? lines : lines.slice(0, quote)).join('\n');
}
