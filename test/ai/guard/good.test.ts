import { describe, expect, it } from 'vitest';
import { ENGLISH } from './good/english.ts';
import { FOLLOW_UPS } from './good/follow-ups.ts';
import { FRENCH_EMAILS } from './good/french-emails.ts';
import { FRENCH_SHORT } from './good/french-short.ts';
import { MORE } from './good/more.ts';
import { inWords, judge } from './situation.ts';

const GOOD = [...FRENCH_EMAILS, ...FRENCH_SHORT, ...FOLLOW_UPS, ...ENGLISH, ...MORE];

describe('a good answer', () => {
  it('is there in all kinds, and more than 70 times', () => expect(GOOD.length).toBeGreaterThanOrEqual(70));

  it.each(GOOD)('passes: %s', (_, sample) => {
    expect(inWords(judge(sample))).toEqual([]);
  });
});
