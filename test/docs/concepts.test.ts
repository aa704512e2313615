import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { REFUSALS, WARNINGS } from '../../src/engine/import/codes.ts';
import {
  CAMPAIGN_STATUSES,
  CHANNELS,
  ENROLMENT_STATUSES,
  EVENT_TYPES,
  MESSAGE_KINDS,
  MESSAGE_STATES,
  OPEN_MESSAGE_STATES,
  SUPPRESSION_KINDS,
} from '../../src/engine/model.ts';
import { LEFT_OUT } from '../../src/engine/ports/campaigns.ts';
import {
  HOLD_REASONS,
  SKIP_REASONS,
  STANDSTILL_REASONS,
  STOP_REASONS,
  WAIT_REASONS,
} from '../../src/engine/reasons.ts';
import { tablesOf } from './tables.ts';

const page = readFileSync('docs/concepts.md', 'utf8');
const concepts = tablesOf(page);
const imports = tablesOf(readFileSync('docs/import.md', 'utf8'));

describe('docs/concepts.md names each word once, in the order of the code', () => {
  it.each([
    ['status', ENROLMENT_STATUSES],
    ['state', MESSAGE_STATES],
    ['campaign', CAMPAIGN_STATUSES],
    ['channel', CHANNELS],
    ['kind', MESSAGE_KINDS],
    ['entry', SUPPRESSION_KINDS],
    ['event', EVENT_TYPES],
  ])('%s', (heading, words) => {
    const rows = concepts.get(heading) ?? [];
    expect(rows.map(({ code }) => code)).toEqual([...words]);
    expect(rows.filter(({ text }) => text === '')).toEqual([]);
  });

  it('open states', () => {
    const sentence = /Open states[^:]*: ([^.]+)\./.exec(page)?.[1];
    expect([...(sentence ?? '').matchAll(/`(\w+)`/g)].map(([, state]) => state)).toEqual([
      ...OPEN_MESSAGE_STATES,
    ]);
  });
});

describe('the documents give reasons in the words of the program', () => {
  it.each([
    ['wait', WAIT_REASONS, concepts],
    ['hold', HOLD_REASONS, concepts],
    ['standstill', STANDSTILL_REASONS, concepts],
    ['skip', SKIP_REASONS, concepts],
    ['stop', STOP_REASONS, concepts],
    ['left out', LEFT_OUT, concepts],
    ['refused', REFUSALS, imports],
    ['warning', WARNINGS, imports],
  ])('%s', (heading, sentences, tables) => {
    const rows = tables.get(heading) ?? [];
    expect(Object.fromEntries(rows.map(({ code, text }) => [code, text]))).toEqual(sentences);
  });
});
