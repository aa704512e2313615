import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findVoice } from '../../../src/ai/voice/find.ts';
import { createVoices } from '../../../src/ai/voice/library.ts';
import { openVoice } from '../../../src/ai/voice/load.ts';
import { lintVoices } from '../../../src/commands/voice/lint.ts';
import { listVoices } from '../../../src/commands/voice/list.ts';
import { showVoice } from '../../../src/commands/voice/show.ts';
import { type ContextOverrides, testContext } from '../../context.ts';
import { aFolder, voiceYaml } from './files.ts';

const workspace = (files: Record<string, string | Buffer> = {}): string =>
  aFolder({ 'hector.yaml': '', ...files });
const BROKEN = 'name: M\nlinks: [http://a.example/]\nproofs: [{ claim: 5 pompes }]\n';

async function show(overrides: ContextOverrides, voice: string | null = null): Promise<string> {
  const test = testContext(overrides);
  await showVoice(test.context, { voice });
  return test.stdout();
}

async function lint(folder: string, references: string[] = [], overrides: ContextOverrides = {}) {
  const test = testContext({ folder, ...overrides });
  await lintVoices(test.context, { references, strict: false });
  return { exitCode: test.context.exitCode, stdout: test.stdout(), stderr: test.stderr() };
}

describe('hector voice list', () => {
  it('has those that come with hector, tab-separated when piped', async () => {
    const test = testContext();
    await listVoices(test.context);
    expect(test.stdout()).toBe(
      [
        'groupe-services\tGroupe Tessandre\tfr\tbuilt-in',
        'neutral\tVoix neutre\tfr\tbuilt-in',
        'neutral-en\tNeutral voice\ten\tbuilt-in',
        '',
      ].join('\n'),
    );
  });

  it('has the workspace’s own first, which win by name', async () => {
    const folder = workspace({
      'voice.yaml': voiceYaml(),
      'voices/neutral.yml': voiceYaml({ name: 'La nôtre' }),
      'voices/Non valide.yaml': voiceYaml(),
      'voices/notes.txt': 'x',
    });
    const test = testContext({ folder, json: true });
    await listVoices(test.context);
    expect(JSON.parse(test.stdout())).toEqual([
      {
        voice: 'voice.yaml',
        name: 'Maison',
        language: 'fr',
        source: 'workspace',
        file: join(folder, 'voice.yaml'),
      },
      expect.objectContaining({ voice: 'neutral', name: 'La nôtre', source: 'workspace' }),
      expect.objectContaining({ voice: 'groupe-services', source: 'built-in' }),
      expect.objectContaining({ voice: 'neutral-en' }),
    ]);
  });

  it('names one it had to leave out, and fails', async () => {
    const test = testContext({ folder: workspace({ 'voices/maison.yaml': 'name: [' }) });
    await listVoices(test.context);
    expect(test.stderr()).toMatch(/left out: .*maison\.yaml:1:8 no valid YAML/);
    expect(test.context.exitCode).toBe(1);
  });
});

describe('hector voice show', () => {
  it('shows the voice.yaml of the workspace, else the neutral one', async () => {
    expect(await show({ folder: workspace({ 'voice.yaml': voiceYaml() }) })).toContain('Maison (voice.yaml)');
    expect(await show({})).toContain('Voix neutre (neutral)');
  });

  it('shows all of it within 80 columns', async () => {
    const text = await show({ columns: 80 }, 'groupe-services');
    // A path is as long as it is, and is copied whole.
    const lines = text.split('\n').filter((line) => !line.startsWith('File: '));
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    for (const part of [
      'Texts in fr, vous, no emoji',
      'Infogérance de proximité: Nous prenons',
      'attitré qui se\n  déplace. (for: PME sans équipe informatique',
      'Words we never use',
      '  Claire Vasseur\n  Responsable du développement\n',
      'https://www.tessandre.example/',
      'DISC C',
      '  Asks: Une question précise',
    ])
      expect(text).toContain(part);
  });

  it('shows nothing that could act on a terminal', async () => {
    const folder = workspace({ 'voice.yaml': voiceYaml({ name: '"a\\u009bb"' }) });
    await expect(show({ folder })).rejects.toThrow('invisible character');
  });

  it('has stable keys in JSON', async () => {
    const card = JSON.parse(await show({ json: true }, 'groupe-services'));
    expect(Object.keys(card)).toEqual([
      ...['voice', 'name', 'language', 'source', 'file', 'version', 'who_we_are', 'offers', 'proofs'],
      ...['words', 'tone', 'address', 'emoji', 'signature', 'legal_identity', 'links', 'disc'],
    ]);
    expect(Object.keys(card.offers[0])).toEqual(['name', 'what', 'for']);
    expect(Object.keys(card.disc)).toEqual(['D', 'I', 'S', 'C']);
  });
});

