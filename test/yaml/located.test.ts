import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { scenarioSchema } from '../../src/engine/scenario/schema.ts';
import { formatProblem, parseLocated } from '../../src/yaml/located.ts';
import { scenarioYaml } from '../scenarios/workspace.ts';

const problems = (text: string, schema: z.ZodType = scenarioSchema): string[] => {
  const result = parseLocated({ file: 'essai.yaml', text }, schema);
  return result.ok ? [] : result.problems.map(formatProblem);
};
const step = (lines: string) => scenarioYaml('essai', { step: lines });
const second = (lines: string) =>
  scenarioYaml('essai', {
    tail: `  - id: second\n    channel: email\n    kind: email\n    objective: o\n    prompt: p\n    template: a/b\n${lines}`,
  });

describe('a scenario file', () => {
  it('is read when all is well', () => expect(problems(scenarioYaml('essai'))).toEqual([]));

  it.each<[string, string, string]>([
    ['an empty file', '', '1:1 the file is empty'],
    ['only a comment', '# rien\n', '1:1 the file is empty'],
    ['a list', '- a\n', '1:1 the file is a list: expected a map of keys'],
    ['no YAML at all', 'Bonjour,\nvoici mon scénario\n', '1:1 the file is a text: expected a map of keys'],
    ['a key twice', 'slug: a\nslug: b\n', '2:1 this key is there twice'],
    ['two documents', 'slug: a\n---\nslug: b\n', '2:1 more than one document (---) in the file'],
    ['a tab', 'steps:\n\t- id: a\n', '2:1 a tab in the indentation: use spaces'],
    ['an open quote', 'name: "abc\n', '2:1 no valid YAML: Missing closing "quote'],
    ['an unknown alias', 'name: *other\n', '1:7 *other stands for nothing: there is no &other before'],
    [
      'an unknown key',
      scenarioYaml('essai', { head: 'durée: 3\n' }),
      '6:1 unknown key "durée", allowed: slug, name',
    ],
    [
      'an unknown key that is near',
      step('    chanel: sms\n'),
      '13:5 unknown key "chanel", did you mean "channel"?',
    ],
    [
      'a wrong enum value',
      scenarioYaml('essai', { head: 'language: rf\n' }),
      '6:11 "language" is "rf", allowed: fr, en',
    ],
    [
      'an enum value that is near',
      scenarioYaml('essai', { head: 'stop_on: [reply, metting]\n' }),
      '6:18 an entry of "stop_on" is "metting", allowed: reply, meeting, opt_out, bounce, did you mean "meeting"?',
    ],
    [
      'a bad slug',
      scenarioYaml('Été 2026'),
      '1:7 "slug" is "Été 2026": expected lower-case letters, digits and hyphens',
    ],
    [
      'a bad wait',
      step('    wait: 3 days\n'),
      '13:11 "wait" is "3 days": expected a wait such as 3d (days), 2bd',
    ],
    [
      'a template outside',
      step('    template: ../../etc/passwd\n').replace('    template: essai/premier\n', ''),
      '12:15 "template" is "../../etc/passwd": expected a name such as',
    ],
    [
      'an empty text',
      scenarioYaml('essai').replace('name: Essai', 'name: ""'),
      '2:7 "name" is "": at least 1 characters',
    ],
    ['a null', scenarioYaml('essai').replace('name: Essai', 'name:'), '2:6 "name" is empty: expected a text'],
    [
      'a number for a text',
      scenarioYaml('essai').replace('name: Essai', 'name: 12'),
      '2:7 "name" is 12: expected a text',
    ],
    [
      'a fraction',
      scenarioYaml('essai').replace('days: 10', 'days: 2.5'),
      '5:16 "duration_days" is 2.5: expected a whole number',
    ],
    [
      'too big a number',
      scenarioYaml('essai', { head: 'expected_reply_rate: 18\n' }),
      '6:22 "expected_reply_rate" is 18: at most 1',
    ],
    ['a missing key', scenarioYaml('essai').replace('name: Essai\n', ''), '1:1 missing key "name"'],
    [
      'a missing key of a step',
      step('').replace('    prompt: Une question.\n', ''),
      '7:5 missing key "prompt"',
    ],
    [
      'a half condition',
      step('    when: { within: 3d }\n'),
      '13:5 "when": exactly one of accepted, delivered',
    ],
    [
      'a step id twice',
      second('').replace('second', 'premier'),
      '13:9 "id" is "premier": taken by step 1, each needs its own',
    ],
    [
      'goto to nowhere',
      step('    when: { delivered: true }\n    otherwise: goto nulle-part\n'),
      '14:16 "otherwise" is "goto nulle-part": there is no step "nulle-part"',
    ],
    [
      'goto back',
      second('    when: { delivered: true }\n    otherwise: goto premier\n'),
      '20:16 "otherwise" is "goto premier": only a later step is allowed',
    ],
    [
      'otherwise alone',
      step('    otherwise: skip\n'),
      '13:16 "otherwise" is "skip": there is no "when" that could fail',
    ],
    [
      'a kind of another channel',
      scenarioYaml('essai').replace('kind: email', 'kind: sms'),
      '9:11 "kind" is "sms": channel email takes email, follow_up',
    ],
    [
      'a fallback to itself',
      step('    fallback: [sms, email]\n'),
      '13:21 an entry of "fallback" is "email": that is the channel of the step itself',
    ],
    [
      'the same channel beside the step and in its place',
      step('    fallback: [sms]\n    also: [sms]\n'),
      '14:12 an entry of "also" is "sms": that is a fallback of the same step',
    ],
    [
      'a variant id twice',
      step('    variants:\n      - {id: a, template: x}\n      - {id: a, template: y}\n'),
      '15:14 "id" is "a": taken by another variant',
    ],
  ])('%s is told with its place', (_, text, expected) => {
    expect(problems(text)[0]).toContain(`essai.yaml:${expected}`);
  });

  it('tells all problems at once, in the order of the file', () => {
    const text = scenarioYaml('essai', { head: 'nom: x\n', step: '    wait: x\n    chanel: x\n' });
    expect(problems(text).map((line) => line.split(' ')[0])).toEqual([
      'essai.yaml:6:1',
      'essai.yaml:14:11',
      'essai.yaml:15:5',
    ]);
  });

  it('names a place inside what an alias stands for', () => {
    const schema = z.strictObject({ base: z.unknown(), used: z.strictObject({ a: z.number() }) });
    expect(problems('base: &b\n  a: x\nused: *b\n', schema)).toEqual([
      'essai.yaml:2:6 "a" is "x": expected a number',
    ]);
  });
});

describe('a hostile file', () => {
  it.each<[string, string, string]>([
    ['brackets without end', '['.repeat(100_000), '1:65 nested too deep'],
    ['dashes without end', `a:\n${'- '.repeat(100_000)}`, '2:129 nested too deep'],
    [
      'staircase',
      Array.from({ length: 1300 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join(''),
      '258:1 nested too deep',
    ],
    [
      'aliases of aliases',
      `a: &a [${'x,'.repeat(9)}x]\n${['b', 'c', 'd', 'e']
        .map((name, index) => `${name}: &${name} [${`*${'abcd'[index]},`.repeat(9)}*${'abcd'[index]}]\n`)
        .join('')}`,
      '1:1 too many aliases (*name)',
    ],
    ['a key named __proto__', '__proto__: {slug: x}\n', '1:1 unknown key "__proto__"'],
  ])('of %s is a problem, not a crash', (_, text, expected) => {
    expect(problems(text).join('\n')).toContain(expected);
  });

  it('shows control characters of a value as question marks', () => {
    expect(problems(scenarioYaml('"a\\e[31m"'))[0]).toContain('"slug" is "a?[31m"');
  });
});
