import { describe, expect, it } from 'vitest';
import { createTemplateWriter } from '../../src/ai/template-writer.ts';
import { aStep } from '../builders.ts';
import { aRequest, type RequestOverrides as Overrides } from './request.ts';

const email = (body: string, subject = 'Une question') =>
  `---\nsubject: ${subject}\n---\n${body}\n\n{{ opt_out }}`;
const writer = createTemplateWriter({ invitationLimit: 200, messageLimit: 3000 });
const write = (template: string, overrides: Overrides = {}) =>
  writer.write(aRequest({ templates: { 'essai/texte': template }, ...overrides }));
const linkedin = {
  step: aStep({ channel: 'linkedin', kind: 'message', template: 'essai/texte' }),
  channel: 'linkedin',
} as const;
const body = async (template: string, overrides: Overrides = {}) => {
  const written = await write(template, { ...linkedin, ...overrides });
  return written.status === 'written' ? written.body : `${written.reason}: ${written.detail}`;
};

describe('a template', () => {
  it('becomes subject and body, both with facts', async () => {
    expect(await write(email('Bonjour {{ first_name }},', 'Re : {{ company }}'))).toMatchObject({
      status: 'written',
      subject: 'Re : Firme',
      body: 'Bonjour Claire,\n\nPour ne plus rien recevoir : stop.',
      source: 'template',
      template: 'essai/texte',
    });
  });

  it.each<[string, string, Overrides, string]>([
    ['an absent fact behind default', '{{ title | default: "vous" }}', {}, 'vous'],
    ['an empty fact behind default', '{{ title | default: "vous" }}', { prospect: { title: '  ' } }, 'vous'],
    ['an absent fact in an if', 'a{% if title %} {{ title }}{% endif %}', {}, 'a'],
    ['two absent facts in one if', 'a{% if title and city %}b{% endif %}', {}, 'a'],
    ['a custom field', '{{ custom.ca_m }}', { prospect: { custom: { ca_m: '12 M' } } }, '12 M'],
    ['an absent custom field in an if', 'a{% if custom.ca_m %}b{% endif %}', {}, 'a'],
    ['the sender', '{{ sender.name }}', {}, 'Paul'],
    ['the campaign', '{{ campaign.name }}', {}, 'Rentrée'],
    ['where the data comes from', '{{ data_source }}', { dataSource: 'annuaire' }, 'annuaire'],
    ['blanks and empty lines', 'a  \n\n\n\nb\t\n  ', {}, 'a\n\nb'],
    ['Windows line ends', 'a\r\n\r\nb\r\n', {}, 'a\n\nb'],
    ['a fact with line breaks', '{{ title }}', { prospect: { title: 'PDG\r\n\r\nfaux' } }, 'PDG faux'],
    [
      'a fact with control and direction characters',
      '{{ title }}',
      { prospect: { title: 'P\u001b[31mD\u202eG' } },
      'P [31mDG',
    ],
    ['control characters of its own', 'a\u0007b\u202ec', {}, 'abc'],
    ['half a character', '{{ title }}', { prospect: { title: 'a\ud83d' } }, 'a'],
    ['an emoji', '{{ title }}', { prospect: { title: '👩‍🚀' } }, '👩‍🚀'],
  ])('is filled with %s', async (_, template, overrides, expected) => {
    expect(await body(template, overrides)).toBe(expected);
  });

  it.each<[string, string, Overrides, string]>([
    ['misses a fact', 'Bonjour {{ title }}', {}, 'missing_variable: title'],
    ['misses a custom field', '{{ custom.ca_m }}', {}, 'missing_variable: custom.ca_m'],
    ['misses a fact within a filter', '{{ "a" | append: title }}', {}, 'missing_variable: title'],
    ['misses the phone of the sender', '{{ sender.phone }}', {}, 'missing_variable: sender.phone'],
    [
      'has an unknown variable',
      'a\n{{ prenom }}',
      {},
      'bad_template: essai/texte: line 2: unknown variable "prenom"',
    ],
    [
      'asks for internal notes',
      '{{ notes }}',
      {},
      'bad_template: essai/texte: line 1: unknown variable "notes"',
    ],
    [
      'is not closed',
      'a {% if title %}',
      {},
      'bad_template: essai/texte: line 1: tag {% if title %} not closed',
    ],
    [
      'has an unknown filter',
      '{{ title | shout }}',
      {},
      'bad_template: essai/texte: line 1: undefined filter: shout',
    ],
    [
      'includes a file',
      '{% include "/etc/passwd" %}',
      {},
      'bad_template: essai/texte: line 1: tag "include" not found',
    ],
    [
      'asks for the time',
      '{{ "now" | date: "%Y" }}',
      {},
      'bad_template: essai/texte: line 1: undefined filter: date',
    ],
    [
      'loops for ever',
      '{% for i in (1..9000000) %}x{% endfor %}',
      {},
      'bad_template: essai/texte: memory alloc limit exceeded',
    ],
    [
      'leaves a bracket',
      'Bonjour [Prénom],',
      {},
      'bad_template: essai/texte: "[Prénom]" is left in the text',
    ],
    [
      'gets a filler from the list',
      'Bonjour {{ title }}',
      { prospect: { title: '{{ x }}' } },
      'bad_template: essai/texte: "{{" is left in the text',
    ],
    ['is empty', '{% if title %}a{% endif %}', {}, 'bad_template: essai/texte: the text is empty'],
    [
      'has open front matter',
      '---\nsubject: a\n',
      {},
      'bad_template: essai/texte: line 1: the front matter has no closing --- line',
    ],
    ['is too long', 'a'.repeat(3001), {}, 'too_long: essai/texte: 3001 characters, at most 3000'],
  ])('that %s holds the message', async (_, template, overrides, expected) => {
    expect(await body(template, overrides)).toBe(expected);
  });

  it('never reads what is not a fact of its own', async () => {
    expect(await body('{{ custom.constructor }}')).toBe('missing_variable: custom.constructor');
    expect(await body('{{ custom.__proto__ }}')).toBe('missing_variable: custom.__proto__');
  });

  it('does not take a fact for a template', async () => {
    const written = await write(email('{{ company }}'), { prospect: { company: '{% raw %}' } });
    expect(written).toMatchObject({ status: 'held', reason: 'bad_template' });
  });
});

