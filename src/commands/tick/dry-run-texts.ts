import type { Planned } from '../../engine/plan/decision.ts';
import type { TickStore } from '../../engine/ports/ticks.ts';
import type { Written } from '../../engine/ports/writer.ts';
import { exchangesOf } from '../../engine/tick/exchanges.ts';
import type { TickEngine } from '../../engine/tick/pass.ts';
import { mapPool } from '../../engine/tick/pool.ts';
import { textsOf } from '../../engine/tick/wanted.ts';
import type { Io } from '../../io.ts';
import { usd } from '../money.ts';

/** One text of a planned touch, as the tick would write it now. */
export interface DryText {
  channel: string;
  written: Written;
}

interface Desk {
  store: Pick<TickStore, 'exchanges'>;
  engine: Pick<TickEngine, 'writer' | 'settings' | 'concurrency'>;
  stopping(): boolean;
  /** Told after each touch how many of them are written. */
  progress(done: number, of: number): void;
}

/**
 * Writes the texts of planned touches by what the tick writes them with: Claude's answers are kept for it, and paid
 * for. What is stored already is not written again, and not among them.
 */
export async function dryTexts(
  planned: readonly Planned[],
  { store, engine, stopping, progress }: Desk,
): Promise<Map<Planned, DryText[]>> {
  const touches = planned.filter(({ plan, left }) => plan.decision.do === 'touch' && left === null);
  const exchanges = await exchangesOf(touches, store);
  let done = 0;
  progress(done, touches.length);
  const texts = await mapPool(touches, engine.concurrency, async (item) => {
    const { decision } = item.plan;
    if (decision.do !== 'touch') return [];
    const found: DryText[] = [];
    for (const { request } of textsOf(item.snapshot, decision, exchanges(item), engine).wanted)
      if (!stopping()) found.push({ channel: request.channel, written: await engine.writer.write(request) });
    progress(++done, touches.length);
    return found;
  });
  return new Map(touches.map((item, index) => [item, texts[index] ?? []]));
}

export const dryTextJson = ({ channel, written }: DryText) => ({
  channel,
  subject: written.status === 'written' ? written.subject : null,
  text: written.status === 'written' ? written.body : null,
  source: written.status === 'written' ? written.source : null,
  held: written.status === 'held' ? written.detail : null,
  fallback: written.writing.fallback,
  kept: written.writing.kept,
  cost_usd: usd(written.writing.cost),
});

export function printDryText(io: Io, { channel, written }: DryText): void {
  if (written.status === 'held') {
    io.out(`  ${channel}: cannot be written: ${visible(written.detail)}`);
    return;
  }
  const { source, template, subject, body } = written;
  io.out(
    io.color.dim(
      `  ${channel}, ${source === 'claude' ? 'by Claude' : `template ${visible(template ?? source)}`}`,
    ),
  );
  if (subject !== null) io.out(`  | ${visible(subject)}`);
  for (const line of body.split('\n')) io.out(`  | ${visible(line)}`.trimEnd());
}

/** Control characters and direction marks of a text must not reach the terminal. */
const visible = (line: string): string => line.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '?');
