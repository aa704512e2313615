import type { Context } from '../../context.ts';
import { prospectName } from '../../engine/model.ts';
import { EVERYBODY } from '../../engine/ports/people.ts';
import { confirmSent } from '../task/confirm.ts';

/** What people do in the demo, by prospect number, so that each run is the same. */

const DAY_MS = 86_400_000;

export interface Invited {
  prospectId: number;
  at: number;
}

/** The operator at her desk: every LinkedIn text of the list is pasted and confirmed. */
export async function pasteAll(context: Context, invited: Invited[]): Promise<number> {
  const store = await context.stores.tasks();
  const tasks = await store.list({ campaign: null, channel: 'linkedin' }, null);
  for (const task of tasks) {
    await confirmSent(context, store, task, task.body);
    if (task.kind === 'invitation') invited.push({ prospectId: task.prospect.id, at: context.now() });
  }
  return tasks.length;
}

/** Two in five accept, a day and more after the invitation. */
export async function acceptInvitations(context: Context, invited: readonly Invited[]): Promise<number> {
  const store = await context.stores.tasks();
  const now = context.now();
  let accepted = 0;
  for (const { prospectId, at } of invited)
    if (
      prospectId % 5 < 2 &&
      now - at > DAY_MS * (1 + (prospectId % 3)) &&
      (await store.accepted(prospectId, now))
    )
      accepted += 1;
  return accepted;
}

interface Answer {
  /** Days after the campaign's start. */
  day: number;
  /** Which of the people contacted so far and still in the campaign. */
  nth: number;
  text: string;
  meeting?: boolean;
  optOut?: boolean;
}

const ANSWERS: readonly Answer[] = [
  { day: 3, nth: 2, text: 'Bonjour, merci pour votre message. Oui, volontiers : rappelez-moi jeudi matin.' },
  {
    day: 7,
    nth: 0,
    text: 'Bonjour, nous faisons tout en interne, mais le sujet m’intéresse.',
    meeting: true,
  },
  { day: 8, nth: 4, text: 'Merci de ne plus me contacter.', optOut: true },
  { day: 10, nth: 1, text: 'Nous sommes déjà équipés, bonne continuation.' },
  { day: 14, nth: 3, text: 'D’accord pour un échange mardi 14 h.', meeting: true },
  { day: 18, nth: 1, text: 'Revenez vers moi en janvier, s’il vous plaît.' },
];

/** Answers of the day, put in as an operator would: `hector reply add`. */
export async function receiveAnswers(context: Context, day: number): Promise<string[]> {
  const replies = await context.stores.replies();
  const lines: string[] = [];
  for (const answer of ANSWERS.filter((each) => each.day === day)) {
    const person = await contacted(context, answer.nth);
    if (!person) continue;
    const { text, meeting = false, optOut = false } = answer;
    const now = context.now();
    await replies.add({ prospectId: person.id, text, meeting, optOut, channel: null, at: now, now });
    lines.push(`${person.name}: ${meeting ? 'a meeting' : optOut ? 'an opt-out' : 'an answer'}`);
  }
  return lines;
}

async function contacted(context: Context, nth: number): Promise<{ id: number; name: string } | null> {
  const people = await context.stores.people();
  const filter = { ...EVERYBODY, status: 'active' as const };
  let seen = 0;
  for await (const { prospect } of people.list(filter, null)) {
    const { history } = await people.card(prospect.id);
    if (history.some((line) => line.message?.state === 'sent') && seen++ === nth)
      return { id: prospect.id, name: prospectName(prospect) };
  }
  return null;
}
