import { expect, it } from 'vitest';
import { sourceFiles } from './source.ts';

/** A path as it is, in a command of the shell that somebody is told to type; `word` is one that was quoted before. */
const BARE =
  /`(?:df -h|ls(?: -\w+)?|mv|rm|chmod [\w-]+|mkdir -p|unzip|hector init) \$\{(?!shellWord\(|word\})[^`]*`/g;
/** These know nothing of the engine, where words are quoted. */
const files = sourceFiles().filter(({ path }) => !/^(?:io\/|workspace\.ts)/.test(path));

it('a path in a command to type is one word of it, whatever its name', () => {
  const bare = files.flatMap(({ path, code }) =>
    [...code.matchAll(BARE)].map(([command]) => `${path}: ${command}`),
  );
  expect(bare).toEqual([]);
});
