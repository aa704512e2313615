import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { exportPerson } from '../../src/commands/gdpr/export.ts';
import { ABOUT_PEOPLE } from '../../src/db/gdpr/tables.ts';
import { legalBasisOf } from '../../src/engine/gdpr/legal-basis.ts';
import { aMessage, anEnrolment, anEvent, aProspect, aSuppression } from '../builders.ts';
import { type ContextOverrides, testContext } from '../context.ts';
import { aLife, ZENOBIE } from './life.ts';

const FRENCH = { output: null, language: 'fr' } as const;

async function exported(
  options: Partial<Parameters<typeof exportPerson>[1]> = {},
  overrides: ContextOverrides = {},
) {
  const opened = testContext(overrides);
  const connection = await opened.context.connection();
  aSuppression(connection, 'email', ZENOBIE.email, 'a dit non\u001b[31m');
  const { prospectId } = aLife(connection, opened.folder);
  await exportPerson(opened.context, { ...FRENCH, prospect: `#${prospectId}`, ...options });
  return { ...opened, connection };
}

describe('hector gdpr export', () => {
  test('--json holds a row of every table that is about them, with times and JSON read', async () => {
    const { stdout } = await exported({}, { json: true });
    const file = JSON.parse(stdout());
    for (const table of ABOUT_PEOPLE) expect(file[table].length, table).toBeGreaterThan(0);
    expect(file).toMatchObject({
      exported_at: '2026-11-23T09:00:00.000Z',
      legal_basis: { basis: 'legitimate_interest', from: 'workspace' },
      person: { email: ZENOBIE.email, custom: { surnom: 'Quetzal' }, created_at: '2026-10-24T09:00:00.000Z' },
      imports: [{ file: 'salon.csv', started_at: '2026-10-24T09:00:00.000Z' }],
      campaigns: [{ name: 'Printemps', mode: 'rehearsal' }],
      import_change: [{ after: { title: 'Ornithorynque' } }],
      message: [{ envelope: { to: `Quetzal <${ZENOBIE.email}>` } }, { channel: 'linkedin' }],
      event: [{}, {}, {}, { type: 'replied', data: { text: expect.stringContaining('Non.') } }],
      blacklist: [{ kind: 'email', added_at: '2026-11-23T09:00:00.000Z', expires_at: null }],
      campaign_draft: [{ name: 'Brouillon' }],
      outbox_files: [{ name: expect.stringContaining('zenobie'), text: expect.stringContaining('Bonjour') }],
    });
  });

  test('reads as a French text, safe on a terminal, with their rights', async () => {
    const { stdout } = await exported();
    for (const line of [
      'Données détenues sur Zénobie Zenobie Quetzal, le 2026-11-23 09:00 UTC',
      'Portable\u00a0: +33698765432',
      'Liste importée\u00a0: salon.csv, 2026-10-24 09:00 UTC',
      'Base légale\u00a0: intérêt légitime (RGPD, article 6.1.f)',
      '  Objet\u00a0: Bonjour Zenobie Quetzal de Wombat Ornithorynque',
      'e-mail zenobie.quetzal@wombat.example\u00a0: a dit non?[31m, 2026-11-23 09:00 UTC',
      'Vous pouvez aussi adresser une réclamation à la CNIL (www.cnil.fr).',
    ])
      expect(stdout().split('\n')).toContain(line);
  });

  test('reads without a word of ours that is not French, and without JSON', async () => {
    const opened = testContext();
    const connection = await opened.context.connection();
    const enrolmentId = anEnrolment(connection, { status: 'stopped', reason: 'blacklisted' });
    const messageId = aMessage(connection, { enrolmentId, channel: 'linkedin', state: 'awaiting_operator' });
    const kept = { act: 'sent', message: 1, before: [], after: [], events: [1], open: [1] };
    anEvent(connection, { type: 'sent', messageId, data: { undo: kept } });
    anEvent(connection, { type: 'undone', messageId, data: { act: 'sent', reason: 'sent: taken back' } });
    anEvent(connection, { type: 'replied', messageId, data: { text: 'Non merci.\nBonne journée' } });
    aSuppression(connection, 'email', 'claire.durand@firme-1.example', 'by hand');
    await exportPerson(opened.context, { ...FRENCH, prospect: '#1' });
    const lines = opened.stdout().split('\n');
    for (const line of [
      'Campagne 1 (2026-11-23 09:00 UTC)\u00a0: arrêté, inscrit sur la liste d’opposition',
      '2026-11-23 09:00 UTC, envoyé, LinkedIn',
      '2026-11-23 09:00 UTC, saisie annulée, LinkedIn',
      '  Bonne journée',
      'e-mail claire.durand@firme-1.example\u00a0: saisie manuelle, 2026-11-23 09:00 UTC',
    ])
      expect(lines).toContain(line);
    expect(opened.stdout()).not.toMatch(/undo|taken back|by hand|awaiting|[{}]/);
  });

  test('into a place that is a file says so', async () => {
    const { context, folder } = testContext();
    aProspect(await context.connection());
    writeFileSync(join(folder, 'x.txt'), '');
    await expect(exportPerson(context, { ...FRENCH, prospect: '#1', output: 'x.txt' })).rejects.toThrow(
      'a file is in the way',
    );
  });

  test('--language en reads as an English one', async () => {
    const { stdout } = await exported({ language: 'en' });
    expect(stdout()).toContain('Legal basis: legitimate interest (GDPR article 6(1)(f))');
    expect(stdout()).not.toContain('Données');
  });

  test('--output writes both forms, for their owner only', async () => {
    const { folder, stdout } = await exported({ output: 'demandes/2026' });
    const files = ['json', 'txt'].map((ending) => join(folder, 'demandes/2026', `hector-person-1.${ending}`));
    expect(stdout()).toBe(`${files.join('\n')}\n`);
    for (const file of files) expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(files[0] ?? '', 'utf8')).person.email).toBe(ZENOBIE.email);
    expect(readFileSync(files[1] ?? '', 'utf8')).toContain('Zénobie');
  });

  test('of nobody is a usage error', async () => {
    const { context } = testContext();
    await expect(exportPerson(context, { ...FRENCH, prospect: '12' })).rejects.toMatchObject({ exitCode: 2 });
  });
});

describe('the legal basis of a person', () => {
  const nothing = { legalBasis: null, consent: null, custom: {} };
  test.each([
    [{ ...nothing }, { basis: 'legitimate_interest', from: 'workspace' }],
    [
      { ...nothing, consent: 'salon 2026' },
      { basis: 'consent', from: 'consent' },
    ],
    [
      { ...nothing, consent: 'x', custom: { base_legale: 'Contrat' } },
      { basis: 'contract', from: 'list' },
    ],
    [
      { ...nothing, custom: { base_legale: 'on verra' } },
      { basis: 'legitimate_interest', from: 'workspace' },
    ],
    [
      { legalBasis: 'legal_obligation', consent: 'x', custom: { base_legale: 'Contrat' } },
      { basis: 'legal_obligation', from: 'person' },
    ],
  ] as const)('%j', (person, expected) => {
    expect(legalBasisOf(person, 'legitimate_interest')).toEqual(expected);
  });
});
