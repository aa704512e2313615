import type { Step } from '../scenario/scenario.ts';

/**
 * The template of a step for one person. With variants each person gets one of them, by weight and always the same
 * one: the choice depends on nothing but the step and the person, so a repeat or a preview shows what was sent.
 */
export function templateFor(step: Pick<Step, 'id' | 'template' | 'variants'>, prospectId: number): string {
  const total = step.variants.reduce((sum, variant) => sum + variant.weight, 0);
  let left = total === 0 ? 0 : spread(`${step.id}:${prospectId}`) % total;
  for (const variant of step.variants) {
    if (left < variant.weight) return variant.template;
    left -= variant.weight;
  }
  return step.template;
}

/** FNV-1a with a final mix, 32 bits: neighbouring ids must not fall into the same variant. */
function spread(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
