import type { Channel, MessageState } from '../model.ts';
import { isOwnTouch, ownChannels } from '../plan/reach.ts';
import type { Touch } from '../plan/snapshot.ts';
import type { Scenario, ScenarioVersion, Step } from './scenario.ts';

export type ScenarioTexts = Pick<ScenarioVersion, 'scenario' | 'templates'>;

/** One step in the old scenario, the new one, or both. */
export interface StepChange {
  step: Step;
  /** `kept`: as it was, and in the same order. */
  change: 'added' | 'removed' | 'changed' | 'kept';
  /** What differs: keys of the step, `text`, `order`. */
  what: string[];
}

/** In the new order; a removed step stands behind the one it followed. */
export function diffScenarios(old: ScenarioTexts, next: ScenarioTexts): StepChange[] {
  const [before, after] = [old.scenario.steps, next.scenario.steps];
  const inOrder = keptInOrder(before, after);
  const changes = after.map((step): StepChange => {
    const former = before.find(({ id }) => id === step.id);
    if (!former) return { step, change: 'added', what: [] };
    const what = differences(former, step, old.templates, next.templates);
    if (!inOrder.has(step.id)) what.push('order');
    return { step, change: what.length > 0 ? 'changed' : 'kept', what };
  });
  for (const [index, step] of before.entries()) {
    if (after.some(({ id }) => id === step.id)) continue;
    const previous = before[index - 1]?.id;
    const place = changes.findIndex((each) => each.step.id === previous);
    changes.splice(place + 1, 0, { step, change: 'removed', what: [] });
  }
  return changes;
}

/** What differs beside the steps: keys of the scenario, and `default texts`. */
export function otherDifferences(old: ScenarioTexts, next: ScenarioTexts): string[] {
  const { steps: _, ...before } = old.scenario;
  const { steps: __, ...after } = next.scenario;
  const named = new Set([...old.scenario.steps, ...next.scenario.steps].flatMap(templatesOf));
  const rest = (templates: Record<string, string>) =>
    Object.entries(templates)
      .filter(([name]) => !named.has(name))
      .sort();
  const texts = same(rest(old.templates), rest(next.templates)) ? [] : ['default texts'];
  return [...keysThatDiffer(before, after), ...texts];
}

const templatesOf = (step: Step): string[] => [
  step.template,
  ...step.variants.map(({ template }) => template),
];

function differences(
  old: Step,
  next: Step,
  before: Record<string, string>,
  after: Record<string, string>,
): string[] {
  const changed = (name: string) => name in before && name in after && before[name] !== after[name];
  const text = templatesOf(next).some(changed) ? ['text'] : [];
  return [...keysThatDiffer(old, next), ...text];
}

function keysThatDiffer(old: object, next: object): string[] {
  const [before, after] = [new Map(Object.entries(old)), new Map(Object.entries(next))];
  return [...new Set([...before.keys(), ...after.keys()])].filter(
    (key) => !same(before.get(key), after.get(key)),
  );
}

/** Values read from YAML and JSON, keys in the schema's order. */
const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** The longest run of steps that stand in the same order in both: the others are the ones that have moved. */
function keptInOrder(before: readonly Step[], after: readonly Step[]): Set<string> {
  const places = after
    .map(({ id }) => ({ id, place: before.findIndex((step) => step.id === id) }))
    .filter(({ place }) => place >= 0);
  const runs: { place: number; ids: string[] }[] = [];
  for (const { id, place } of places) {
    const longest = runs
      .filter((run) => run.place < place)
      .reduce<string[]>((best, { ids }) => (ids.length > best.length ? ids : best), []);
    runs.push({ place, ids: [...longest, id] });
  }
  return new Set(runs.reduce<string[]>((best, { ids }) => (ids.length > best.length ? ids : best), []));
}

/**
 * The step where a person now stands. A step that is still there is kept. Else what follows the last step before
 * it that is still there, then what was still to come in the old order; null: the scenario ends here for them. Steps that
 * were touched are passed over: nobody gets one again.
 */
export function relocate(
  old: Scenario,
  next: Scenario,
  current: string,
  touched: ReadonlySet<string>,
): string | null {
  const remains = (id: string): boolean => next.steps.some((step) => step.id === id);
  if (remains(current)) return current;
  const ids = old.steps.map(({ id }) => id);
  const at = ids.indexOf(current);
  const before = ids.slice(0, Math.max(at, 0)).findLast(remains);
  const start = next.steps.findIndex(({ id }) => id === before) + 1;
  const following = next.steps.slice(start).find(({ id }) => !touched.has(id));
  return following?.id ?? ids.slice(at + 1).find((id) => remains(id) && !touched.has(id)) ?? null;
}

const SETTLED: readonly MessageState[] = [
  'sending',
  'awaiting_operator',
  'awaiting_approval',
  'sent',
  'skipped',
  'uncertain',
  'expired',
  'cancelled',
];

/** Steps that are done, in somebody's hands, or perhaps sent: a text beside a step says nothing about it. */
export const touchedSteps = (scenario: Scenario, touches: readonly Touch[]): Set<string> =>
  new Set(
    touches
      .filter(({ state, idempotencyKey }) => SETTLED.includes(state) || idempotencyKey !== null)
      .filter(({ step, channel }) => {
        const own = scenario.steps.find(({ id }) => id === step);
        return own !== undefined && isOwnTouch(own, channel);
      })
      .map(({ step }) => step),
  );

export interface StepChannel {
  step: string;
  channel: Channel;
}

/**
 * Messages of a step that could no longer be told from those beside it: a channel of the step that has been used
 * must not become an `also` of it, or those who had the step would get it again.
 */
export const ambiguousChannels = (
  old: Scenario,
  next: Scenario,
  used: readonly StepChannel[],
): StepChannel[] =>
  used.filter(({ step, channel }) => isBeside(next, step, channel) && !isBeside(old, step, channel));

function isBeside(scenario: Scenario, id: string, channel: Channel): boolean {
  const step = scenario.steps.find((each) => each.id === id);
  return step?.also.includes(channel) === true && !ownChannels(step).includes(channel);
}
