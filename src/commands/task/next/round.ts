import { acceptanceSpan, FEWEST_TO_JUDGE } from '../../../engine/linkedin-session/acceptance.ts';
import type { OpenInvitation } from '../../../engine/ports/linkedin-session.ts';
import { UserError } from '../../../errors.ts';
import type { Key } from '../../../io/press-key.ts';
import { relative } from '../../../io/time.ts';
import { wrapped } from '../../../io/wrap.ts';
import { printable } from '../../../io.ts';
import { counted } from '../../counted.ts';
import { personOf, profileLine } from '../print.ts';
import { openProfile, recordAccepted } from './acts.ts';
import { question } from './keys.ts';
import type { Session } from './state.ts';

type Answer = 'yes' | 'no' | 'later' | 'open' | 'tasks' | 'quit';

const KEYS: readonly Key<Answer>[] = [
  { key: 'y', name: 'accepted', value: 'yes' },
  { key: 'n', name: 'not yet', value: 'no' },
  { key: 'l', name: 'later', value: 'later' },
  { key: 'o', name: 'open', value: 'open' },
  { key: 't', name: 'on to the tasks', value: 'tasks' },
  { key: 'q', name: 'quit', value: 'quit' },
];

const DAY_MS = 86_400_000;

/**
 * Asks of each invitation that somebody's next step depends on, from a day after it went out, and once each day of the
 * workspace from then on; of any other once, after a week, some in each session, since the share that was accepted is
 * judged by them. False ends the session.
 */
export async function askWhoAccepted(session: Session): Promise<boolean> {
  const { context, look, campaign } = session;
  const [calendar, { timezone }] = await Promise.all([context.calendar(), context.config()]);
  const now = context.now();
  const asked = calendar.startOfDay(now, timezone);
  const awaited = await look.unknown(campaign, { sent: now - DAY_MS, asked });
  const late = await look.unsettled(campaign, { ...acceptanceSpan(now), now, most: FEWEST_TO_JUDGE });
  const open = [
    ...awaited,
    ...late.filter(({ messageId }) => !awaited.some((each) => each.messageId === messageId)),
  ];
  if (open.length === 0) return true;
  for (const line of whatToSay(open)) context.io.note(line);
  const known = new Set<number>();
  for (const [index, invitation] of open.entries()) {
    const { id } = invitation.prospect;
    if (known.has(id) || !(await look.hold(id, context.owner))) continue;
    const answer = await askOne(session, invitation, `${index + 1} of ${open.length}`);
    if (answer === 'yes') known.add(id);
    if (answer === 'quit') return false;
    if (answer === 'tasks') return true;
  }
  return true;
}

/** Of a rehearsal there is nothing to look up. */
function whatToSay(open: readonly OpenInvitation[]): string[] {
  const played = open.filter(({ mode }) => mode === 'rehearsal').length;
  const sent = open.length - played;
  return [
    ...(sent > 0
      ? [`${counted(sent, 'invitation')} to look up: accepted? LinkedIn, My network, shows who has.`]
      : []),
    ...(played > 0
      ? [`${counted(played, 'invitation')} of a rehearsal: nobody was invited. Say what you want to play.`]
      : []),
  ];
}

async function askOne(session: Session, invitation: OpenInvitation, position: string): Promise<Answer> {
  const { context, look } = session;
  show(session, invitation, position);
  for (;;) {
    const answer = await context.prompter().key(question(KEYS, context.io.width), KEYS);
    try {
      if (answer === 'open') await openProfile(session, invitation.prospect);
      else {
        if (answer === 'yes')
          await recordAccepted(session, invitation.prospect, { messageId: invitation.messageId });
        if (answer === 'no') {
          await look.asked(invitation.messageId, context.now());
          const person = personOf(invitation);
          context.io.note(
            invitation.isLast ? `Not accepted: ${person}.` : `Not yet: ${person}, asked again tomorrow.`,
          );
        }
        return answer;
      }
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      context.io.warn(printable(error.message));
      if (answer !== 'open') return answer;
    }
  }
}

function show(
  { context }: Session,
  { prospect, campaign, mode, sentAt }: OpenInvitation,
  position: string,
): void {
  const { io } = context;
  const width = Math.min(io.width, 72);
  io.out('');
  io.out(`${io.color.bold(personOf({ prospect }))}  ${io.color.dim(position)}`);
  const facts = [
    prospect.title,
    prospect.company,
    `${mode === 'rehearsal' ? 'played' : 'invited'} ${relative(sentAt, context.now())}`,
    campaign,
  ];
  const text = facts
    .filter((part) => part !== null)
    .map(printable)
    .join(' · ');
  for (const line of wrapped(text, width)) io.out(line);
  if (mode === 'rehearsal') io.out(io.color.yellow('REHEARSAL: nobody was invited'));
  profileLine(context, prospect);
}
