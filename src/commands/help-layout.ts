import type { Help } from '@commander-js/extra-typings';
import { wrapped } from '../io/wrap.ts';

/** With less than this beside the names, what is said of each stands below it. */
const LEAST = 24;

/** commander leaves it to the terminal to break what has little room, in the middle of words. */
export const HELP_LAYOUT = {
  minWidthToWrap: 20,
  formatItem(term: string, termWidth: number, description: string, { helpWidth = 80 }: Help): string {
    if (description === '') return `  ${term}`;
    const beside = helpWidth - termWidth - 4;
    if (beside < LEAST) return [`  ${term}`, ...wrapped(description, helpWidth, ' '.repeat(6))].join('\n');
    const [first, ...rest] = wrapped(description, beside);
    const indent = ' '.repeat(termWidth + 4);
    return [`  ${term.padEnd(termWidth)}  ${first}`, ...rest.map((line) => indent + line)].join('\n');
  },
};
