import { HOLD_REASONS, SKIP_REASONS, STOP_REASONS, WAIT_REASONS } from '../../engine/reasons.ts';
import { shellWord } from '../../engine/shell-word.ts';
import type { TickSummary } from '../../engine/tick/summary.ts';
import { printJson } from '../../io/table.ts';
import { type Io, printable } from '../../io.ts';
import { counted } from '../counted.ts';
import { printTexts, summaryJson } from './texts.ts';

const CHANNEL_NAMES: Record<string, string> = { email: 'e-mail', sms: 'SMS', linkedin: 'LinkedIn' };

interface Told {
  io: Pick<Io, 'out' | 'note' | 'warn'>;
  json: boolean;
}

/** A few lines on a terminal; the whole summary with --json (docs/json.md). */
export function printSummary({ io, json }: Told, summary: TickSummary): void {
  if (json) {
    printJson(io, { ran: true, ...summaryJson(summary) });
    return;
  }
  const sent = Object.entries(summary.sent);
  if (sent.length > 0)
    io.out(`Sent: ${sent.map(([channel, n]) => `${n} ${CHANNEL_NAMES[channel] ?? channel}`).join(', ')}`);
  if (summary.rehearsed > 0)
    io.out(
      `Rehearsal: ${summary.rehearsed} of these went to the outbox folder; nothing of them left this machine.`,
    );
  printTexts(io, summary.texts);
  if (summary.tasks > 0) io.out(`LinkedIn texts ready to paste: ${summary.tasks}. Next: hector task next`);
  if (summary.rehearsal_tasks > 0)
    io.out(
      `Rehearsal: ${counted(summary.rehearsal_tasks, 'of these texts is', 'of these texts are')} not to be sent to anybody.`,
    );
  if (summary.completed > 0)
    io.out(`Completed: ${counted(summary.completed, 'person', 'people')} at the end of the scenario.`);
  reasons(io.note, 'Waiting', summary.waiting, WAIT_REASONS);
  reasons(io.note, 'Skipped a step', summary.skipped, SKIP_REASONS);
  reasons(io.note, 'Stopped', summary.stopped, STOP_REASONS);
  reasons(io.warn, 'Needs a person', withoutTasks(summary.held), HOLD_REASONS);
  reasons(io.warn, 'Missing', summary.held_for, {});
  reasons(io.warn, 'Refused by the provider', summary.rejected, {});
  reasons(io.note, 'To be tried again', summary.retried_for, {});
  if (summary.recovered.repeated > 0)
    io.note(`Left over by a tick that died: ${summary.recovered.repeated} to be repeated with the same key`);
  if (summary.recovered.found > 0)
    io.note(`Perhaps sent, and found with the provider: ${summary.recovered.found}`);
  if (summary.recovered.absent > 0)
    io.note(`Perhaps sent, but surely not: ${summary.recovered.absent}; each goes out if it still may`);
  if (summary.uncertain + summary.recovered.uncertain > 0)
    io.warn(
      `Perhaps sent, perhaps not: ${summary.uncertain + summary.recovered.uncertain}. Next: hector task list`,
    );
  for (const [channel, reason] of Object.entries(summary.misconfigured))
    io.warn(`hector: ${CHANNEL_NAMES[channel] ?? channel} cannot be used: ${reason}`);
  for (const { campaign, reason } of summary.shielded)
    io.warn(
      printable(
        `hector: campaign "${campaign}" has paused itself: ${reason}. Next: hector campaign show ${shellWord(campaign)}`,
      ),
    );
  for (const [channel, reason] of Object.entries(summary.down))
    io.warn(
      `hector: ${CHANNEL_NAMES[channel] ?? channel} is left alone for a while, its provider failed several times in a row: ${reason}`,
    );
  if (summary.failed > 0) io.warn(`Given up: ${summary.failed}. Next: hector message list --failed`);
  if (summary.interrupted)
    io.note('Ended before it was through: what was under way is recorded, the rest waits for the next tick.');
  if (summary.limited) io.note('The limit was reached; the rest waits for the next tick.');
  if (summary.considered === 0) io.note('Nothing is due. Next: hector status');
}

const withoutTasks = (held: Record<string, number>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(held).filter(([reason]) => reason !== 'operator' && reason !== 'approval'),
  );

function reasons(
  say: (line: string) => void,
  label: string,
  counts: Readonly<Record<string, number>>,
  texts: Readonly<Record<string, string>>,
): void {
  for (const [reason, n] of Object.entries(counts)) say(`${label}: ${n} (${texts[reason] ?? reason})`);
}
