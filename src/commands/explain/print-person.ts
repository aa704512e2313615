import type { Context } from '../../context.ts';
import type { Explanation } from '../../engine/explain/explain.ts';
import type { Next } from '../../engine/explain/next.ts';
import { prospectName } from '../../engine/model.ts';
import { SKIP_REASONS } from '../../engine/reasons.ts';
import { printTable } from '../../io/table.ts';
import { dateTimeInBoth, isoOrNull, relative } from '../../io/time.ts';
import { wrapped } from '../../io/wrap.ts';
import { printable } from '../../io.ts';
import type { Explained, ExplainedPerson } from './explained.ts';
import { lastTickText, ruleText } from './rule.ts';

/** On a terminal in sentences; piped one line a rule: person, campaign, status, step, code, until, sentence, commands. */
export async function printPerson(context: Context, explained: ExplainedPerson, now: number): Promise<void> {
  const { io } = context;
  const { prospect, enrolments, lastTick } = explained;
  if (!io.terminal) await printTable(io, COLUMNS, enrolments.flatMap(rowsOf));
  else {
    io.out(io.color.bold(printable(`#${prospect.id} ${prospectName(prospect)}`)));
    for (const each of enrolments) for (const line of linesOf(each, context, now)) io.out(line);
  }
  if (enrolments.length === 0) io.note('In no campaign, so nothing is to come.');
  else if (enrolments.some(({ open }) => open !== null)) io.note(lastTickText(lastTick, now, io));
}

type Row = readonly (string | number | null)[];

const COLUMNS = Array.from({ length: 8 }, (_, index) => ({
  header: '',
  value: (row: Row) => row[index] ?? null,
}));

function rowsOf({ standing, open, end }: Explained): Row[] {
  const { prospect, campaign } = standing.snapshot;
  const base = [prospect.id, campaign.name, standing.status];
  if (end) return [[...base, null, end.reason, isoOrNull(end.at), end.sentence, end.commands.join('; ')]];
  if (!open) return [];
  if (open.rules.length === 0) {
    const at = 'at' in open.next ? isoOrNull(open.next.at) : null;
    return [[...base, open.step, 'due', at, nextTick(open.next), '']];
  }
  return open.rules.map(({ code, until, sentence, detail, commands }) => [
    ...base,
    open.step,
    code,
    isoOrNull(until),
    detail === null ? sentence : `${sentence} (${detail})`,
    commands.join('; '),
  ]);
}

/** Columns of a label. */
const LABEL = 15;

function linesOf({ standing, zone, open, end }: Explained, { io }: Context, now: number): string[] {
  const { campaign } = standing.snapshot;
  const when = (at: number) => dateTimeInBoth(at, campaign.timezone, zone);
  const labelled = (label: string, texts: readonly string[]): string[] =>
    texts.flatMap((text, index) => {
      const [first = '', ...rest] = wrapped(printable(text), io.width, ' '.repeat(LABEL));
      return [`  ${index === 0 ? label : ''}`.padEnd(LABEL) + first.trimStart(), ...rest];
    });
  const mode = campaign.mode === 'rehearsal' ? ' (rehearsal)' : '';
  const heading = io.color.bold(printable(`${campaign.name}${mode}: ${standing.status}`));
  if (end)
    return [
      '',
      heading,
      ...labelled('Ended', [`${end.sentence}${end.at === null ? '' : `, ${when(end.at)}`}`]),
      ...labelled('To begin anew', end.commands),
    ];
  if (!open) return [];
  return [
    '',
    `${heading}, step ${printable(open.step)}`,
    ...labelled('Counted from', [when(open.anchorAt)]),
    ...labelled('Next', nextTexts(open, when, now)),
    ...labelled(
      'Passed over',
      open.skipped.map(({ step, reason }) => `${step}: ${SKIP_REASONS[reason]}`),
    ),
    ...labelled(
      'Held by',
      open.rules.flatMap((rule, index) => [
        `${index + 1}. ${ruleText(rule, when)}`,
        ...rule.commands.map((command) => `\u00a0\u00a0\u00a0${command}`),
      ]),
    ),
  ];
}

function nextTexts({ next, rules }: Explanation, when: (at: number) => string, now: number): string[] {
  const date = (at: number) => (at <= now ? 'with the next tick' : `${when(at)}, ${relative(at, now)}`);
  switch (next.do) {
    case 'touch':
      return [
        `${next.channels.join(' + ')} of step ${next.step}, ${date(next.at)}`,
        ...(next.moved
          ? [`was due ${when(next.dueAt)}; outside the hours, so it moves to the next opening`]
          : []),
      ];
    case 'decide':
      return [`looked at again ${date(next.at)}`];
    case 'person':
      return ['when a person has done it'];
    case 'end':
      return [`ends as ${next.as}, ${date(next.at)}`];
    case 'nothing':
      return [rules.length > 0 ? 'nothing, as long as it is held' : 'nothing'];
  }
}

const nextTick = (next: Next): string =>
  next.do === 'end' ? `ends as ${next.as} with the next tick` : 'goes out with the next tick';
