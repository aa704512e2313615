import type { Withheld } from '../../../engine/ports/linkedin-session.ts';
import type { Task } from '../../../engine/ports/tasks.ts';
import { STOP_REASONS } from '../../../engine/reasons.ts';
import { printable } from '../../../io.ts';
import { standingOf } from './standing.ts';
import type { Session } from './state.ts';

/**
 * The task as it is now, by all the rules by which it was offered: the card may have been on the screen for long.
 * @returns null where it may not be used any more; why is said
 */
export async function lookAgain(
  session: Session,
  { messageId, person }: { messageId: number; person: string },
): Promise<Task | null> {
  const { context, look } = session;
  const { offer } = await standingOf(session);
  const found = await look.again(messageId, offer, { owner: context.owner, now: context.now() });
  if ('task' in found) return found.task;
  context.io.warn(printable(`${person}: ${words(found.withheld)}.`));
  return null;
}

function words({ why, detail }: Withheld): string {
  switch (why) {
    case 'answered':
      return 'they have answered meanwhile';
    case 'stopped':
      return `stopped meanwhile: ${stopWords(detail)}`;
    case 'settled':
      return `settled meanwhile${detail === null ? '' : ` (${detail.replace('_', ' ')})`}`;
    case 'paused':
      return 'they were paused meanwhile';
    case 'campaign_paused':
      return 'their campaign was paused meanwhile';
    case 'campaign_ended':
      return 'their campaign has ended meanwhile';
    case 'not_now':
      return 'not now, by the caps or a touch of today; it stays in the list';
    case 'elsewhere':
      return 'another session shows them by now';
  }
}

const stopWords = (reason: string | null): string =>
  Object.entries(STOP_REASONS).find(([name]) => name === reason)?.[1] ?? reason ?? 'by a person';
