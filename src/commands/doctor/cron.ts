import { existsSync, readFileSync } from 'node:fs';
import type { Context } from '../../context.ts';
import type { Cron, InstalledLine } from '../../engine/ports/cron.ts';
import type { Status } from '../../engine/ports/status.ts';
import { counted } from '../counted.ts';
import { type Check, type CheckLine, fail, ok, warn } from './check.ts';

const NAME = 'cron';
const MINUTE_MS = 60_000;
/** A machine that sleeps at night, a long tick: only then is it overdue. */
const GRACE_MS = 65 * MINUTE_MS;

/** Somebody must tick: is cron told to, and does it? */
export const cron: Check = {
  name: NAME,
  async look({ context }) {
    const desk = await context.cron();
    const [installed, { lastTick, campaigns }] = await Promise.all([desk.installed(), status(context)]);
    const age = lastTick === null ? null : context.now() - lastTick.startedAt;
    return [
      ...line(desk, installed, ranByItself(desk.log, lastTick)),
      ran(installed?.[0] ?? null, age, campaigns.running, beganText(context, lastTick)),
      ...unfinished(lastTick, age),
    ];
  },
};

const status = async (context: Context): Promise<Status> =>
  (await context.stores.status()).read(context.now());

/** A timer, or a line of somebody's own, tells in the log as well; a tick by hand does not. */
function ranByItself(log: string, lastTick: Status['lastTick']): boolean {
  if (lastTick === null || !existsSync(log)) return false;
  const last = readFileSync(log, 'utf8').trimEnd().split('\n').at(-1) ?? '';
  return Date.parse(last.split(' ')[0] ?? '') >= lastTick.startedAt;
}

function line(desk: Cron, installed: readonly InstalledLine[] | null, ranByItself: boolean): CheckLine[] {
  const [first] = installed ?? [];
  if (!first) {
    if (ranByItself) return [];
    return installed === null
      ? [warn(NAME, 'there is no crontab program in PATH', 'hector cron install --systemd')]
      : [warn(NAME, 'no line in the crontab: nobody ticks here but by hand', 'hector cron install')];
  }
  if (installed !== null && installed.length > 1)
    return [warn(NAME, `${installed.length} lines in the crontab for one workspace`, 'hector cron install')];
  if (!first.active) return [warn(NAME, 'the line in the crontab is commented out', 'hector cron install')];
  if (first.every === null) return [ok(NAME, 'a line in the crontab, changed by hand')];
  if (first.line !== desk.line(first.every)) {
    const what = 'the line in the crontab names another program or folder than this one';
    return [warn(NAME, what, `hector cron install --every ${first.every}m`)];
  }
  return [ok(NAME, `every ${counted(first.every, 'minute')}, told in ${desk.log}`)];
}

/** By the run log. A tick of a person counts as well. */
function ran(line: InstalledLine | null, age: number | null, running: number, began: string): CheckLine {
  if (age === null) {
    const what = 'no tick has run yet';
    return running > 0 ? warn(NAME, what, 'hector tick --dry-run') : ok(NAME, what);
  }
  const what = `the last tick began ${began}`;
  const due = (line?.every ?? 60) * 2 * MINUTE_MS + GRACE_MS;
  if (running === 0 || age < due) return ok(NAME, what);
  const campaigns = `${counted(running, 'campaign')} running`;
  // A line is there, and nothing comes of it: cron is not running, or fails before hector begins.
  return line?.active
    ? fail(NAME, `${what}, with ${campaigns}: cron does not run the line`, 'systemctl status cron')
    : fail(NAME, `${what}, with ${campaigns}`, 'hector cron install');
}

/** Ago on a terminal only: elsewhere it may be read much later. */
function beganText(context: Context, lastTick: Status['lastTick']): string {
  if (lastTick === null) return '';
  const { startedAt } = lastTick;
  const relative = context.io.terminal && !context.json;
  return relative ? ago(context.now() - startedAt) : new Date(startedAt).toISOString();
}

function ago(ms: number): string {
  const minutes = Math.max(0, Math.round(ms / MINUTE_MS));
  if (minutes < 120) return `${counted(minutes, 'minute')} ago`;
  return minutes < 2880 ? `${Math.round(minutes / 60)} hours ago` : `${Math.round(minutes / 1440)} days ago`;
}

function unfinished(lastTick: Status['lastTick'], age: number | null): CheckLine[] {
  if (lastTick === null || lastTick.finishedAt !== null || age === null || age < GRACE_MS) return [];
  return [warn(NAME, 'the last tick did not end: the next one takes over what it left', 'hector tick')];
}
