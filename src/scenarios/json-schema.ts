import { z } from 'zod';
import { scenarioSchema } from '../engine/scenario/schema.ts';

/** scenarios/scenario.schema.json, for completion and checks in editors. `npm run gen` writes it. */
export function scenarioJsonSchema(): string {
  const { $schema, ...schema } = z.toJSONSchema(scenarioSchema, { io: 'input' });
  const document = { $schema, title: 'hector scenario', ...schema };
  return `${JSON.stringify(document, null, 2)}\n`;
}
