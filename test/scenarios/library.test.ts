import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { createLibrary, hashOf } from '../../src/scenarios/library.ts';
import type { Workspace } from '../../src/workspace.ts';
import { aScenario } from '../builders.ts';
import { aWorkspace, EMAIL, scenarioYaml, withScenario } from './workspace.ts';

const SLUGS = [
  'approche-premium',
  'connexion-douce',
  'nurturing-long-terme',
  'relance-agressive',
  'relance-douce',
];

async function refusal(workspace: Workspace | null, reference: string): Promise<UserError> {
  try {
    await createLibrary(workspace, workspace?.root ?? '/').load(reference);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('it was loaded');
}

describe('the list', () => {
  it('has the five built-in scenarios outside any workspace', async () => {
    const list = await createLibrary(null).list();
    expect(list.map(({ scenario }) => scenario.slug)).toEqual(SLUGS);
    expect(list.every(({ builtIn }) => builtIn)).toBe(true);
  });

  it('has the scenario of the workspace in the place of a built-in one', async () => {
    const workspace = aWorkspace({ 'scenarios/connexion-douce.yml': scenarioYaml('connexion-douce') });
    const list = await createLibrary(workspace).list();
    expect(list.map(({ scenario }) => scenario.slug)).toEqual(SLUGS);
    expect(list.find(({ scenario }) => scenario.slug === 'connexion-douce')).toMatchObject({
      builtIn: false,
      scenario: { name: 'Essai' },
    });
  });

  it('goes on behind a file that cannot be used, and tells it', async () => {
    const workspace = aWorkspace({
      'scenarios/casse.yaml': 'slug: [',
      'scenarios/essai.yaml': scenarioYaml('essai'),
    });
    const problems: string[] = [];
    const list = await createLibrary(workspace).list((problem) => problems.push(problem));
    expect(list).toHaveLength(6);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`${join(workspace.scenarios, 'casse.yaml')}:1:8 no valid YAML`);
  });
});

describe('loading', () => {
  it('brings the text of each step and the channel defaults, in the language asked for', async () => {
    const library = createLibrary(null);
    const [french, english] = [
      await library.load('connexion-douce'),
      await library.load('connexion-douce', 'en'),
    ];
    const names = [
      ...french.scenario.steps.map(({ template }) => template),
      ...['invitation', 'message', 'follow_up', 'email', 'sms'].map((kind) => `default/${kind}`),
    ];
    expect(Object.keys(french.templates).sort()).toEqual([...new Set(names)].sort());
    expect(Object.keys(english.templates)).toEqual(Object.keys(french.templates));
    expect(english.templates['default/email']).not.toBe(french.templates['default/email']);
    expect(english.hash).not.toBe(french.hash);
  });

  it('takes the text of the workspace where there are two', async () => {
    const workspace = aWorkspace({ 'templates/fr/default/email.liquid': EMAIL });
    const loaded = await createLibrary(workspace).load('connexion-douce');
    expect(loaded.templates['default/email']).toBe(EMAIL);
    expect(loaded.templates['default/sms']).not.toBe('');
  });

  it('takes a file by its path, whatever its name', async () => {
    const workspace = withScenario(scenarioYaml('essai'));
    const file = join(workspace.root, 'brouillon.yaml');
    symlinkSync(join(workspace.scenarios, 'essai.yaml'), file);
    const library = createLibrary(workspace, workspace.root);
    expect((await library.load('brouillon.yaml')).file).toBe(file);
    expect((await library.load('./scenarios/essai.yaml')).scenario.slug).toBe('essai');
    expect((await library.load(file)).scenario.slug).toBe('essai');
  });

  it('gives the same hash for the same content in another order, and another for another text', async () => {
    const hash = async (yaml: string, text = EMAIL) =>
      (await createLibrary(withScenario(yaml, { 'essai/premier': text })).load('essai')).hash;
    const yaml = scenarioYaml('essai');
    const reordered = yaml.replace(
      'name: Essai\ndescription: Un essai\n',
      'description: Un essai\nname: Essai\n',
    );
    expect(reordered).not.toBe(yaml);
    expect(await hash(reordered)).toBe(await hash(yaml));
    expect(await hash(yaml)).toMatch(/^[0-9a-f]{64}$/);
    expect(await hash(yaml, `${EMAIL}PS`)).not.toBe(await hash(yaml));
    expect(await hash(yaml.replace('duration_days: 10', 'duration_days: 11'))).not.toBe(await hash(yaml));
  });
});

