import { describe, expect, it } from 'vitest';
import { GUARD_RULES } from '../../../src/ai/guard/finding.ts';
import { BAD_FORM } from './bad/form.ts';
import { HOSTILE } from './bad/hostile.ts';
import { BAD_MANNER } from './bad/manner.ts';
import { BAD_SUBSTANCE } from './bad/substance.ts';
import { inWords, judge } from './situation.ts';

const BAD = [...BAD_FORM, ...BAD_SUBSTANCE, ...BAD_MANNER, ...HOSTILE];

describe('a bad answer', () => {
  it('is there for each rule, more than 70 times', () => {
    const shown = new Set(BAD.map(([rule]) => rule));
    // The schema is looked at before there is an answer to guard.
    expect(GUARD_RULES.filter((rule) => !shown.has(rule))).toEqual(['schema']);
    expect(BAD.length).toBeGreaterThanOrEqual(70);
  });

  it.each(BAD)('is caught by "%s": %s', (rule, _, sample) => {
    const guarded = judge(sample);
    expect(
      guarded.ok ? [] : guarded.findings.map((finding) => finding.rule),
      inWords(guarded).join('\n'),
    ).toContain(rule);
  });

  it.each(BAD)('is told in one line that a terminal can show: %s, %s', (_, __, sample) => {
    for (const line of inWords(judge(sample))) expect(line).toMatch(/^[a-z_]+: [^\p{C}]{1,250}$/u);
  });
});
