import { expect, it } from 'vitest';
import { scenarioSchema } from '../../src/engine/scenario/schema.ts';
import { aScenario } from '../builders.ts';

it('a scenario cannot go on after a no: stop_on is whole or it is refused', () => {
  expect(scenarioSchema.safeParse(aScenario()).success).toBe(true);
  const refused = scenarioSchema.safeParse(aScenario({ stop_on: ['reply', 'meeting', 'opt_out'] }));
  expect(refused.error?.issues[0]?.message).toContain('always stops on reply, meeting, opt_out, bounce');
});
