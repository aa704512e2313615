import { expect, test } from 'vitest';
import { draftWithout } from '../../src/engine/gdpr/draft.ts';
import { isOwnReason } from '../../src/engine/gdpr/own-reason.ts';
import { storedWithoutTraces, tracesOf, withoutTraces } from '../../src/engine/gdpr/traces.ts';

const TRACES = tracesOf([
  { email: 'eric@ads.example', mobile: '+33612345678', phone: null, linkedin: 'sent' },
]);

test.each([
  ['no such box <Eric@ads.example>.', 'no such box <>.'],
  ['frederic@ads.example, eric@ads.example.org', 'frederic@ads.example, eric@ads.example.org'],
  ['https://x.example/?to=eric@ads.example&n=2', 'https://x.example/?to=&n=2'],
  ['https://x.example/?to=eric%40ads.example', 'https://x.example/?to='],
  ['refused:\\neric@ads.example', 'refused:\\n'],
  ['refused:\neric@ads.example', 'refused:\n'],
  ["to 'eric@ads.example'", 'to '],
  ['+33612345678: unknown; 33612345678 as well', ': unknown;  as well'],
  ['+336123456789', '+336123456789'],
  ['sent 12, see linkedin.com/in/sent?x=1', 'sent 12, see linkedin.com/in/?x=1'],
  ['linkedin.com/in/sent-by-me', 'linkedin.com/in/sent-by-me'],
])('an address goes as a whole: %j', (text, kept) => {
  expect(withoutTraces(text, TRACES)).toBe(kept);
});

test.each([
  ['{"sent": 12, "channel": {"sent": 3}}', '{"sent": 12, "channel": {"sent": 3}}'],
  [
    '{"retried_for":{"no box <eric@ads.example>":1,"no box <>":2},"to":"eric@ads.example"}',
    '{"retried_for":{"no box <>":3},"to":""}',
  ],
  ['no JSON of eric@ads.example', 'no JSON of '],
])('of JSON the shape stays: %s', (text, kept) => {
  expect(storedWithoutTraces(text, TRACES)).toBe(kept);
});

test('a draft loses only whom its people name by a whole address', () => {
  const draft = {
    name: 'eric@ads.example',
    objective: 'Rencontrer les dirigeants; voir eric@ads.example',
    sender: 'eric@ads.example',
    from: ['all', 'where:q=eric@ads.example', 'where:q=frederic@ads.example'],
    person: [
      'email=frederic@ads.example',
      'email=ERIC@ads.example first_name=Eric',
      'linkedin=sent',
      'linkedin=sent-by-me',
      'mobile="06 12 34 56 78"',
      'mobile="06 12 34 56 79"',
    ],
  };
  expect(draftWithout(draft, TRACES)).toEqual({
    ...draft,
    objective: 'Rencontrer les dirigeants; voir ',
    from: ['all', 'where:q=frederic@ads.example'],
    person: ['email=frederic@ads.example', 'linkedin=sent-by-me', 'mobile="06 12 34 56 79"'],
  });
});

test('a reason is ours only if it stands in a closed list', () => {
  expect(['removed', 'no_address', 'quetzal', 'toString'].map(isOwnReason)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
