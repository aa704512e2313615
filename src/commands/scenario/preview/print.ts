import type { Context } from '../../../context.ts';
import { type Language, type Prospect, prospectName, type SuppressionKey } from '../../../engine/model.ts';
import type { LoadedScenario } from '../../../engine/ports/texts.ts';
import { FALLBACKS, SKIP_REASONS } from '../../../engine/reasons.ts';
import { kindOn } from '../../../engine/texts/kinds.ts';
import { printJson } from '../../../io/table.ts';
import { wrapped } from '../../../io/wrap.ts';
import { type Io, printable } from '../../../io.ts';
import { counted } from '../../counted.ts';
import { costText, usd } from '../../money.ts';
import type { PreviewedStep } from './steps.ts';

export interface Preview {
  loaded: LoadedScenario;
  language: Language;
  prospect: Prospect;
  suppressedBy: SuppressionKey | null;
  steps: readonly PreviewedStep[];
}

export function printPreview(context: Context, preview: Preview): void {
  const { io } = context;
  if (context.json) {
    printJson(io, previewJson(preview));
    return;
  }
  const { loaded, prospect, suppressedBy, steps } = preview;
  io.out(`${io.color.bold(printable(loaded.scenario.name))} for ${printable(nameOf(prospect))}`);
  if (suppressedBy)
    io.warn(
      printable(
        `On the blacklist (${suppressedBy.kind} ${suppressedBy.value}): nothing of this would be sent.`,
      ),
    );
  for (const step of steps) printStep(io, step);
  const cost = steps.reduce((sum, { previewed }) => sum + previewed.written.writing.cost, 0);
  if (cost > 0) io.note(`Paid for this preview: ${costText(cost)}`);
}

const nameOf = (prospect: Prospect): string => prospectName(prospect) || prospect.email || `#${prospect.id}`;

function printStep(io: Io, shown: PreviewedStep): void {
  const { step, day, channel, beside, unreachable, previewed } = shown;
  const { written, facts, refusals } = previewed;
  const line = (text: string) => {
    for (const part of wrapped(printable(text), io.width, '   ')) io.out(part);
  };
  io.out('');
  io.out(
    io.color.bold(
      `${step.id}  day ${day}, ${channel}, ${kindOn(step.kind, channel)}${beside ? ', at the same time' : ''}`,
    ),
  );
  if (unreachable) line(`Would be passed over: ${SKIP_REASONS[unreachable]}`);
  line(originOf(shown));
  if (written.writing.fallback)
    line(
      `A template stood in for Claude: ${FALLBACKS[written.writing.fallback]}${written.writing.detail === null ? '' : `: ${written.writing.detail}`}`,
    );
  for (const [index, findings] of refusals.entries())
    for (const { rule, detail } of findings)
      line(`The guard refused the ${index === 0 ? 'first answer' : 'repair'}: ${detail} (${rule})`);
  if (written.status === 'held') line(`Cannot be written: ${written.detail}`);
  else printText(io, written.subject, shown.text ?? '');
  for (const { statement, value, source } of written.writing.claims)
    line(`Says "${statement}", since: ${value} (${source})`);
  line(`Knew: ${facts.map(({ id, value }) => `${id} ${value}`).join(' · ')}`);
}

function originOf({ text, segments, previewed: { written } }: PreviewedStep): string {
  const { writing } = written;
  const parts =
    written.status === 'written' && written.source === 'claude'
      ? [`By Claude (${writing.model})`, `voice ${writing.voice}`]
      : [`Template ${written.status === 'written' ? written.template : ''}`.trim()];
  if (writing.disc) parts.push(`DISC ${writing.disc.profile} (${writing.disc.source})`);
  if (writing.kept) parts.push('kept from before');
  if (writing.repaired) parts.push('second answer');
  if (text !== null) parts.push(counted([...text].length, 'character'));
  if (segments !== null) parts.push(counted(segments, 'SMS segment'));
  if (writing.cost > 0) parts.push(costText(writing.cost));
  return parts.join(', ');
}

function printText(io: Io, subject: string | null, text: string): void {
  if (subject !== null) io.out(`   | ${printable(subject)}`);
  for (const line of text.split('\n'))
    for (const part of wrapped(printable(line), io.width, '   | ')) io.out(part.trimEnd());
}

const previewJson = ({ loaded, language, prospect, suppressedBy, steps }: Preview) => ({
  scenario: loaded.scenario.slug,
  language,
  prospect: { id: prospect.id, name: nameOf(prospect) },
  blacklisted_by: suppressedBy,
  steps: steps.map(stepJson),
});

function stepJson({ step, day, channel, beside, unreachable, previewed, text, segments }: PreviewedStep) {
  const { written, facts, refusals } = previewed;
  const { writing } = written;
  return {
    ...{ step: step.id, day, channel, beside, unreachable, text, segments },
    kind: kindOn(step.kind, channel),
    subject: written.status === 'written' ? written.subject : null,
    held: written.status === 'held' ? written.detail : null,
    source: written.status === 'written' ? written.source : null,
    template: written.status === 'written' ? written.template : null,
    characters: text === null ? null : [...text].length,
    fallback: writing.fallback,
    detail: writing.detail,
    model: writing.model,
    voice: writing.voice,
    disc: writing.disc,
    kept: writing.kept,
    repaired: writing.repaired,
    cost_usd: usd(writing.cost),
    facts,
    claims: writing.claims,
    findings: refusals.flatMap((findings, index) =>
      findings.map(({ rule, detail }) => ({ answer: index + 1, rule, detail })),
    ),
  };
}