describe('when the text of the step cannot be used', () => {
  const fallback = { 'default/email': email('Bonjour {{ first_name }},') };

  it.each(['{{ title }}', '{% if %}', 'x'.repeat(20_001), '{{ inconnu }}', '[Prénom]'])(
    'the default of the channel steps in (%#)',
    async (template) => {
      const written = await write('', { templates: { 'essai/texte': email(template), ...fallback } });
      expect(written).toMatchObject({
        status: 'written',
        source: 'channel_template',
        template: 'default/email',
      });
    },
  );

  it('steps in for a template that is not there', async () => {
    expect(await write('', { templates: fallback })).toMatchObject({ source: 'channel_template' });
  });

  it('and the default misses something too, the message is held for what the step misses', async () => {
    const templates = { 'essai/texte': email('{{ title }}'), 'default/email': email('{{ city }}') };
    expect(await write('', { templates })).toMatchObject({
      status: 'held',
      reason: 'missing_variable',
      detail: 'title',
    });
  });

  it('a fallback channel uses its own default, without subject', async () => {
    const templates = { 'essai/texte': email('x'), 'default/sms': 'Bonjour {{ first_name }}. {{ opt_out }}' };
    expect(await write('', { templates, channel: 'sms', optOut: 'STOP 36111' })).toMatchObject({
      status: 'written',
      subject: null,
      body: 'Bonjour Claire. STOP 36111',
      source: 'channel_template',
      template: 'default/sms',
    });
  });

  it('an e-mail that moves to LinkedIn is a plain message there', async () => {
    const templates = { 'default/message': 'Bonjour', 'default/follow_up': 'Non' };
    const step = aStep({ kind: 'email' });
    expect(await write('', { step, templates, channel: 'linkedin' })).toMatchObject({
      template: 'default/message',
    });
  });
});

