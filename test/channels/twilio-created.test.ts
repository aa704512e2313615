import { expect, it } from 'vitest';
import { createdOutcome } from '../../src/channels/twilio/outcomes.ts';

const NOW = Date.UTC(2026, 10, 23, 9);
const created = (errorCode: number | null, sid = `SM${'0'.repeat(32)}`) =>
  createdOutcome({ sid, status: 'failed', errorCode, errorMessage: 'x' }, NOW);

it.each([30001, 30003, 30008])(
  'a message that Twilio has taken is never sent again by itself: %i',
  (code) => {
    expect(created(code)).toMatchObject({ status: 'uncertain', repeatable: false });
  },
);

it.each<[number, object]>([
  [21211, { status: 'rejected', badAddress: true }],
  [21408, { status: 'rejected' }],
  [21610, { status: 'rejected', suppress: true }],
  [21614, { status: 'rejected', badAddress: true }],
  [30004, { status: 'rejected', suppress: true }],
  [30005, { status: 'rejected', badAddress: true }],
  [30006, { status: 'rejected', badAddress: true }],
  [30007, { status: 'rejected' }],
])('one that failed at once with %i is judged by it', (code, outcome) => {
  expect(created(code)).toMatchObject(outcome);
});
