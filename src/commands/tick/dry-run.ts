import type { Context } from '../../context.ts';
import { openAdmission } from '../../engine/tick/admission.ts';
import { planDue } from '../../engine/tick/work.ts';
import { EXIT } from '../../errors.ts';
import { watchInterrupt } from '../../io/interrupt.ts';
import { createProgress } from '../../io/progress.ts';
import { printJson, printTable } from '../../io/table.ts';
import { isoOrNull } from '../../io/time.ts';
import { printable } from '../../io.ts';
import { counted } from '../counted.ts';
import { costText } from '../money.ts';
import { because, type Line, labelOf, lineOf, reasonsOf, SENTENCES } from './dry-run-line.ts';
import { type DryText, dryTextJson, dryTexts, printDryText } from './dry-run-texts.ts';
import { countFallbacks, needsMending, printFallbacks } from './texts.ts';

/**
 * Plans what a tick would do, through the same planner. It holds only the reading half of the store; with `texts` the
 * writer keeps what Claude answers, for the tick that asks the same.
 */
export async function dryRun(
  context: Context,
  campaignId: number | null,
  { limit, texts }: { limit: number | null; texts: boolean },
): Promise<void> {
  const { lines, written } = await planned(context, campaignId, limit, texts);
  if (context.json)
    printJson(context.io, {
      dry_run: true,
      reasons: Object.fromEntries(reasonsOf(lines)),
      planned: lines.map((line) => ({
        ...line,
        until: isoOrNull(line.until),
        ...(texts ? { texts: (written.get(line) ?? []).map(dryTextJson) } : {}),
      })),
    });
  else if (texts) printWithTexts(context, lines, written);
  else await printLines(context, lines);
  if (texts) sayCost(context, [...written.values()].flat());
}

interface DryRun {
  lines: Line[];
  written: Map<Line, DryText[]>;
}

async function planned(
  context: Context,
  campaignId: number | null,
  limit: number | null,
  texts: boolean,
): Promise<DryRun> {
  const [store, engine] = [await context.stores.ticks(), await context.tickEngine()];
  const { lines, written }: DryRun = { lines: [], written: new Map() };
  const now = context.now();
  const admission = await openAdmission(engine, store, now);
  // Without texts there is nothing to be ended well.
  const interrupt = texts ? watchInterrupt() : null;
  const pressed = (): boolean => interrupt?.pressed() ?? false;
  const progress = createProgress(context.io, 'Looked at');
  let touches = 0;
  try {
    for await (const chunk of planDue({ store, now, campaignId }, admission)) {
      const shown = chunk.flatMap((item) => {
        const line = lineOf(item);
        return line.action === 'touch' && limit !== null && ++touches > limit ? [] : [{ item, line }];
      });
      for (const { line } of shown) lines.push(line);
      progress.at(lines.length);
      if (!texts) continue;
      const items = shown.map(({ item }) => item);
      const told = (done: number, of: number) =>
        progress.at(lines.length, undefined, `written: ${done} of ${of}`);
      const found = await dryTexts(items, { store, engine, stopping: pressed, progress: told });
      for (const { item, line } of shown) written.set(line, found.get(item) ?? []);
      if (pressed()) break;
    }
  } finally {
    interrupt?.stop();
    progress.end();
  }
  if (pressed()) context.exitCode = EXIT.interrupted;
  return { lines, written };
}

function printWithTexts({ io }: Context, lines: readonly Line[], written: Map<Line, DryText[]>): void {
  for (const line of lines) {
    const would = line.action === 'touch' ? `send ${line.channels.join(' + ')}` : line.action;
    const why = because(line);
    io.out(
      `${io.color.bold(printable(line.person))}, ${printable(line.campaign)}, ${line.step}: ${would}${why === '' ? '' : ` (${printable(why)})`}`,
    );
    for (const text of written.get(line) ?? []) printDryText(io, text);
  }
  io.note(
    `${counted(lines.length, 'person', 'people')} looked at. Nothing was sent; the texts by Claude are kept for the tick.`,
  );
}

function sayCost(context: Context, texts: readonly DryText[]): void {
  const { io } = context;
  const cost = texts.reduce((sum, { written }) => sum + written.writing.cost, 0);
  const kept = texts.filter(({ written }) => written.writing.kept).length;
  const byClaude = texts.filter(({ written }) => 'source' in written && written.source === 'claude').length;
  io.note(
    `${counted(texts.length, 'text')}, ${byClaude} of them by Claude, ${kept} kept from before; ${cost === 0 ? 'nothing' : costText(cost)} was paid.`,
  );
  const fallbacks = countFallbacks(texts.map(({ written }) => written.writing));
  printFallbacks(io, fallbacks);
  if (needsMending({ texts: fallbacks })) context.exitCode = EXIT.config;
}

/** A table of many thousands takes longer to draw than to plan, and nobody reads it. */
const TERMINAL_LIMIT = 500;

async function printLines({ io }: Context, lines: readonly Line[]): Promise<void> {
  if (lines.length === 0) {
    io.note('Nothing is due, so nothing would be done. Next: hector status');
    return;
  }
  await printTable(
    io,
    [
      { header: 'Person', whole: true, value: (line) => line.person },
      {
        header: 'Campaign',
        drop: 1,
        value: (line) => (line.mode === 'rehearsal' ? `${line.campaign} (rehearsal)` : line.campaign),
      },
      {
        header: 'Would',
        value: (line) => (line.action === 'touch' ? `send ${line.channels.join(' + ')}` : line.action),
      },
      { header: 'Step', value: (line) => line.step },
      { header: 'Because', value: because, wrap: true },
    ],
    io.terminal ? lines.slice(0, TERMINAL_LIMIT) : lines,
  );
  if (io.terminal && lines.length > TERMINAL_LIMIT)
    io.note(`${TERMINAL_LIMIT} of ${lines.length}. More: pipe it, or --json.`);
  const touches = lines.filter((line) => line.action === 'touch').length;
  for (const [reason, people] of reasonsOf(lines))
    io.note(`${labelOf(reason)}: ${people} (${SENTENCES[reason]})`);
  io.note(`${touches} would be contacted, ${lines.length - touches} not. Nothing was written or sent.`);
}
