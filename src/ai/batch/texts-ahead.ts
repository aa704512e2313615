import type { Known, TextsAhead } from '../../engine/ports/ahead.ts';
import type { Assignment } from '../assignment.ts';
import { expectedUsage } from '../expected-usage.ts';
import { collect } from './collect.ts';
import { assignmentOf, type BatchParts } from './parts.ts';
import { submit } from './submit.ts';

/** Texts asked of Claude before their time: what is known of them, and many of them at once at half the price. */
export function createTextsAhead(parts: BatchParts): TextsAhead {
  return {
    async known(request, options) {
      const assignment = await assignmentOf(request, parts);
      return typeof assignment === 'string'
        ? { as: 'template', because: assignment }
        : knownOf(assignment, options, parts);
    },
    submit: async (texts) => submit(texts, parts),
    collect: async (mayContinue) => collect(mayContinue, parts),
  };
}

async function knownOf(
  { key, ask }: Assignment,
  { batch }: { batch: boolean },
  { store, batches, settings, clock }: BatchParts,
): Promise<Known> {
  if (await store.cached(key, clock())) return { as: 'kept' };
  if (await batches.isAsked(key)) return { as: 'asked' };
  return { as: 'wanted', estimate: settings.costOf(expectedUsage(ask), { batch }) };
}
