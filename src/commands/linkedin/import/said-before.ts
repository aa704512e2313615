import type { FoundWhat } from '../../../engine/linkedin/found.ts';
import { printable } from '../../../io.ts';

interface Message {
  what: FoundWhat;
  prospectId: number | null;
  person: string;
}

/** More are for the list. */
const NAMED = 3;

/**
 * Who wrote before any campaign had reached them is stopped by nothing: an invitation could come on top of a talk that
 * goes on. The latest to write come first.
 * @param lines the earliest first
 * @param listed whether each message is on the screen already
 */
export function readFirst(lines: readonly Message[], listed: boolean): string[] {
  const latest = lines.filter(({ what }) => what === 'before').toReversed();
  const people = [...new Map(latest.map(({ prospectId, person }) => [prospectId, person])).values()];
  if (people.length === 0) return [];
  const names = people.slice(0, NAMED).map(printable).join(', ');
  const more = people.length > NAMED ? ` and ${people.length - NAMED} more` : '';
  return [
    `Before you invite them, read what ${names}${more} wrote${listed ? '' : ': the same command with --list'}`,
  ];
}
