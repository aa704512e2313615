import { describe, expect, it } from 'vitest';
import { shieldVerdict } from '../../src/engine/limits/shield.ts';

const LIMITS = { bouncePercent: 2, complaintPercent: 0.08, afterSends: 50 };

describe('the shield', () => {
  it.each<[sends: number, bounces: number, complaints: number, why: string | null]>([
    [0, 0, 0, null],
    [49, 49, 0, null],
    [50, 0, 0, null],
    [50, 1, 0, null],
    [50, 2, 0, '2 of 50 e-mails bounced (4 %, the limit is 2 %)'],
    [100, 2, 0, null],
    [100, 3, 0, '3 of 100 e-mails bounced (3 %, the limit is 2 %)'],
    [1249, 0, 1, '1 of 1249 e-mails complained about (0.08 %, the limit is 0.08 %)'],
    [1250, 0, 1, null],
    [1, 0, 1, '1 of 1 e-mails complained about (100 %, the limit is 0.08 %)'],
    [0, 3, 1, '1 of 0 e-mails complained about (the limit is 0.08 %)'],
  ])('%i sent, %i bounced, %i complaints: %s', (sends, bounces, complaints, why) => {
    expect(shieldVerdict({ sends, bounces, complaints }, LIMITS)?.reason ?? null).toBe(why);
  });

  it('takes the limits that are set', () => {
    const counts = { sends: 10, bounces: 1, complaints: 0 };
    expect(shieldVerdict(counts, { ...LIMITS, afterSends: 10 })).not.toBeNull();
    expect(shieldVerdict(counts, { ...LIMITS, afterSends: 10, bouncePercent: 10 })).toBeNull();
  });
});