describe('hector voice lint', () => {
  it('checks the workspace’s own, and says where to begin when there is none', async () => {
    const folder = workspace({ 'voice.yaml': voiceYaml(), 'voices/deux.yaml': BROKEN });
    const { exitCode, stdout, stderr } = await lint(folder);
    expect(exitCode).toBe(1);
    expect(stdout.split('\n')).toEqual([
      expect.stringMatching(/^voices\/deux\.yaml:1:1 warning no who_we_are.* \(no-identity\)$/),
      expect.stringMatching(/no-offers/),
      expect.stringMatching(/no-legal-identity/),
      expect.stringMatching(/disc-built-in/),
      'voices/deux.yaml:2:9 error "http://a.example/" does not begin with https:// (link)',
      expect.stringMatching(/^voices\/deux\.yaml:3:10 error .*"5".*\(proof-without-source\)$/),
      '',
    ]);
    expect(stderr).toBe('2 voices checked: 2 errors, 4 warnings\n');
    expect(await lint(workspace())).toMatchObject({
      exitCode: 0,
      stderr: 'This workspace has no voice of its own. Begin with: hector voice list\n',
    });
  });

  it('takes warnings for errors when it is strict', async () => {
    const test = testContext();
    await lintVoices(test.context, { references: ['neutral'], strict: true });
    expect(test.context.exitCode).toBe(1);
    expect((await lint(workspace(), ['neutral'])).exitCode).toBe(0);
  });

  it('checks a file once, however often it is named', async () => {
    const folder = workspace({ 'voice.yaml': voiceYaml() });
    const { stdout } = await lint(folder, ['voice.yaml', './voice.yaml'], { json: true });
    expect(JSON.parse(stdout)).toEqual({ voices: 1, errors: 0, warnings: 0, findings: [] });
  });

  it.each<[string, string | Buffer, string]>([
    ['is not UTF-8', Buffer.from('name: Soci\xe9t\xe9', 'latin1'), 'the text is not UTF-8'],
    ['is binary', 'name: a\0b', 'this is no text file'],
    ['is an alias bomb', `a: &a [x]\n${'b: [*a]\n'.repeat(3)}`, 'this key is there twice'],
    ['is nested without sense', `name: ${'['.repeat(100)}`, 'nested too deep'],
  ])('says so when a file %s', async (_, content, message) => {
    const { exitCode, stdout } = await lint(workspace({ 'voice.yaml': content }));
    expect(exitCode).toBe(1);
    expect(stdout).toContain(message);
  });
});

it('a file that is typed counts from the current folder, then from the workspace', async () => {
  const root = workspace({ 'a.yaml': voiceYaml({ name: 'Là' }), 'b.yaml': voiceYaml({ name: 'Là' }) });
  const voices = createVoices({ root }, aFolder({ 'a.yaml': voiceYaml({ name: 'Ici' }) }));
  expect((await voices.load('a.yaml')).name).toBe('Ici');
  expect((await voices.load('b.yaml')).name).toBe('Là');
});

describe('the voice that a setting names', () => {
  const load = async (reference: string, root: string | null, cwd = '/'): Promise<string> =>
    openVoice(findVoice(reference, root === null ? null : { root }, [root ?? cwd])).name;

  it('is a file below the workspace, wherever the program is run', async () => {
    const root = workspace({ 'textes/voix.yaml': voiceYaml({ name: 'Ici' }) });
    const cwd = aFolder({ 'textes/voix.yaml': voiceYaml({ name: 'Ailleurs' }) });
    expect(await load('textes/voix.yaml', root, cwd)).toBe('Ici');
    expect(await load('textes/voix.yaml', null, cwd)).toBe('Ailleurs');
  });

  it('or the name of one there is, the workspace’s own before one that comes with hector', async () => {
    const root = workspace({ 'voices/neutral.yaml': voiceYaml({ name: 'La nôtre' }) });
    expect(await load('neutral', root)).toBe('La nôtre');
    expect(await load('neutral', null)).toBe('Voix neutre');
    expect(await load('groupe-services', root)).toBe('Groupe Tessandre');
  });

  it.each(['..', '.', 'hector', 'NEUTRAL', 'neutral\0', '', '%2e%2e', 'constructor', '..\\voice'])(
    'is no voice by the name %j',
    async (name) => {
      const root = workspace({ 'voices/.yaml': voiceYaml() });
      await expect(load(name, root)).rejects.toMatchObject({ exitCode: 2, next: 'hector voice list' });
    },
  );

  it('is suggested when a name is nearly right', () =>
    expect(load('neutrale', null)).rejects.toThrow('no voice "neutrale", did you mean "neutral"?'));

  it('is missing with a clear line', () =>
    expect(load('./rien.yaml', workspace())).rejects.toMatchObject({
      exitCode: 2,
      message: 'no such file: ./rien.yaml',
    }));

  it('is refused with its place, how much more there is, and how to see it', async () => {
    const root = workspace({ 'l’une.yaml': BROKEN });
    await expect(load('l’une.yaml', root)).rejects.toMatchObject({
      exitCode: 1,
      message: `${join(root, 'l’une.yaml')}:2:9 "http://a.example/" does not begin with https:// (and 1 more)`,
      next: "hector voice lint 'l’une.yaml'",
    });
  });

  it('may be a link to a file elsewhere, but is never a folder', async () => {
    const [root, elsewhere] = [workspace(), aFolder({ 'v.yaml': voiceYaml() })];
    symlinkSync(join(elsewhere, 'v.yaml'), join(root, 'lien.yaml'));
    expect(await load('lien.yaml', root)).toBe('Maison');
    await expect(load('./', root)).rejects.toThrow('this is no file');
  });

  it('can be begun from the full example as it is', async () => {
    const root = workspace();
    writeFileSync(join(root, 'voice.yaml'), readFileSync('examples/voices/groupe-services.yaml'));
    expect(existsSync(join(root, 'voice.yaml'))).toBe(true);
    const { stdout, stderr } = await lint(root);
    expect(stderr).toBe('1 voice checked: 0 errors, 1 warning\n');
    expect(stdout).toContain('it is "groupe-services" as it comes with hector');
    writeFileSync(join(root, 'voice.yaml'), '# ours\n', { flag: 'a' });
    expect((await lint(root)).stderr).toContain('0 errors, 0 warnings');
  });
});
