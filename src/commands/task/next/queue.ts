import { minutesFor } from '../../../engine/linkedin-session/pace.ts';
import type { QueueLine } from '../../../engine/ports/linkedin-session.ts';
import { printable } from '../../../io.ts';
import { counted } from '../../counted.ts';
import { percent, roomText, type Standing } from './standing.ts';
import type { Session } from './state.ts';

/** What there is to do, campaign by campaign, how long it will take, and what invitations may still go out. */
export async function queueLines(
  { context, look, tally }: Session,
  { offer, invitations, acceptance, onlyRehearsals }: Standing,
): Promise<string[]> {
  const queue = await look.queue(offer, context.now());
  const total = queue.reduce((sum, line) => sum + tasksOf(line), 0);
  const later = queue.reduce((sum, line) => sum + line.later, 0);
  const off = later > 0 ? ` (${later} put off, at the end)` : '';
  return [
    ...(total === 0
      ? []
      : [`LinkedIn: ${counted(total, 'task')}${off}, about ${minutesFor(total, tally.took)} min`]),
    ...queue.map((line) => `  ${printable(line.campaign)}: ${partsOf(line)}`),
    ...(invitations.againAt === null && !onlyRehearsals ? [`Invitations: ${roomText(invitations)}`] : []),
    ...(acceptance.sent > 0 && !acceptance.isTooLow
      ? [
          `Accepted: ${acceptance.accepted} of ${acceptance.sent} sent 7 to 60 days ago (${percent(acceptance.share)})`,
        ]
      : []),
  ];
}

const tasksOf = ({ invitations, messages }: QueueLine): number => invitations + messages;

const partsOf = ({ invitations, messages, mode }: QueueLine): string =>
  [
    ...(invitations > 0 ? [counted(invitations, 'invitation')] : []),
    ...(messages > 0 ? [counted(messages, 'message')] : []),
    ...(mode === 'rehearsal' ? ['rehearsal: no caps'] : []),
  ].join(', ');

/** `3 to go, 5 min` */
export async function toGo(session: Session, { offer }: Standing): Promise<string> {
  const { context, look, passed, tally } = session;
  const queue = await look.queue(offer, context.now());
  const left = Math.max(1, queue.reduce((sum, line) => sum + tasksOf(line), 0) - passed.length);
  return `${left} to go, ${minutesFor(left, tally.took)} min`;
}
