import type { z } from 'zod';
import { type Duration, parseDuration } from '../dates/duration.ts';
import type { scenarioSchema } from './schema.ts';

export type Scenario = z.output<typeof scenarioSchema>;
export type Step = Scenario['steps'][number];

/**
 * What a campaign keeps: the scenario as it was, and the source of each template it names (in the campaign's
 * language, by template name), so that later edits of files change nothing that is running.
 */
export interface ScenarioVersion {
  id: number;
  hash: string;
  scenario: Scenario;
  templates: Record<string, string>;
}

/** The schema has checked the text already, so a bad one here is a bug. */
export function durationOf(text: string): Duration {
  const parsed = parseDuration(text);
  if (!parsed) throw new Error(`not a duration: ${text}`);
  return parsed;
}

export const stepAfter = (scenario: Scenario, stepId: string): Step | null => {
  const index = scenario.steps.findIndex((step) => step.id === stepId);
  return index < 0 ? null : (scenario.steps[index + 1] ?? null);
};
