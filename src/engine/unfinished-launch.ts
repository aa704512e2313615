import { shellWord } from './shell-word.ts';

export const LAUNCH_CUT_OFF = 'its launch was cut off, or is still under way: not everybody is in it';

/** @param draft whether its answers are still there */
export const afterCutOff = (name: string, draft: boolean): string =>
  draft
    ? `hector campaign create --resume ${shellWord(name)} --yes`
    : `hector campaign delete ${shellWord(name)}`;
