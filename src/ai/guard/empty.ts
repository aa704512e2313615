import type { Rule } from './rule.ts';

const GREETING = /^(?:bonjour|bonsoir|hello|hi|hey|dear|chere?)\b[^,!\n]*[,!]?/;
const CLOSING =
  /(?:bonne journee|belle journee|bien a vous|bien cordialement|cordialement|kind regards|best regards|best|regards|thanks|merci)[ ,.!]*$/;

/** Is there anything between greeting and closing? */
export const emptyRule: Rule = ({ body, subject, plain }) => {
  const text = (subject === null ? plain : plain.slice(plain.indexOf('\n') + 1)).trim();
  if (body.length > LONG_ENOUGH) return [];
  const core = text.replace(GREETING, '').trim().replace(CLOSING, '');
  return (core.match(/[\p{L}\p{N}]+/gu)?.length ?? 0) < 3
    ? [{ rule: 'empty', detail: 'the text says nothing' }]
    : [];
};

/** No greeting and closing are as long together. */
const LONG_ENOUGH = 150;
