import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { showPerson } from '../../../src/commands/prospect/show.ts';
import { createDiscStore } from '../../../src/db/disc-store.ts';
import { aProspect, NOW, type ProspectOverrides } from '../../builders.ts';
import { type ContextOverrides, testContext } from '../../context.ts';

async function shown(person: ProspectOverrides, config = '', overrides: ContextOverrides = {}) {
  const test = testContext(overrides);
  writeFileSync(join(test.folder, 'hector.yaml'), config);
  const id = aProspect(await test.context.connection(), { disc: null, notes: null, ...person });
  await showPerson(test.context, { prospect: String(id) });
  return test.stdout();
}

const QUALITY = { title: 'Responsable qualité' };

describe('hector prospect show', () => {
  it('shows a profile as a proposal, with the words it rests on', async () => {
    expect(await shown(QUALITY)).toContain('DISC\tC, a proposal (45 %): the title says "qualité"\n');
  });

  it('has it in JSON, without what nobody documented', async () => {
    const card = JSON.parse(await shown(QUALITY, '', { json: true }));
    expect(card.disc_proposal).toEqual({
      profile: 'C',
      confidence: 0.45,
      reason: 'the title says "qualité"',
      source: 'rules',
    });
  });

  it.each<[string, ProspectOverrides]>([
    ['the list says it', { ...QUALITY, disc: 'D' }],
    ['nothing can be said', { title: 'Consultante' }],
    ['nothing is there to go by', { title: null }],
  ])('proposes nothing where %s', async (_, person) => {
    expect(JSON.parse(await shown(person, '', { json: true })).disc_proposal).toBeNull();
    expect(await shown(person)).not.toContain('proposal');
  });

  it('proposes nothing where ai.disc is off, or hector.yaml cannot be read', async () => {
    expect(await shown(QUALITY, 'ai: { disc: off }')).not.toContain('proposal');
    expect(await shown(QUALITY, 'ai: [')).not.toContain('proposal');
  });

  it('shows what Claude has proposed, and asks nobody', async () => {
    const test = testContext();
    writeFileSync(join(test.folder, 'hector.yaml'), 'ai: { disc: claude }');
    const connection = await test.context.connection();
    const id = aProspect(connection, { disc: null, notes: null, ...QUALITY });
    const disc = await test.context.disc();
    const person = { id, disc: null, notes: null, ...QUALITY };
    expect(await disc?.of(person)).toMatchObject({ source: 'rules' });
    const said = { profile: 'S', confidence: 0.5, reason: 'Gentle.', source: 'claude', at: NOW } as const;
    const { createHash } = await import('node:crypto');
    const key = createHash('sha256')
      .update(JSON.stringify([QUALITY.title, null]))
      .digest('hex');
    await createDiscStore(connection).save(id, key, said, NOW);
    await showPerson(test.context, { prospect: String(id) });
    expect(test.stdout()).toContain('DISC\tS, a proposal (50 %): Gentle.\n');
  });

  it('shows no cell that could act on a terminal', async () => {
    expect(await shown({ title: 'DAF\u001b[2J', notes: 'profil rouge\u202e' })).not.toMatch(
      /(?![\n\t])\p{Cc}|\u202e/u,
    );
  });
});
