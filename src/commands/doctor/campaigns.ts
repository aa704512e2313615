import { shellWord } from '../../engine/shell-word.ts';
import { type Check, warn } from './check.ts';

const NAME = 'campaigns';

/** What has paused itself, or was paused by a restore: nothing of it goes on before a person says so. */
export const campaigns: Check = {
  name: NAME,
  async look({ context }) {
    const { shielded } = await (await context.stores.status()).read(context.now());
    return shielded.map(({ campaign, reason }) =>
      warn(NAME, `${campaign} is paused: ${reason}`, `hector campaign show ${shellWord(campaign)}`),
    );
  },
};
