import type { Context } from '../context.ts';
import { EXIT, UserError } from '../errors.ts';
import { createProgress } from '../io/progress.ts';
import { printJson } from '../io/table.ts';
import { wrapped } from '../io/wrap.ts';
import { type Io, printable } from '../io.ts';
import { hectorCommand, type OpenContext } from './command.ts';
import { counted } from './counted.ts';
import { budget } from './doctor/budget.ts';
import { campaigns } from './doctor/campaigns.ts';
import { type Check, type CheckLine, lookSafely, type Patient } from './doctor/check.ts';
import { claude } from './doctor/claude.ts';
import { clock } from './doctor/clock.ts';
import { cron } from './doctor/cron.ts';
import { database } from './doctor/database.ts';
import { disk } from './doctor/disk.ts';
import { files } from './doctor/files.ts';
import { keys } from './doctor/keys.ts';
import { leftovers } from './doctor/leftovers.ts';
import { domains } from './doctor/mail-domain.ts';
import { prices } from './doctor/prices.ts';
import { settings } from './doctor/settings.ts';
import { sms } from './doctor/sms.ts';
import { scenarios, voices } from './doctor/texts.ts';

/** In the order in which they are told, what nothing works without first; each is a file of its own in doctor/. */
const CHECKS: readonly Check[] = [
  ...[settings, files, database, leftovers, disk, clock],
  ...[keys, domains, sms, cron, campaigns],
  ...[scenarios, voices, claude, prices, budget],
];

export const command = (open: OpenContext) =>
  hectorCommand('doctor', {
    summary: 'what is wrong with settings, files, keys, domains, cron, texts, and its cure',
    description:
      'Looks at the settings, files and their rights, the database, the disk, the clock, the key of each provider, the sending domains and their SPF, DKIM and DMARC, the sender of SMS, cron and its last tick, scenarios, voices, models, prices and budgets. Sends nothing. Each line says what to do. Exit 3 when a setting or key is wrong, 1 when something else is.',
    examples: ['hector doctor', '# without asking anybody beyond this machine', 'hector doctor --offline'],
  })
    .option('--offline', 'ask nobody beyond this machine')
    .action(async (options) => doctor(open(options), { offline: options.offline === true }));

export async function doctor(context: Context, options: { offline: boolean }): Promise<void> {
  const config = await readable(context);
  const ask = config !== null && !options.offline;
  let asked: ReturnType<Patient['providers']> | undefined;
  const providers = () => (asked ??= ask ? context.providerAnswers() : Promise.resolve([]));
  const patient: Patient = { context, ...options, config, providers };
  const lines = once((await watched(context, patient)).flat());
  const faults = lines.filter(({ status }) => status === 'fail');
  if (faults.length > 0) context.exitCode = faults.some(({ setting }) => setting) ? EXIT.config : EXIT.failed;
  if (context.json) return printJson(context.io, doctorJson(lines));
  for (const line of lines) print(context.io, line);
  const warnings = lines.filter(({ status }) => status === 'warn').length;
  context.io.note(`${counted(faults.length, 'fault')}, ${counted(warnings, 'warning')}`);
}

/** All at once; what is still under way is named while a person waits. */
async function watched({ io }: Context, patient: Patient): Promise<CheckLine[][]> {
  const open = new Set(CHECKS.map(({ name }) => name));
  const progress = createProgress(io, 'Looked at');
  const show = (): void => progress.at(CHECKS.length - open.size, CHECKS.length, [...open].join(', '));
  const timer = setInterval(show, 200);
  const looked = CHECKS.map((check) => lookSafely(check, patient).finally(() => open.delete(check.name)));
  return Promise.all(looked).finally(() => {
    clearInterval(timer);
    progress.end();
  });
}

/** What keeps several checks from being made, such as a missing database, is told where it is met first. */
const once = (lines: readonly CheckLine[]): CheckLine[] =>
  lines.filter((line, index) => lines.findIndex(({ what }) => what === line.what) === index);

/** Null where it is not; the check of the settings says why. No workspace at all: nothing can be looked at. */
function readable(context: Context): Promise<Patient['config']> {
  context.workspace();
  return context.config().catch((error: unknown) => {
    if (error instanceof UserError) return null;
    throw error;
  });
}

const doctorJson = (lines: readonly CheckLine[]) => ({
  ok: lines.every(({ status }) => status !== 'fail'),
  checks: lines.map(({ check, status, what, cure }) => ({ check, status, what, cure })),
});

/** Columns. */
const NARROW = 60;

function print({ color, out, terminal, width }: Io, { check, status, what, cure }: CheckLine): void {
  const text = printable(what);
  const next = cure === null ? '' : printable(cure);
  if (!terminal) {
    out([status, check, text, next].join('\t'));
    return;
  }
  const paint = { ok: color.green, warn: color.yellow, fail: color.red }[status];
  const indent = ' '.repeat(width < NARROW ? 6 : 17);
  const lines = wrapped(text, width, indent);
  // In a narrow terminal what was found begins below its name.
  const first = width < NARROW ? '' : (lines.shift() ?? '').trimStart();
  out(`${paint(status.padEnd(4))}  ${check.padEnd(10)} ${first}`.trimEnd());
  for (const line of lines) out(line);
  // In one piece, to be copied.
  if (next !== '') out(`${indent}Next: ${next}`);
}