describe('limits', () => {
  it('an invitation may have as many characters as the account allows', async () => {
    const step = aStep({ channel: 'linkedin', kind: 'invitation', template: 'essai/texte' });
    expect(await body('a'.repeat(200), { step })).toHaveLength(200);
    expect(await body('a'.repeat(201), { step })).toContain('too_long');
  });

  it('an SMS of more than three parts is held', async () => {
    const sms = {
      step: aStep({ channel: 'sms', kind: 'sms', template: 'essai/texte' }),
      channel: 'sms',
      optOut: '',
    } as const;
    expect(await body('a'.repeat(459), sms)).toHaveLength(459);
    expect(await body('a'.repeat(460), sms)).toBe('too_long: essai/texte: 4 SMS segments, at most 3');
  });
});

describe('an e-mail', () => {
  it('without subject is held', async () => {
    expect(await write('Bonjour {{ opt_out }}')).toMatchObject({
      status: 'held',
      detail: 'essai/texte: the e-mail has no subject',
    });
  });

  it('gets the way out that its template forgot', async () => {
    const written = await write('---\nsubject: a\n---\nBonjour');
    expect(written).toMatchObject({ body: 'Bonjour\n\nPour ne plus rien recevoir : stop.' });
  });

  it('has a subject of one line, whatever a fact holds', async () => {
    const written = await write(email('a', '{{ company }}'), {
      prospect: { company: 'A\r\nBcc: x@y.example' },
    });
    expect(written).toMatchObject({ subject: 'A Bcc: x@y.example' });
  });

  it.each(['Une question', 'Re : Une question', 'RE: Re : Une question'])(
    'answers the latest one before it, with one Re (%s)',
    async (subject) => {
      const touch = { step: 'a', channel: 'email', body: '', sentAt: 0 } as const;
      const history = [
        { ...touch, subject: 'Avant' },
        { ...touch, subject },
      ];
      expect(await write(email('a', 'Re : {{ previous.subject }}'), { history })).toMatchObject({
        subject: 'Re : Une question',
      });
    },
  );

  it('cannot answer when there was none', async () => {
    expect(await write(email('a', 'Re : {{ previous.subject }}'))).toMatchObject({
      detail: 'previous.subject',
    });
  });
});

describe('variants', () => {
  const variants = [
    { id: 'a', template: 'essai/a', weight: 3 },
    { id: 'b', template: 'essai/b', weight: 1 },
    { id: 'c', template: 'essai/c', weight: 1 },
  ];
  const step = aStep({ template: 'essai/texte', variants });
  const templates = { 'essai/a': email('a'), 'essai/b': email('b'), 'essai/c': email('c') };
  const chosen = async (id: number) => {
    const written = await write('', { step, templates, prospect: { id } });
    return written.status === 'written' ? written.template : written.detail;
  };

  it('are shared out by weight, the same for one person each time', async () => {
    const all = await Promise.all(Array.from({ length: 1000 }, (_, id) => chosen(id)));
    const share = (name: string) =>
      Math.round((all.filter((template) => template === name).length / 1000) * 10);
    expect([share('essai/a'), share('essai/b'), share('essai/c')]).toEqual([6, 2, 2]);
    expect(await chosen(12)).toBe(all[12]);
  });
});

it('a fact of nothing but blanks inside is measured at once, in the subject too', async () => {
  const custom = { x: `a${' '.repeat(200_000)}b` };
  for (const template of [email('{{ custom.x }}'), email('Bonjour,', '{{ custom.x }}')])
    expect(await write(template, { prospect: { custom } })).toMatchObject({ reason: 'too_long' });
});
