import { describe, expect, it } from 'vitest';
import { createDisc, mayReadNotes } from '../../../src/ai/disc/propose.ts';
import { createDiscStore } from '../../../src/db/disc-store.ts';
import { aProspect, DAY, NOW, testDatabase } from '../../builders.ts';

const ANSWER = JSON.stringify({ profile: 'D', confidence: 0.7, reason: 'Blunt.', evidence: 'Très directe' });
const NOTHING = JSON.stringify({ profile: null, confidence: 0, reason: '', evidence: '' });
const INVENTED = JSON.stringify({ profile: 'D', confidence: 0.7, reason: 'Blunt.', evidence: 'un lion' });

const facts = { disc: null, title: 'DAF', notes: 'Très directe' };

/** Two people in a real database; `answers` are Claude's in turn, and what was asked is noted. */
function scene(answers: readonly (string | null)[] = [], { notes = true, asks = true } = {}) {
  const connection = testDatabase();
  const [id, other] = [aProspect(connection), aProspect(connection)];
  const asked: string[] = [];
  const left = [...answers];
  const time = { now: NOW };
  const disc = createDisc({
    store: createDiscStore(connection),
    ask: asks
      ? async ({ messages }) => {
          asked.push(messages[0]?.content ?? '');
          return left.shift() ?? null;
        }
      : null,
    notes,
    clock: () => time.now,
  });
  return { disc, id, other, asked, time };
}

describe('the profile of a person', () => {
  it('is the one of the list, before all else', async () => {
    const { disc, id, asked } = scene([ANSWER]);
    expect(await disc.of({ id, ...facts, disc: 'Bleu' })).toEqual({
      profile: 'C',
      confidence: 1,
      reason: 'the list says so',
      source: 'column',
    });
    expect(asked).toEqual([]);
  });

  it('is proposed where the list says something that is no profile', async () => {
    const { disc, id } = scene([], { asks: false });
    expect(await disc.of({ id, ...facts, disc: 'N/C' })).toMatchObject({ source: 'rules' });
  });

  it.each([
    [null, null],
    ['', '  '],
  ])('is never made of nothing (%j, %j)', async (title, notes) => {
    const { disc, id, asked } = scene([ANSWER]);
    expect(await disc.of({ id, disc: null, title, notes })).toBeNull();
    expect(asked).toEqual([]);
  });

  it('comes from the rules where nobody is asked', async () => {
    const { disc, id } = scene([], { asks: false });
    expect(await disc.of({ id, ...facts })).toEqual({
      profile: 'D',
      confidence: 0.5,
      reason: 'the notes say "Très directe", though the title says "DAF"',
      source: 'rules',
    });
  });

  it('is asked for once in seven days, and then again', async () => {
    const { disc, id, asked, time } = scene([ANSWER, ANSWER]);
    for (const day of [0, 1, 6.99]) {
      time.now = NOW + day * DAY;
      expect(await disc.of({ id, ...facts })).toMatchObject({ profile: 'D', source: 'claude' });
    }
    expect(asked).toHaveLength(1);
    time.now = NOW + 7 * DAY;
    await disc.of({ id, ...facts });
    expect(asked).toHaveLength(2);
  });

  it('is looked at anew when title or notes change', async () => {
    const { disc, id, asked } = scene([ANSWER, NOTHING, NOTHING]);
    await disc.of({ id, ...facts });
    await disc.of({ id, ...facts, title: 'DG' });
    await disc.of({ id, ...facts, notes: 'Calme' });
    expect(asked).toHaveLength(3);
  });

  it('that Claude does not see is not asked for again, nor made up by the rules', async () => {
    const { disc, id, asked } = scene([NOTHING, ANSWER]);
    expect(await disc.of({ id, ...facts })).toBeNull();
    expect(await disc.of({ id, ...facts })).toBeNull();
    expect(asked).toHaveLength(1);
  });

  it('that Claude has invented is not taken: the rules step in, and it is not asked again', async () => {
    const { disc, id, asked } = scene([INVENTED, ANSWER]);
    for (const _ of [1, 2]) expect(await disc.of({ id, ...facts })).toMatchObject({ source: 'rules' });
    expect(asked).toHaveLength(1);
  });

  it('comes from the rules while Claude cannot be had, and is asked for again', async () => {
    const { disc, id, asked } = scene([null, ANSWER]);
    expect(await disc.of({ id, ...facts })).toMatchObject({ source: 'rules' });
    expect(await disc.of({ id, ...facts })).toMatchObject({ source: 'claude' });
    expect(asked).toHaveLength(2);
  });

  it('is asked for once by two who want it at the same time', async () => {
    const { disc, id, other, asked } = scene([ANSWER, ANSWER]);
    const both = await Promise.all([disc.of({ id, ...facts }), disc.of({ id, ...facts })]);
    expect(both[0]).toEqual(both[1]);
    expect(asked).toHaveLength(1);
    expect(await disc.of({ id: other, ...facts })).toMatchObject({ source: 'claude' });
    expect(asked).toHaveLength(2);
  });

  it('is asked for each of two alike, so that each has it kept', async () => {
    const { disc, id, other, asked } = scene([ANSWER, ANSWER]);
    await Promise.all([disc.of({ id, ...facts }), disc.of({ id: other, ...facts })]);
    expect(asked).toHaveLength(2);
  });

  it('is not lost for good when a call breaks', async () => {
    let calls = 0;
    const disc = createDisc({
      store: null,
      ask: async () => {
        calls += 1;
        if (calls === 1) throw new Error('broken');
        return ANSWER;
      },
      notes: true,
      clock: () => NOW,
    });
    await expect(disc.of({ id: 1, ...facts })).rejects.toThrow('broken');
    expect(await disc.of({ id: 1, ...facts })).toMatchObject({ source: 'claude' });
  });

  it('leaves notes alone that may not be read', async () => {
    const { disc, id, asked } = scene([null], { notes: false });
    expect(await disc.of({ id, ...facts })).toMatchObject({ profile: 'C', reason: 'the title says "DAF"' });
    expect(asked.join()).not.toContain('directe');
    expect(await disc.of({ id, ...facts, title: null })).toBeNull();
    expect(asked).toHaveLength(1);
  });
});

it.each([
  ['rules', false, true],
  ['claude', false, false],
  ['claude', true, true],
] as const)('notes are read by %s when ai.notes is %s: %s', (disc, notes, expected) =>
  expect(mayReadNotes({ disc, notes })).toBe(expected),
);
