import type { Rule } from '../../engine/explain/explain.ts';
import type { LastTick } from '../../engine/ports/explain.ts';
import { isoOrNull, relative } from '../../io/time.ts';
import type { Io } from '../../io.ts';

/** Stable keys: docs/json.md. */
export const ruleJson = ({ code, sentence, detail, until, commands }: Rule) => ({
  code,
  sentence,
  detail,
  until: isoOrNull(until),
  commands,
});

export const lastTickJson = (tick: LastTick | null) =>
  tick && { started_at: isoOrNull(tick.startedAt), finished_at: isoOrNull(tick.finishedAt) };

/** `the caps are reached (...), until ...`; `when` shows an instant. */
export const ruleText = ({ sentence, detail, until }: Rule, when: (at: number) => string): string =>
  `${sentence}${detail === null ? '' : ` (${detail})`}${until === null ? '' : `, until ${when(until)}`}`;

/** Ago on a terminal only: elsewhere it may be read much later. */
export const lastTickText = (
  tick: LastTick | null,
  now: number,
  { terminal }: Pick<Io, 'terminal'>,
): string =>
  tick === null
    ? 'No tick has run yet: hector tick'
    : `The last tick with work to do ran ${terminal ? relative(tick.startedAt, now) : isoOrNull(tick.startedAt)}.`;
