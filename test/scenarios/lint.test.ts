import { relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLinter, USUAL_SETTINGS } from '../../src/scenarios/linter.ts';
import { aWorkspace, EMAIL, scenarioYaml, withScenario } from './workspace.ts';

type Settings = typeof USUAL_SETTINGS;

/** `file:line:column severity rule`, and the message behind a bar. */
async function lint(
  workspace: ReturnType<typeof aWorkspace>,
  settings: Partial<Settings> = {},
): Promise<string[]> {
  const linter = createLinter(workspace, { ...USUAL_SETTINGS, ...settings }, workspace.root);
  const { findings } = await linter.lint(['essai']);
  return findings.map(
    ({ file, line, column, severity, rule, message }) =>
      `${relative(workspace.root, file)}:${line}:${column} ${severity} ${rule} | ${message}`,
  );
}

const ofScenario = (more: Parameters<typeof scenarioYaml>[1]) =>
  lint(withScenario(scenarioYaml('essai', more)));
const ofText = (text: string, kind: string, settings: Partial<Settings> = {}) => {
  const channel = kind === 'email' || kind === 'sms' ? kind : 'linkedin';
  const yaml = scenarioYaml('essai')
    .replace('channel: email', `channel: ${channel}`)
    .replace('kind: email', `kind: ${kind}`);
  return lint(withScenario(yaml, { 'essai/premier': text }), settings);
};
const email = (body: string, subject = 'Une question') =>
  `---\nsubject: ${subject}\n---\n${body}\n{{ opt_out }}\n`;
const TEXT = 'templates/fr/essai/premier.liquid';
const YAML = 'scenarios/essai.yaml';

describe('a scenario', () => {
  it('that is right gives nothing', async () => expect(await ofScenario({})).toEqual([]));

  it.each<[string, Parameters<typeof scenarioYaml>[1], string]>([
    [
      'waits longer than it lasts',
      { step: '    wait: 11d\n' },
      `${YAML}:5:16 error waits-beyond-duration | the waits add up to 11 days, more than duration_days 10`,
    ],
    [
      'waits longer in business days',
      { step: '    wait: 8bd\n' },
      `${YAML}:5:16 error waits-beyond-duration | the waits add up to 11.2 days`,
    ],
    [
      'has an empty false branch',
      { step: '    when: { accepted: true }\n' },
      `${YAML}:13:5 error empty-false-branch | the condition has no "otherwise"`,
    ],
    [
      'asks for an acceptance nobody was asked for',
      { step: '    when: { accepted: true }\n    otherwise: skip\n' },
      `${YAML}:13:5 warning condition-without-cause | no earlier step is an invitation`,
    ],
    [
      'asks for a delivery of nothing',
      { step: '    when: { delivered: true }\n    otherwise: skip\n' },
      `${YAML}:13:5 warning condition-without-cause | no earlier step is an e-mail or SMS`,
    ],
    [
      'has an unknown template',
      { step: '    variants: [{ id: a, template: essai/autre }]\n' },
      `${YAML}:13:35 error unknown-template | unknown template "essai/autre"`,
    ],
    [
      'is not valid',
      { step: '    chanel: sms\n' },
      `${YAML}:13:5 error invalid | unknown key "chanel", did you mean "channel"?`,
    ],
  ])('that %s is told', async (_, more, expected) => {
    const found = await ofScenario(more);
    expect(
      found.some((line) => line.startsWith(expected)),
      found.join('\n'),
    ).toBe(true);
  });

  it.each<[string, Parameters<typeof scenarioYaml>[1]]>([
    ['waits that fit', { step: '    wait: 10d\n' }],
    ['business days that fit', { step: '    wait: 7bd\n' }],
    [
      'a condition with cause and branch',
      {
        tail: '  - id: second\n    channel: email\n    kind: email\n    objective: o\n    prompt: p\n    template: essai/premier\n    when: { delivered: true }\n    otherwise: stop\n',
      },
    ],
  ])('with %s gives nothing', async (_, more) => expect(await ofScenario(more)).toEqual([]));
});

