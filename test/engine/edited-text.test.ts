import { describe, expect, it } from 'vitest';
import {
  checkEdited,
  editableText,
  readEditable,
  type TextRules,
} from '../../src/engine/texts/edited-text.ts';

const rules = (more: Partial<TextRules> = {}): TextRules => ({
  channel: 'email',
  kind: 'email',
  before: '',
  optOut: 'Répondez « non » : je ne vous écrirai plus.',
  limits: { invitationLimit: 200, messageLimit: 3000 },
  ...more,
});
const WAY_OUT = rules().optOut;

describe('a text that a person has written', () => {
  it.each<[string, { subject: string | null; body: string }, Partial<TextRules>, object]>([
    [
      'is tidied',
      { subject: ' Une\nquestion ', body: 'Bonjour \r\n\r\n\r\n\r\nvous' },
      { optOut: '' },
      { subject: 'Une question', body: 'Bonjour\n\nvous', added: false },
    ],
    [
      'gets the way out',
      { subject: 'x', body: 'Bonjour' },
      {},
      { body: `Bonjour\n\n${WAY_OUT}`, added: true },
    ],
    [
      'keeps the way out it has',
      { subject: 'x', body: `Bonjour\n${WAY_OUT}` },
      {},
      { body: `Bonjour\n${WAY_OUT}`, added: false },
    ],
    [
      'keeps it with other blanks',
      { subject: 'x', body: WAY_OUT.replaceAll('\u00a0', ' ') },
      {},
      { added: false },
    ],
    [
      'gets it on one line in an SMS',
      { subject: null, body: 'Bonjour' },
      { channel: 'sms', kind: 'sms', optOut: 'STOP au 36180' },
      { body: 'Bonjour STOP au 36180' },
    ],
    [
      'needs none on LinkedIn',
      { subject: null, body: 'Bonjour' },
      { channel: 'linkedin', kind: 'message' },
      { subject: null, body: 'Bonjour', added: false },
    ],
  ])('%s', (_, text, more, expected) =>
    expect(checkEdited(text, rules(more))).toMatchObject({ ok: true, ...expected }),
  );

  const SIGNED = `Bonjour,\n\nUne question.\n\nBien à vous,\n\nJean Martin\nACME\n\nACME SAS, RCS 1\n${WAY_OUT}`;
  it.each<[string, string, string, string[]]>([
    ['all of it', SIGNED, 'Bonjour.', ['Jean Martin', 'ACME', 'ACME SAS, RCS 1']],
    ['the legal line', SIGNED, 'Jean Martin\n\nBonjour.', ['ACME SAS, RCS 1']],
    ['nothing, where a line of it is another', SIGNED.replace('\nACME\n', '\nFirme\n'), SIGNED, []],
    ['nothing, with other blanks', SIGNED, SIGNED.replace('Jean ', 'Jean\u00a0'), []],
    ['nothing, where none was', 'Bonjour,\n\nUne question.\n\nEt vous ?', 'Bonjour', []],
    ['a signature without a way out below', 'Bonjour,\n\nRien.\n\nJean', 'Bonjour', ['Jean']],
    ['a greeting is none', `Bonjour,\n\nRien.\n\nBonne journée,\n\n${WAY_OUT}`, 'Bonjour', []],
    ['nothing of a text without paragraphs', 'Bonjour Jean', 'Bonjour', []],
  ])('of the signature misses %s', (_, before, body, gone) =>
    expect(checkEdited({ subject: 'x', body }, rules({ before }))).toMatchObject({ gone }),
  );

  it.each<[string, { subject: string | null; body: string }, Partial<TextRules>, string]>([
    ['blank', { subject: 'x', body: ' \n\t' }, {}, 'the text is empty'],
    ['without a subject', { subject: ' ', body: 'x' }, {}, 'an e-mail needs a subject'],
    [
      'with a blank to fill in',
      { subject: 'x', body: 'Bonjour {{ first_name }}' },
      {},
      '"{{" is left in the text',
    ],
    [
      'with one in the subject',
      { subject: 'Pour [entreprise]', body: 'x' },
      {},
      '"[entreprise]" is left in the text',
    ],
    [
      'too long for an invitation',
      { subject: null, body: 'a '.repeat(101) },
      { channel: 'linkedin', kind: 'invitation' },
      '201 characters, at most 200',
    ],
    [
      'too long with the way out',
      { subject: null, body: 'é'.repeat(459) },
      { channel: 'sms', kind: 'sms', optOut: 'STOP au 36180' },
      '4 SMS segments, at most 3',
    ],
  ])('is refused when it is %s', (_, text, more, problem) =>
    expect(checkEdited(text, rules(more))).toEqual({ ok: false, problem }),
  );
});

describe('a text in an editor', () => {
  it.each([
    { subject: 'Une question', body: 'Bonjour,\n\nvous' },
    { subject: null, body: 'Subject: cela reste du texte\nvous' },
  ])('comes back as it went: %j', (text) => {
    const { subject, body } = readEditable(editableText(text), text);
    expect({ subject, body: body.trim() }).toEqual(text);
  });

  it.each([
    ['Subject: Autre\nBonjour', 'Autre', 'Bonjour'],
    ['\ufeff\nOBJET\u00a0: Autre\r\n\r\nBonjour', 'Autre', 'Bonjour'],
    ['Bonjour', 'Avant', 'Bonjour'],
    ['Subject:', '', ''],
    ['Sujet: non', 'Avant', 'Sujet: non'],
  ])('%j', (typed, subject, body) => {
    const read = readEditable(typed, { subject: 'Avant', body: 'x' });
    expect({ ...read, body: read.body.trim() }).toEqual({ subject, body });
  });
});
