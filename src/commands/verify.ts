import type { Context } from '../context.ts';
import type { BreachRow } from '../engine/ports/verify.ts';
import { BREACHES, CHECKS, type Check } from '../engine/verify/checks.ts';
import type { CheckResult, Verdict } from '../engine/verify/ledger.ts';
import { EXIT } from '../errors.ts';
import { createProgress } from '../io/progress.ts';
import { type Column, printJson, printTable } from '../io/table.ts';
import { hectorCommand, type OpenContext } from './command.ts';
import { counted } from './counted.ts';
import { positiveInteger } from './positive-integer.ts';

export const command = (open: OpenContext) =>
  hectorCommand('verify', {
    summary: 'prove from the ledger that the promises were kept',
    description:
      'Holds every message, date and event against the promises: no touch twice, none after an end or a no, none outside the hours or over a cap, nobody stuck. It reads only; exit code 1 and the rows where something is wrong.',
    examples: ['hector verify', 'hector verify --json --limit 100000'],
  })
    .option(
      '--limit <rows>',
      'rows shown of each check; all are counted (default: 20, 1000 with --json)',
      positiveInteger,
    )
    .action(async (options) => verify(open(options), { limit: options.limit ?? null }));

const SHOWN = 20;
const SHOWN_JSON = 1000;

export async function verify(context: Context, options: { limit: number | null }): Promise<void> {
  const limit = options.limit ?? (context.json ? SHOWN_JSON : SHOWN);
  const [{ verifyLedger }, store, calendar, { timezone }] = await Promise.all([
    import('../engine/verify/ledger.ts'),
    context.stores.verify(),
    context.calendar(),
    context.config(),
  ]);
  const progress = createProgress(context.io, 'Checking');
  const verdict = await verifyLedger({ store, calendar, timezone, limit, progress: progress.at }).finally(
    progress.end,
  );
  if (!verdict.clean) context.exitCode = EXIT.failed;
  if (context.json) printJson(context.io, verdictJson(verdict));
  else await printVerdict(context, verdict);
}

const verdictJson = ({ clean, checks }: Verdict) => ({
  clean,
  checks: checks.map(({ check, looked, breaches, notCheckable, byHand, rows }) => ({
    check,
    ok: breaches === 0,
    looked,
    breaches,
    not_checkable: notCheckable,
    by_hand: byHand,
    rows: rows.map((row) => ({
      code: row.code,
      message_id: row.messageId,
      enrolment_id: row.enrolmentId,
      prospect_id: row.prospectId,
      campaign_id: row.campaignId,
      detail: row.detail,
    })),
  })),
});

/** What `looked` counts. */
const UNITS: Record<Check, string> = {
  integrity: 'page',
  duplicate_touch: 'message',
  after_stop: 'enrolment',
  outside_window: 'message',
  over_cap: 'message',
  stuck: 'enrolment',
  counters: 'event',
};

async function printVerdict({ io }: Context, { clean, checks }: Verdict): Promise<void> {
  for (const result of checks) io.out(io.terminal ? checkLine(result) : checkCells(result).join('\t'));
  const rows = checks.flatMap((result) => result.rows);
  if (rows.length > 0) {
    io.out('');
    await printTable(io, COLUMNS, rows);
  }
  const hidden = checks.reduce((sum, { breaches }) => sum + breaches, 0) - rows.length;
  if (hidden > 0) io.note(`${counted(hidden, 'more row')}: hector verify --json --limit 100000`);
  if (checks.length === 1)
    io.note('The file is damaged, so nothing else was checked. Restore a backup of it.');
  else
    io.note(
      clean
        ? 'Every promise was kept.'
        : 'Something is wrong: hector prospect show shows what happened to a person.',
    );
}

const checkLine = ({ check, looked, breaches, notCheckable, byHand }: CheckResult): string => {
  const notes = [
    counted(looked, UNITS[check]),
    ...(notCheckable > 0 ? [`${number(notCheckable)} not checkable: sent by an older version`] : []),
    ...(byHand > 0 ? [`${number(byHand)} by hand, not judged`] : []),
  ].join('; ');
  const word = breaches === 0 ? 'ok    ' : 'WRONG ';
  return `${word}${CHECKS[check]}  (${breaches === 0 ? '' : `${number(breaches)} of `}${notes})`;
};

const checkCells = ({ check, looked, breaches }: CheckResult): (string | number)[] => [
  breaches === 0 ? 'ok' : 'wrong',
  check,
  looked,
  breaches,
];

const number = (count: number): string => count.toLocaleString('en');

const COLUMNS: Column<BreachRow>[] = [
  { header: 'Wrong', value: ({ code }) => BREACHES[code], wrap: true },
  { header: 'Message', value: ({ messageId }) => messageId, align: 'right' },
  { header: 'Enrolment', value: ({ enrolmentId }) => enrolmentId, align: 'right' },
  { header: 'Prospect', value: ({ prospectId }) => (prospectId === null ? null : `#${prospectId}`) },
  { header: 'Detail', value: ({ detail }) => detail, wrap: true },
];