describe('a text', () => {
  it.each<[string, string, string, string]>([
    [
      'an unknown variable',
      'email',
      email('{{ first_nam }}'),
      ':4:4 error unknown-variable | unknown variable "first_nam", did you mean "first_name"?',
    ],
    [
      'an unknown variable in the subject',
      'email',
      email('a', 'Re {{ sender.nom }}'),
      ':2:16 error unknown-variable | unknown variable "sender.nom", did you mean "sender.name"?',
    ],
    [
      'broken Liquid',
      'email',
      email('a\n{% if title %}'),
      ':5:1 error template-syntax | tag {% if title %} not closed',
    ],
    [
      'broken Liquid in the subject',
      'email',
      email('a', 'Re {{ title | x }}'),
      ':2:13 error template-syntax | undefined filter: x',
    ],
    [
      'a bare variable many lack',
      'email',
      email('Bonjour\n{{ title }}'),
      ':5:4 warning unguarded-variable | "title" is missing for many',
    ],
    [
      'one within a condition on another',
      'email',
      email('{% if city %}{{ title }}{% endif %}'),
      ':4:17 warning unguarded-variable | "title"',
    ],
    [
      'a bare custom field',
      'email',
      email('{{ custom.ca_m }}'),
      ':4:4 warning unguarded-variable | "custom.ca_m"',
    ],
    ['no subject', 'email', 'Bonjour {{ opt_out }}', ':1:1 error missing-subject'],
    [
      'a subject nobody sees',
      'sms',
      '---\nsubject: a\n---\nBonjour {{ opt_out }}',
      ':2:1 warning unused-subject | sms has no subject',
    ],
    ['no way out of e-mails', 'email', '---\nsubject: a\n---\nBonjour', ':4:1 error missing-opt-out'],
    ['no way out of SMS', 'sms', 'Bonjour', ':1:1 error missing-opt-out'],
    [
      'an invitation too long',
      'invitation',
      'a'.repeat(201),
      ':1:1 error too-long | with long names: 201 characters, at most 200',
    ],
    [
      'an invitation too long with long names',
      'invitation',
      `${'a'.repeat(190)} {{ first_name }}`,
      ':1:1 error too-long | with long names: 205 characters, at most 200',
    ],
    [
      'a LinkedIn message too long',
      'message',
      'a'.repeat(3001),
      ':1:1 error too-long | with long names: 3001 characters, at most 3000',
    ],
    [
      'a LinkedIn message nobody reads',
      'message',
      'a'.repeat(701),
      ':1:1 warning long | with usual names: 701 characters, seldom read beyond 700',
    ],
    [
      'a subject cut short',
      'email',
      email('a', 'a'.repeat(81)),
      ':1:1 warning long | with usual names: a subject of 81 characters, cut beyond 80',
    ],
    [
      'an SMS of two parts',
      'sms',
      `${'a'.repeat(150)} {{ opt_out }}`,
      ':1:1 warning long | with usual names: 2 SMS segments (182 characters)',
    ],
    [
      'an SMS that a letter makes dear',
      'sms',
      `Être ${'a'.repeat(60)} {{ opt_out }}`,
      ':1:1 warning long | with usual names: 2 SMS segments (97 characters, 70 a segment because of "Ê")',
    ],
    [
      'an SMS of four parts',
      'sms',
      `${'a'.repeat(460)} {{ opt_out }}`,
      ':1:1 error too-long | with long names: 4 SMS segments, at most 3',
    ],
    [
      'a plain blank before a question mark',
      'email',
      email('Vraiment ?'),
      ':4:10 warning no-break-space | no no-break space before "?"',
    ],
    [
      'nothing before a colon',
      'message',
      'Une chose: ceci',
      ':1:10 warning no-break-space | no no-break space before ":"',
    ],
    [
      'nothing before a colon behind a tag',
      'message',
      '{{ company }}: ceci',
      ':1:14 warning no-break-space | no no-break space before ":"',
    ],
    [
      'a plain blank behind a guillemet',
      'message',
      '« oui\u00a0»',
      ':1:1 warning no-break-space | no no-break space after "«"',
    ],
    ['a plain blank in the subject', 'email', email('a', 'Une question ?'), ':2:23 warning no-break-space'],
    [
      'a bracket to fill in',
      'email',
      email('Bonjour [Prénom],'),
      ':4:9 error placeholder | "[Prénom]" was never filled in',
    ],
    [
      'a row of X',
      'sms',
      'Bonjour, XXX. {{ opt_out }}',
      ':1:10 error placeholder | "XXX" was never filled in',
    ],
    [
      'a question to a sender that may be a name',
      'sms',
      'Répondez-moi. {{ opt_out }}',
      ':1:1 warning one-way-sender | "Répondez": a sender that is a name cannot be answered',
    ],
  ])('with %s is told', async (_, kind, text, expected) => {
    const found = await ofText(text, kind);
    expect(
      found.some((line) => line.startsWith(`${TEXT}${expected}`)),
      found.join('\n'),
    ).toBe(true);
  });

  it.each<[string, string, string]>([
    ['a usual variable', 'email', email('{{ first_name }} {{ company }} {{ sender.name }}')],
    ['a guarded variable', 'email', email('{% if title %}{{ title }}{% endif %}')],
    ['a default', 'email', email('{{ custom.ca_m | default: "vos ventes" }}')],
    ['a variable of its own', 'email', email('{% assign x = company | upcase %}{{ x }}')],
    ['a loop', 'email', email('{% for i in (1..2) %}{{ forloop.index }}{% endfor %}')],
    ['no-break spaces', 'email', email('Vraiment\u202f? Oui\u00a0: «\u00a0bien\u00a0»\u202f; vite\u202f!')],
    ['an address and a time', 'message', 'Voir https://a.example/b?c=d à 10:30'],
    ['several marks', 'message', 'Quoi\u202f?!'],
    ['plain blanks in an SMS', 'sms', 'Vraiment ? {{ opt_out }}'],
    ['an SMS of one part', 'sms', `${'a'.repeat(120)} {{ opt_out }}`],
    ['brackets of another kind', 'message', 'La liste [1] suffit'],
    ['an invitation at the limit', 'invitation', 'a'.repeat(200)],
    ['an answer asked for by e-mail', 'email', email('Répondez-moi.')],
  ])('with %s gives nothing', async (_, kind, text) => expect(await ofText(text, kind)).toEqual([]));

  it('that asks for an answer is judged by the sender', async () => {
    const text = 'Répondez-moi. {{ opt_out }}';
    expect(await ofText(text, 'sms', { smsFrom: '+33755530000' })).toEqual([]);
    expect(await ofText(text, 'sms', { smsFrom: 'HECTOR' })).toEqual([
      `${TEXT}:1:1 error one-way-sender | "Répondez": the sender "HECTOR" is a name and cannot be answered`,
    ]);
  });

  it('may be as long as the account allows', async () => {
    expect(await ofText('a'.repeat(290), 'invitation', { invitationLimit: 300 })).toEqual([]);
  });

  it('in English has English typography', async () => {
    const workspace = withScenario(scenarioYaml('essai', { head: 'language: en\n' }));
    const english = aWorkspace({
      'scenarios/essai.yaml': scenarioYaml('essai', { head: 'language: en\n' }),
      'templates/en/essai/premier.liquid': email('Really? Yes: done!'),
    });
    expect(await lint(english)).toEqual([]);
    expect((await lint(workspace)).join()).toContain('there is no templates/en/essai/premier.liquid');
  });
});

