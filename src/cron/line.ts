import { dirname } from 'node:path';
import { failure } from '../errors.ts';
import { minutesOf } from './schedule.ts';

/** What is run, by absolute paths: cron knows neither the PATH nor the folder of a login. */
export interface Job {
  /** The workspace's folder. */
  workspace: string;
  /** The node binary. */
  node: string;
  /** The real path of bin/hector.js. */
  script: string;
  /** Minutes between two ticks. */
  every: number;
}

/** Where the ticks of cron are told, within the workspace. */
export const LOG = 'logs/tick.log';

/** Folders where programs are, that of node first. */
export const pathOf = ({ node }: Job): string =>
  [...new Set([dirname(node), '/usr/local/bin', '/usr/bin', '/bin'])].join(':');

/** Longer ones are refused by Debian's cron (MAX_COMMAND in its misc.h). */
const LONGEST = 990;

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** A percent sign is a line break to cron, unless a backslash stands before it (crontab(5)). */
const escaped = (command: string): string => command.replaceAll('%', '\\%');

/** By this ending a line is known again; it names the workspace, so that several live side by side. */
export const markerOf = (workspace: string): string => escaped(`# hector: ${quoted(workspace)}`);

/** @throws UserError for a path that is no part of one line, in a crontab or a unit of systemd */
export function refuseOddPaths({ workspace, node, script }: Job): void {
  const odd = [workspace, node, script].find((path) => /\p{Cc}/u.test(path));
  if (odd === undefined) return;
  throw failure(
    `${JSON.stringify(odd)} has a line break or control character in it, which neither a crontab nor a unit of systemd can hold`,
    'move the workspace',
  );
}

/**
 * One line of a crontab, without its line break.
 * @throws UserError for a path that no line of a crontab can hold.
 */
export function lineOf(job: Job): string {
  refuseOddPaths(job);
  const run = [quoted(job.node), quoted(job.script), 'tick --quiet --workspace . --log', LOG].join(' ');
  const command = `cd ${quoted(job.workspace)} && PATH=${quoted(pathOf(job))} ${run} `;
  const line = `${escaped(command)}${markerOf(job.workspace)}`;
  if (Buffer.byteLength(line) > LONGEST)
    throw failure(`the paths are too long for a crontab: ${job.workspace}`, 'hector cron install --systemd');
  return `${minutesOf(job.workspace, job.every).join(',')} * * * * ${line}`;
}
