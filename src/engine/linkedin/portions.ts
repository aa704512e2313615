import type { Findings, FoundConnection, FoundReply, FoundSending } from '../ports/linkedin.ts';

interface Portion extends Findings {
  connections: FoundConnection[];
  sendings: FoundSending[];
  replies: FoundReply[];
}

/** What goes in in one act, reckoned in connections: a tenth of a second, for whoever waits to write. */
const PORTION = 1000;
/** An answer, or a text that was sent, costs as much as so many connections. */
const TEXT = 10;

/**
 * The findings in the portions in which they go in, each in the order of the files. Firms with a refusal come first, then
 * those with an answer: should it break off, the rest can wait. A firm is never parted: an answer cancels the open texts
 * of colleagues, and what they were sent has to be recorded before.
 * @param firms of people whom an answer of a colleague stops; who is in none stands alone
 */
export function portionsOf(
  findings: Findings,
  firms: ReadonlyMap<number, string>,
  size: number = PORTION,
): Findings[] {
  const firmOf = (id: number): string => firms.get(id) ?? `#${id}`;
  const portions: Portion[] = [];
  const places = new Map<string, Portion>();
  let portion: Portion | null = null;
  let room = 0;
  for (const { firm, work } of mostUrgentFirst(findings, firmOf)) {
    if (portion === null || work > room) {
      portion = { connections: [], sendings: [], replies: [] };
      portions.push(portion);
      room = size;
    }
    places.set(firm, portion);
    room -= work;
  }
  for (const each of findings.sendings) places.get(firmOf(each.prospectId))?.sendings.push(each);
  for (const each of findings.connections) places.get(firmOf(each.prospectId))?.connections.push(each);
  for (const each of findings.replies) places.get(firmOf(each.prospectId))?.replies.push(each);
  return portions;
}

export const countOf = ({ connections, sendings, replies }: Findings): number =>
  connections.length + sendings.length + replies.length;

interface Firm {
  firm: string;
  work: number;
  urgency: number;
}

const NO_NEWS = 0;
const ANSWERED = 1;
const REFUSED = 2;

function mostUrgentFirst(
  { sendings, connections, replies }: Findings,
  firmOf: (prospectId: number) => string,
): Firm[] {
  const firms = new Map<string, Firm>();
  const meet = (prospectId: number, urgency: number, work: number): void => {
    const firm = firmOf(prospectId);
    const known = firms.get(firm) ?? { firm, work: 0, urgency };
    firms.set(firm, { firm, work: known.work + work, urgency: Math.max(known.urgency, urgency) });
  };
  for (const { prospectId } of sendings) meet(prospectId, NO_NEWS, TEXT);
  for (const { prospectId } of connections) meet(prospectId, NO_NEWS, 1);
  for (const { prospectId, optOut } of replies) meet(prospectId, optOut ? REFUSED : ANSWERED, TEXT);
  return [...firms.values()].sort((left, right) => right.urgency - left.urgency);
}
