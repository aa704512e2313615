import type { Campaign } from './plan/snapshot.ts';
import { shellWord } from './shell-word.ts';

/**
 * Why a campaign stays while LinkedIn texts of it wait for a person, who may have sent them already, and what to type
 * instead. Those of a paused one are not offered, so it is ended: what was sent can be told all the same.
 */
export function inHandsRefusal(
  { name, status }: Pick<Campaign, 'name' | 'status'>,
  texts: number,
): [message: string, next: string] {
  const count = texts === 1 ? '1 LinkedIn text' : `${texts} LinkedIn texts`;
  const campaign = shellWord(name);
  return status === 'running'
    ? [
        `"${name}" has ${count} in a person's hands: settle them first`,
        `hector task list --campaign ${campaign}`,
      ]
    : [`"${name}" has ${count} in a person's hands: end it first`, `hector campaign complete ${campaign}`];
}
