import { expect, test } from 'vitest';
import { retyped } from '../../src/commands/retyped.ts';
import { UserError } from '../../src/errors.ts';

const SEVERAL = new UserError('several', {
  ...{ exitCode: 2, next: "hector prospect show '#1'" },
  instead: { typed: 'Claire Durand', meant: '#1' },
});

test.each([
  [['task', 'accepted', 'Claire Durand'], "hector task accepted '#1'"],
  [
    ['reply', 'add', ' Claire Durand ', '--text', "Oui, l'an prochain", '-q'],
    "hector reply add '#1' --text 'Oui, l'\\''an prochain' -q",
  ],
  // Read from a file, or a part of another word.
  [['prospect', 'pause', '--where=q=Claire Durand'], "hector prospect show '#1'"],
  // Not to be taken back, or not asked about.
  [['gdpr', 'erase', 'Claire Durand'], "hector prospect show '#1'"],
  [['prospect', 'remove', 'Claire Durand'], "hector prospect show '#1'"],
  [['prospect', 'pause', 'Claire Durand', '--yes'], "hector prospect show '#1'"],
  // Which of the two?
  [['prospect', 'move', '--from', 'Claire Durand', 'Claire Durand'], "hector prospect show '#1'"],
])('a name that several people have: %j leads to %s', (words, next) => {
  expect(retyped(SEVERAL, words)).toMatchObject({ message: 'several', exitCode: 2, next });
});

test('any other error stays as it is', () => {
  const other = new Error('other');
  expect(retyped(other, ['other'])).toBe(other);
});