describe('the linter', () => {
  it('looks at every language a scenario has texts in', async () => {
    const workspace = aWorkspace({
      'scenarios/essai.yaml': scenarioYaml('essai', {
        step: '    variants: [{ id: a, template: essai/second }]\n',
      }),
      'templates/fr/essai/premier.liquid': EMAIL,
      'templates/fr/essai/second.liquid': EMAIL,
      'templates/en/essai/second.liquid': EMAIL,
    });
    expect((await lint(workspace)).join()).toContain('there is no templates/en/essai/premier.liquid');
    const linter = createLinter(workspace, USUAL_SETTINGS, workspace.root);
    expect((await linter.lint(['essai'], 'fr')).findings).toEqual([]);
  });

  it('finds no error in the built-in scenarios, in either language', async () => {
    const { scenarios, findings } = await createLinter(null, USUAL_SETTINGS, '/').lint([]);
    expect(scenarios).toBe(5);
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('says once what two scenarios share', async () => {
    const workspace = aWorkspace({ 'templates/fr/default/sms.liquid': 'Bonjour' });
    const { findings } = await createLinter(workspace, USUAL_SETTINGS, '/').lint([], 'fr');
    expect(findings.filter(({ rule }) => rule === 'missing-opt-out')).toHaveLength(1);
  });
});
