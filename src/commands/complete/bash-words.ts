/**
 * What bash hands to a completion: words as they were typed, with their quotes, taken apart at `=` and `:` as well
 * (COMP_WORDBREAKS). A reply must be quoted as the word was begun, without what stands before the last of those.
 */
export interface BashWords {
  words: string[];
  reply(value: string): string;
}

export function readBashWords(raw: readonly string[]): BashWords {
  const joined = rejoined(raw);
  const last = joined.at(-1) ?? '';
  const quote = openQuote(last);
  // Inside quotes bash takes nothing apart.
  const kept = quote === '' ? (/^.*[=:]/.exec(unquoted(last))?.[0].length ?? 0) : 0;
  return {
    words: joined.map(unquoted),
    reply: (value) => quotedAs(quote, value.slice(kept)),
  };
}

/** `--campaign` `=` `PME` was one word. */
function rejoined(raw: readonly string[]): string[] {
  const words: string[] = [];
  let glued = false;
  for (const [index, word] of raw.entries()) {
    const breaks = /^[=:]+$/.test(word) && index > 0;
    if ((breaks || glued) && words.length > 0) words.push(`${words.pop() ?? ''}${word}`);
    else words.push(word);
    glued = breaks;
  }
  return words;
}

/** The quote a word is still within at its end. */
function openQuote(word: string): '' | "'" | '"' {
  let open: '' | "'" | '"' = '';
  for (let at = 0; at < word.length; at += 1) {
    const sign = word[at];
    if (sign === '\\' && open !== "'") at += 1;
    else if ((sign === "'" || sign === '"') && (open === '' || open === sign)) open = open === '' ? sign : '';
  }
  return open;
}

/** As the shell would read it, without expanding anything. */
function unquoted(word: string): string {
  let text = '';
  let open = '';
  for (let at = 0; at < word.length; at += 1) {
    const sign = word[at] ?? '';
    if (sign === '\\' && open !== "'") {
      at += 1;
      text += word[at] ?? '';
    } else if ((sign === "'" || sign === '"') && (open === '' || open === sign))
      open = open === '' ? sign : '';
    else text += sign;
  }
  return text;
}

function quotedAs(quote: '' | "'" | '"', value: string): string {
  if (quote === "'") return value.replaceAll("'", "'\\''");
  if (quote === '"') return inDoubleQuotes(value);
  return value.replace(/[^\p{L}\p{M}\p{N}_@%+=:,./-]/gu, '\\$&');
}

/**
 * Before a `!` no backslash helps: bash keeps it, so the quotes are closed around it. Where they are open again at the
 * very end, bash takes them for the closing ones, and would leave the word open.
 */
function inDoubleQuotes(value: string): string {
  const quoted = value.replace(/["$`\\]/g, '\\$&').replace(/!+/g, `"'$&'"`);
  return value.endsWith('!') ? `${quoted}"` : quoted;
}