it('the hash does not depend on the order of keys', () => {
  const scenario = aScenario();
  const reversed = { ...aScenario({}), ...Object.fromEntries(Object.entries(scenario).reverse()) };
  const hash = hashOf({ scenario, templates: { a: '1', b: '2' } });
  expect(hashOf({ templates: { b: '2', a: '1' }, scenario: reversed })).toBe(hash);
  expect(hashOf({ scenario, templates: { a: '2', b: '1' } })).not.toBe(hash);
});

describe('a bad reference', () => {
  it('to an unknown scenario suggests the nearest', async () => {
    const error = await refusal(null, 'connexion-duce');
    expect(error.message).toBe('no scenario "connexion-duce", did you mean "connexion-douce"?');
    expect([error.exitCode, error.next]).toEqual([2, 'hector scenario list']);
  });

  it('to a file that is not there says so', async () => {
    const error = await refusal(null, '/nulle/part.yaml');
    expect(error.message).toBe('no such file: /nulle/part.yaml');
    expect([error.exitCode, error.next]).toEqual([2, 'hector scenario list']);
  });

  it('that is empty or a folder finds nothing', async () => {
    expect((await refusal(aWorkspace(), '')).exitCode).toBe(2);
    expect((await refusal(aWorkspace(), '..')).exitCode).toBe(2);
  });
});

describe('a bad file', () => {
  it('is refused with the first problem, its place, and how many more there are', async () => {
    const workspace = withScenario(
      scenarioYaml('essai', { head: 'langage: fr\n', step: '    wait: bientôt\n' }),
    );
    const error = await refusal(workspace, 'essai');
    const file = join(workspace.scenarios, 'essai.yaml');
    expect(error.message).toBe(`${file}:6:1 unknown key "langage", did you mean "language"? (and 1 more)`);
    expect([error.exitCode, error.next]).toEqual([1, 'hector scenario lint essai']);
  });

  it('with another slug than its name is refused, so that each is found by one name', async () => {
    const error = await refusal(withScenario(scenarioYaml('autre')), 'essai');
    expect(error.message).toContain('essai.yaml:1:7 slug is "autre", the file is named essai.yaml');
  });

  it('that names no template that exists says which file is missing', async () => {
    const yaml = scenarioYaml('essai').replace('essai/premier', 'essai/permier');
    const error = await refusal(withScenario(yaml), 'essai');
    expect(error.message).toContain(
      'essai.yaml:12:15 unknown template "essai/permier": there is no templates/fr/essai/permier.liquid, did you mean "essai/premier"?',
    );
  });

  it.each(['../secret', '/etc/passwd', 'a/../../b', 'a//b', '.hidden', 'a\\b', 'A', 'a.b'])(
    'cannot name a template outside the folders: %s',
    async (name) => {
      const workspace = withScenario(scenarioYaml('essai').replace('essai/premier', JSON.stringify(name)));
      expect((await refusal(workspace, 'essai')).message).toContain('essai.yaml:12:15 "template" is');
    },
  );

  it('whose text Liquid cannot read is refused with the place in the text', async () => {
    const text = '---\nsubject: a\n---\nBonjour\n{{ first_name | crie }}\n{{ opt_out }}';
    const workspace = withScenario(scenarioYaml('essai'), { 'essai/premier': text });
    const file = join(workspace.templates, 'fr/essai/premier.liquid');
    expect((await refusal(workspace, 'essai')).message).toBe(`${file}:5:1 undefined filter: crie`);
  });

  it('whose text has an unknown variable is refused with its place', async () => {
    const workspace = withScenario(scenarioYaml('essai'), {
      'essai/premier': '---\nsubject: Oh {{ prenom }}\n---\nx',
    });
    expect((await refusal(workspace, 'essai')).message).toContain(
      'premier.liquid:2:16 unknown variable "prenom"',
    );
  });
});
