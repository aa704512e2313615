import type { Context } from '../../context.ts';
import { prospectName } from '../../engine/model.ts';
import type { Task } from '../../engine/ports/tasks.ts';
import { profileUrl } from '../../engine/texts/linkedin.ts';
import { printable } from '../../io.ts';

export const personOf = (task: Task): string =>
  printable(prospectName(task.prospect) || task.prospect.email || `#${task.prospect.id}`);

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
});

/** The person, where they work, and the text between rules, as it will be pasted. */
export function printCard({ io }: Context, task: Task, position: string): void {
  const { prospect } = task;
  const rule = io.color.dim('─'.repeat(Math.min(io.width, 72)));
  const rehearsal = task.mode === 'rehearsal' ? io.color.yellow('  REHEARSAL: do not really send it') : '';
  const work = [prospect.title, prospect.company, prospect.city]
    .filter((part) => part !== null)
    .map(printable);
  io.out('');
  io.out(`${io.color.bold(personOf(task))}  ${io.color.dim(position)}${rehearsal}`);
  if (work.length > 0) io.out(work.join(' · '));
  if (prospect.linkedin) io.out(io.color.underline(profileUrl(prospect.linkedin)));
  io.out(io.color.dim(`${task.kind.replace('_', ' ')} · ${task.campaign} · step ${task.step}`));
  io.out(rule);
  for (const line of task.body.split('\n')) io.out(printableLine(line));
  io.out(rule);
}

/** Typographic blanks stay; what could act on the terminal does not. */
const printableLine = (line: string): string => line.replace(/\p{Cc}/gu, '?');
