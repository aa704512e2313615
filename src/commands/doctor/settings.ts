import { existsSync } from 'node:fs';
import { type Check, ok } from './check.ts';

/** Whatever is wrong in hector.yaml, .env or its rights is refused where they are read, with the place and the cure. */
export const settings: Check = {
  name: 'settings',
  async look({ context }) {
    await context.config();
    const { configFile, envFile } = context.workspace();
    return [
      ok('settings', `${configFile} is understood`),
      ok(
        'secrets',
        existsSync(envFile) ? `only you may read ${envFile}` : `there is no ${envFile}: no keys in it`,
      ),
    ];
  },
};
