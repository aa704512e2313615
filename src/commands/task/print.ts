import type { Context } from '../../context.ts';
import { prospectName } from '../../engine/model.ts';
import type { Task } from '../../engine/ports/tasks.ts';
import { profileUrl } from '../../engine/texts/linkedin.ts';
import { isoOrNull } from '../../io/time.ts';
import { wrapped } from '../../io/wrap.ts';
import { printable } from '../../io.ts';

export const personOf = ({ prospect }: Pick<Task, 'prospect'>): string =>
  printable(prospectName(prospect) || prospect.email || `#${prospect.id}`);

/** Stable keys, documented in docs/json.md. */
export const taskJson = (task: Task) => ({
  id: task.messageId,
  state: task.state,
  campaign: task.campaign,
  mode: task.mode,
  step: task.step,
  channel: task.channel,
  kind: task.kind,
  prospect_id: task.prospect.id,
  person: prospectName(task.prospect),
  company: task.prospect.company,
  title: task.prospect.title,
  profile: task.prospect.linkedin ? profileUrl(task.prospect.linkedin) : null,
  text: task.body,
  why: task.error,
  created_at: new Date(task.createdAt).toISOString(),
  later_at: isoOrNull(task.laterAt),
});

const WIDEST = 72;

/** Where to click. */
export function profileLine({ io }: Context, { linkedin }: Task['prospect']): void {
  if (linkedin) io.out(io.color.underline(profileUrl(linkedin)));
}

/** Who it is for, for those who read it without a session. */
export function printTask(context: Context, task: Task): void {
  const { io } = context;
  const { prospect } = task;
  const rehearsal = task.mode === 'rehearsal' ? io.color.yellow('  REHEARSAL: do not really send it') : '';
  const work = [prospect.title, prospect.company, prospect.city]
    .filter((part) => part !== null)
    .map(printable);
  io.out('');
  io.out(`${io.color.bold(personOf(task))}  ${io.color.dim(`task ${task.messageId}`)}${rehearsal}`);
  if (work.length > 0) io.out(work.join(' · '));
  profileLine(context, prospect);
  io.out(io.color.dim(`${task.kind.replace('_', ' ')} · ${printable(task.campaign)} · step ${task.step}`));
  printText(context, task.body);
}

/**
 * Between rules. Typographic blanks stay; what could act on the terminal, turn the text or break its lines does not.
 * @param width breaks long lines at words, for reading alone; else they are whole, to be copied from the screen
 */
export function printText({ io }: Context, body: string, width: number | null = null): void {
  const rule = io.color.dim('─'.repeat(Math.min(io.width, WIDEST)));
  io.out(rule);
  for (const line of body
    .split('\n')
    .map((each) => each.replace(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu, '?')))
    for (const part of width === null ? [line] : wrapped(line, width)) io.whole(part);
  io.out(rule);
}
