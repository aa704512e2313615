import { type Prospect, prospectName } from '../../engine/model.ts';
import type { DeliveryProblem, ReplyResult } from '../../engine/ports/people.ts';
import { isoOrNull } from '../../io/time.ts';
import { counted } from '../counted.ts';

const ABOUT = {
  replied: 'answering step',
  bounced: 'because a mail came back: step',
  complained: 'because of a complaint about step',
};

export function lines(
  person: Prospect,
  { answers, stopped, colleagues, blacklisted }: ReplyResult,
  problem: DeliveryProblem['type'] | null,
): string[] {
  const who = `${prospectName(person)} (#${person.id})`;
  const firm = person.company ? ` of ${person.company}` : '';
  const found: string[] = [];
  if (answers === null) found.push(`Recorded: ${who} is in no campaign.`);
  else {
    const step = answers.step === null ? '' : `, ${ABOUT[problem ?? 'replied']} ${answers.step}`;
    const mode = answers.mode === 'rehearsal' ? ' (rehearsal)' : '';
    found.push(`Recorded: ${who} is now ${answers.status} in ${answers.campaign}${mode}${step}.`);
  }
  if (stopped.enrolments + stopped.messages > 0)
    found.push(
      `Stopped: ${counted(stopped.enrolments, 'enrolment')}, ${counted(stopped.messages, 'message')} cancelled.`,
    );
  if (colleagues.people > 0)
    found.push(
      `Colleagues${firm} stopped: ${counted(colleagues.people, 'person', 'people')}, ${counted(colleagues.messages, 'message')} cancelled.`,
    );
  for (const { kind, value } of blacklisted) found.push(`Blacklisted: ${kind} ${value}`);
  return found;
}

/** Stable keys: docs/json.md. */
export const replyJson = (
  person: Prospect,
  result: ReplyResult,
  seen: { at: number; suspicious: boolean },
) => ({
  prospect: { id: person.id, name: prospectName(person) },
  at: isoOrNull(seen.at),
  answers: result.answers && {
    campaign: result.answers.campaign,
    mode: result.answers.mode,
    step: result.answers.step,
    channel: result.answers.channel,
    status: result.answers.status,
  },
  stopped: result.stopped,
  colleagues: result.colleagues,
  blacklisted: result.blacklisted,
  looks_like_opt_out: seen.suspicious,
});
