import { describe, expect, it } from 'vitest';
import { lintScenarios } from '../../src/commands/scenario/lint.ts';
import { listScenarios } from '../../src/commands/scenario/list.ts';
import { showScenario } from '../../src/commands/scenario/show.ts';
import { UserError } from '../../src/errors.ts';
import { type ContextOverrides, testContext } from '../context.ts';
import { scenarioYaml, withScenario } from './workspace.ts';

const widest = (text: string): number => Math.max(...text.split('\n').map((line) => line.length));
const show = async (scenario: string, overrides: ContextOverrides = {}, language?: string) => {
  const test = testContext(overrides);
  await showScenario(test.context, { scenario, language });
  return test.stdout();
};
async function lint(
  overrides: ContextOverrides,
  options: { references?: string[]; strict?: boolean; language?: string } = {},
) {
  const test = testContext(overrides);
  const { references = [], strict = false, language } = options;
  await lintScenarios(test.context, { references, strict, language });
  return { exitCode: test.context.exitCode, stdout: test.stdout(), stderr: test.stderr() };
}

describe('scenario list', () => {
  it('is tab-separated when piped, with every column', async () => {
    const test = testContext();
    await listScenarios(test.context);
    const lines = test.stdout().trimEnd().split('\n');
    expect(lines).toHaveLength(5);
    expect(lines[1]?.split('\t')).toEqual([
      'connexion-douce',
      'Connexion douce',
      '5',
      '21',
      'linkedin email sms',
      'fr',
      '18 %',
      'built-in',
    ]);
  });

  it.each([80, 120])('fits a terminal of %i columns without cutting a slug', async (columns) => {
    const test = testContext({ columns });
    await listScenarios(test.context);
    expect(widest(test.stdout())).toBeLessThanOrEqual(columns);
    expect(test.stdout()).toContain('nurturing-long-terme');
    expect(test.stdout().includes('Connexion douce')).toBe(columns > 100);
  });

  it('has stable keys in JSON', async () => {
    const test = testContext({ json: true });
    await listScenarios(test.context);
    const [first] = JSON.parse(test.stdout());
    expect(Object.keys(first)).toEqual([
      'slug',
      'name',
      'description',
      'target',
      'steps',
      'duration_days',
      'channels',
      'language',
      'expected_reply_rate',
      'source',
      'file',
    ]);
  });

  it('names a file it had to leave out, and fails', async () => {
    const test = testContext({ folder: withScenario('slug: [').root });
    await listScenarios(test.context);
    expect(test.stderr()).toMatch(/left out: .*essai\.yaml:1:8 no valid YAML/);
    expect(test.context.exitCode).toBe(1);
  });
});

describe('scenario show', () => {
  it('tells each step with its day, and its text, within 80 columns', async () => {
    const text = await show('connexion-douce', { columns: 80 });
    expect(widest(text)).toBeLessThanOrEqual(80);
    expect(text).toContain('Connexion douce (connexion-douce)');
    expect(text).toMatch(/^1\. \S+ {2}day 0, linkedin, invitation$/m);
    expect(text.match(/^\d\. /gm)).toHaveLength(5);
    expect(text).toContain('| Bonjour{% if first_name %}');
  });

  it('shows the other language', async () => {
    expect(await show('connexion-douce', {}, 'en')).toContain('texts in en');
    await expect(show('connexion-douce', {}, 'de')).rejects.toThrow('unknown language "de", allowed: fr, en');
  });

  it('tells condition, fallback and variants', async () => {
    const step =
      '    when: { delivered: false, within: 4d }\n    otherwise: stop\n    fallback: [sms, linkedin]\n    variants: [{ id: a, template: essai/a }]\n';
    const folder = withScenario(scenarioYaml('essai', { step }), {
      'essai/a': '---\nsubject: A\n---\n\u001b[2Ja',
    }).root;
    const text = await show('essai', { folder });
    expect(text).toContain('When: not delivered within 4d; otherwise stop');
    expect(text).toContain('Without address: sms, then linkedin');
    expect(text).toContain('Text essai/a:');
    expect(text).not.toContain('Text essai/premier:');
    expect(text).toContain('| ?[2Ja');
  });

  it('has stable keys in JSON', async () => {
    const shown = JSON.parse(await show('connexion-douce', { json: true }));
    expect(Object.keys(shown)).toEqual([
      'slug',
      'name',
      'description',
      'target',
      'duration_days',
      'expected_reply_rate',
      'language',
      'stop_on',
      'company_stop',
      'file',
      'hash',
      'steps',
    ]);
    expect(shown.steps[0]).toMatchObject({ id: 'invitation', day: 0, channel: 'linkedin', when: null });
    expect(shown.steps[0].texts[0].name).toBe('connexion-douce/invitation');
  });
});

describe('scenario lint', () => {
  const warned = () =>
    withScenario(scenarioYaml('essai'), { 'essai/premier': '---\nsubject: a\n---\nVrai ?\n{{ opt_out }}' });

  it('says nothing on stdout when all is well, and counts on stderr', async () => {
    const folder = withScenario(scenarioYaml('essai')).root;
    expect(await lint({ folder }, { references: ['essai'] })).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: '1 scenario checked: 0 errors, 0 warnings\n',
    });
  });

  it('prints a place an editor can open, below the current folder', async () => {
    const { stdout, exitCode } = await lint({ folder: warned().root }, { references: ['essai'] });
    expect(stdout).toBe(
      'templates/fr/essai/premier.liquid:4:6 warning no no-break space before "?" (no-break-space)\n',
    );
    expect(exitCode).toBe(0);
  });

  it('fails on warnings when it is strict', async () => {
    expect((await lint({ folder: warned().root }, { references: ['essai'], strict: true })).exitCode).toBe(1);
  });

  it('fails on errors, of all files at once', async () => {
    const folder = withScenario(scenarioYaml('essai', { step: '    wait: x\n    chanel: y\n' })).root;
    const { exitCode, stdout } = await lint({ folder });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('scenarios/essai.yaml:13:11 error "wait" is "x"');
    expect(stdout).toContain('scenarios/essai.yaml:14:5 error unknown key "chanel"');
  });

  it('has stable keys in JSON', async () => {
    const { stdout } = await lint({ folder: warned().root, json: true }, { references: ['essai'] });
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({ scenarios: 1, errors: 0, warnings: 1 });
    expect(Object.keys(result.findings[0])).toEqual([
      'severity',
      'rule',
      'file',
      'line',
      'column',
      'message',
    ]);
  });

  it('knows the sender of the workspace', async () => {
    const { root } = withScenario(scenarioYaml('essai').replaceAll(': email', ': sms'), {
      'essai/premier': 'Répondez. {{ opt_out }}',
    });
    const { stdout } = await lint({ folder: root }, { references: ['essai'] });
    expect(stdout).toContain('(one-way-sender)');
  });

  it('refuses an unknown scenario as a wrong word', async () => {
    const error = await lint({}, { references: ['relance-douze'] }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({
      exitCode: 2,
      message: 'no scenario "relance-douze", did you mean "relance-douce"?',
    });
  });
});
