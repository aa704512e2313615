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

it('one that is refused for good stays refused', () => {
  expect(created(30005)).toMatchObject({ status: 'rejected', badAddress: true });
});
