/**
 * A number in [0, 1) that looks random and is always the same for the same words: spreads what would otherwise
 * happen at one moment, and lets a plan be made again with the same result. FNV-1a, then a finaliser (MurmurHash3),
 * since neighbouring numbers must land far apart.
 */
export function jitter(words: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < words.length; index += 1)
    hash = Math.imul(hash ^ words.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
