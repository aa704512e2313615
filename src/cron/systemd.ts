import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { Unit } from '../engine/ports/cron.ts';
import { failure } from '../errors.ts';
import { type Job, LOG, pathOf, refuseOddPaths } from './line.ts';
import { minutesOf } from './schedule.ts';

/**
 * A service that ticks once, and the timer that starts it, for `~/.config/systemd/user/`.
 * @throws UserError for a path that no line of a unit can hold
 */
export function unitsOf(job: Job): { service: Unit; timer: Unit } {
  refuseOddPaths(job);
  refuseContinuation(job.workspace);
  const name = unitName(job.workspace);
  const words = [job.node, job.script, 'tick', '--quiet', '--workspace', job.workspace, '--log', LOG];
  const service = `[Unit]
Description=hector tick in ${percents(job.workspace)}

[Service]
Type=oneshot
WorkingDirectory=${percents(job.workspace)}
Environment=${word(`PATH=${pathOf(job)}`)}
ExecStart=${words.map((each) => word(each).replaceAll('$', '$$$$')).join(' ')}
`;
  const minutes = minutesOf(job.workspace, job.every).map((minute) => String(minute).padStart(2, '0'));
  const timer = `[Unit]
Description=hector tick every ${job.every} minutes in ${percents(job.workspace)}

[Timer]
OnCalendar=*-*-* *:${minutes.join(',')}:00
Persistent=true

[Install]
WantedBy=timers.target
`;
  return {
    service: { name: `${name}.service`, text: service },
    timer: { name: `${name}.timer`, text: timer },
  };
}

/** systemd.syntax(7): a backslash at the end of a line goes on with the next one. */
function refuseContinuation(workspace: string): void {
  if (workspace.endsWith('\\'))
    throw failure(
      `${JSON.stringify(workspace)} ends with a backslash, which no unit of systemd can hold`,
      'hector cron install',
    );
}

/** Letters that a unit's name may have, and enough of a hash for two folders of one name. */
function unitName(workspace: string): string {
  const slug = basename(workspace)
    .replace(/[^A-Za-z0-9]+/g, '-')
    .slice(0, 40);
  return `hector-${slug}-${createHash('sha256').update(workspace).digest('hex').slice(0, 8)}`;
}

/** systemd.unit(5): a percent sign begins a specifier. */
const percents = (text: string): string => text.replaceAll('%', '%%');

/** systemd.service(5) "Command lines" and systemd.syntax(7) "Quoting"; a dollar sign is special in ExecStart= only. */
const word = (text: string): string =>
  /^[\w./:=-]+$/.test(text) ? text : `"${percents(text).replace(/[\\"]/g, '\\$&')}"`;
