import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { command, type EditOptions, editPersonFacts } from '../../src/commands/prospect/edit.ts';
import { showPerson } from '../../src/commands/prospect/show.ts';
import { factsForm, readForm } from '../../src/engine/import/form.ts';
import { PROSPECT_FIELDS, type ProspectField } from '../../src/engine/model.ts';
import { failure } from '../../src/errors.ts';
import { aMessage, anEnrolment, aProspect, aSuppression, DAY, NO_FACTS, NOW } from '../builders.ts';
import { type ContextOverrides, testContext } from '../context.ts';
import { silent } from '../prompter.ts';
import { enrolmentNow, messageNow } from './rows.ts';

const edit = (facts: Record<string, string>, rest: Partial<EditOptions> = {}): EditOptions => ({
  ...{ prospect: '1', facts, unset: null, legalBasis: null },
  ...rest,
});

async function person(overrides: ContextOverrides = {}) {
  const opened = testContext(overrides);
  const connection = await opened.context.connection();
  aProspect(connection, {
    ...{ email: 'claire@ads.example', company: 'Ads', mobile: '+33612345678', phone: '+33123456789' },
    ...{
      linkedin: 'claire-000',
      custom: { ca_m: '23,2' },
      siren: '732829320',
      siret: null,
      phoneKey: '+33612345678 claire durand',
    },
  });
  const stored = () =>
    connection.prepare<[], Record<string, string | null>>('select * from prospect where id = 1').get() ?? {};
  return { ...opened, connection, stored };
}

describe('hector prospect edit', () => {
  test.each<[string, Record<string, string>, string | null, Record<string, string | null>]>([
    ['a title', { title: ' Directrice  financière ' }, null, { title: 'Directrice financière' }],
    ['a name in capitals', { last_name: 'DE LA TOUR' }, null, { last_name: 'de La Tour' }],
    [
      'a new name, with the key they were listed by',
      { last_name: 'Martin' },
      null,
      { last_name: 'Martin', phone_key: '+33612345678 claire durand' },
    ],
    [
      'an address',
      { email: 'Claire <CLAIRE@New.example>' },
      null,
      { email: 'claire@new.example', company_key: 'siren:732829320' },
    ],
    [
      'a profile',
      { linkedin: 'https://fr.linkedin.com/in/Claire-Durand/?x=1' },
      null,
      { linkedin: 'claire-durand' },
    ],
    [
      'a mobile, with the key it is known by',
      { mobile: '07 11 22 33 44' },
      null,
      { mobile: '+33711223344', phone: '+33123456789', phone_key: '+33711223344 claire durand' },
    ],
    [
      'a land line',
      { phone: '04 72 00 00 01' },
      null,
      { phone: '+33472000001', mobile: '+33612345678', phone_key: '+33612345678 claire durand' },
    ],
    [
      'a phone of a country given with it',
      { mobile: '0470 12 34 56', country: 'Belgique' },
      null,
      { mobile: '+32470123456', country: 'BE' },
    ],
    [
      'a SIRET of their firm',
      { siret: '73282932000074' },
      null,
      { siret: '73282932000074', siren: '732829320' },
    ],
    ['what is emptied', {}, 'phone,title,custom.ca_m', { phone: null, title: null, custom: null }],
    ['a custom field', { 'custom.secteur': 'Conseil' }, 'ca-m', { custom: '{"secteur":"Conseil"}' }],
  ])('takes %s in the form of an import', async (_, facts, unset, expected) => {
    const { context, stored } = await person();
    await editPersonFacts(context, edit(facts, { unset }));
    expect(stored()).toMatchObject(expected);
  });

  test.each<[string, Record<string, string>, Partial<EditOptions>, string]>([
    ['what is no address', { email: 'claire at ads' }, {}, 'email: not an e-mail address'],
    ['a number that is none', { mobile: '12' }, {}, 'phone, mobile: not a phone number'],
    [
      'a page for a profile',
      { linkedin: 'linkedin.com/company/ads' },
      {},
      'linkedin: no LinkedIn profile address',
    ],
    ['a SIREN that fails', { siren: '123456789' }, {}, 'siren: a SIREN that fails its check digit'],
    [
      'a SIRET of another firm',
      { siret: '38609139100006' },
      {},
      'siren, siret: SIREN and SIRET of different firms',
    ],
    ['a country', { country: 'Freedonia' }, {}, 'country: not a country name'],
    ['nothing in words', { title: 'n/a' }, {}, 'title: "n/a" says nothing that could be kept'],
    ['a consent that is none', { consent: 'non' }, {}, 'consent: "non" says nothing'],
    [
      'to leave no address',
      {},
      { unset: 'email,linkedin,phone,mobile' },
      '#1 would be left without any address',
    ],
    ['to forget what is no fact', {}, { unset: 'titel' }, '--unset: no fact "titel", did you mean "title"?'],
    [
      'a basis that is none',
      {},
      { legalBasis: 'consentment' },
      '--legal-basis: no basis "consentment", did you mean "consent"?',
    ],
    ['nothing at all', {}, {}, 'what is to change?'],
  ])('refuses %s', async (_, facts, rest, message) => {
    const { context, stored } = await person();
    const before = stored();
    await expect(editPersonFacts(context, edit(facts, rest))).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining(message),
    });
    expect(stored()).toEqual(before);
  });

  test.each<[Record<string, string>, string]>([
    [{ email: 'karim@b.example' }, 'that e-mail address is another person'],
    [{ linkedin: 'karim-000' }, 'that LinkedIn profile is another person'],
    [{ mobile: '0699999999' }, 'that number and name is another person'],
  ])('refuses %j of another person, naming them', async (facts, message) => {
    const { context, connection, stored } = await person();
    aProspect(connection, {
      ...{ first_name: 'Karim', email: 'karim@b.example', linkedin: 'karim-000' },
      phoneKey: '+33699999999 claire durand',
    });
    const before = stored();
    await expect(editPersonFacts(context, edit(facts))).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringMatching(new RegExp(`${message}'s: #2 Karim Durand`)),
      next: 'hector prospect show 2',
    });
    expect(stored()).toEqual(before);
  });

  test('does not take a no away: an address on the blacklist stays, or the new one goes there first', async () => {
    const { context, connection, stored } = await person();
    aSuppression(connection, 'email', 'claire@ads.example');
    await expect(editPersonFacts(context, edit({ email: 'claire@new.example' }))).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringContaining('on the blacklist by email claire@ads.example'),
    });
    expect(stored().email).toBe('claire@ads.example');
    aSuppression(connection, 'email', 'claire@new.example');
    await editPersonFacts(context, edit({ email: 'claire@new.example' }));
    expect(stored().email).toBe('claire@new.example');
  });

  test('wakes the plan, and writes anew what was not sent', async () => {
    const { context, connection, stderr } = await person();
    const id = anEnrolment(connection, { prospectId: 1, nextAt: NOW + 3 * DAY, hold: 'not_yet_due' });
    const text = aMessage(connection, {
      ...{ enrolmentId: id, state: 'ready', envelope: { channel: 'email', to: 'claire@ads.example' } },
    });
    await editPersonFacts(context, edit({ email: 'claire@new.example' }));
    expect(enrolmentNow(connection, id)?.next_at).toBe(NOW);
    expect(messageNow(connection, text)).toBeUndefined();
    expect(stderr()).toContain('to be written anew with the new facts: 1');
  });

  test('shows what was and what is, and says when nothing is other', async () => {
    const { context, stdout, stderr } = await person();
    await editPersonFacts(context, edit({ title: 'DAF', company: 'Ads' }, { unset: 'phone' }));
    expect(stdout().split('\n').sort()).toEqual([
      '',
      'phone\t+33123456789\t',
      'title\tDirectrice générale\tDAF',
    ]);
    await editPersonFacts(context, edit({ title: 'DAF' }));
    expect(stderr()).toBe('Nothing of Claire Durand (#1) is other than it was.\n');
  });

  test('prints JSON, and the legal basis that was said is shown', async () => {
    const { context, stdout, folder } = await person({ json: true });
    await editPersonFacts(context, edit({}, { legalBasis: 'Consentement' }));
    expect(JSON.parse(stdout())).toEqual({
      ...{ id: 1, name: 'Claire Durand', texts_anew: 0 },
      changed: [{ name: 'legal_basis', before: null, after: 'consent' }],
      blacklisted_by: null,
    });
    const shown = testContext({ folder, json: true });
    await showPerson(shown.context, { prospect: '1' });
    expect(JSON.parse(shown.stdout())).toMatchObject({ legal_basis: 'consent', legal_basis_from: 'person' });
  });

  test('forgets all that --unset names, however often it is said', async () => {
    const { context, stored } = await person();
    const argv = ['1', '--unset', 'title', '--unset', 'company,custom.ca_m'];
    await command(() => context).parseAsync(argv, { from: 'user' });
    expect(stored()).toMatchObject({ title: null, company: null, custom: null });
  });

  test('opens all facts in an editor, and takes what was changed in it', async () => {
    let form = '';
    const prompter = {
      ...silent,
      edit: async (_: string, text: string) => {
        form = text;
        return text
          .replace('title: Directrice générale', 'title: "DAF: groupe"')
          .replace(/^phone: .*$/m, 'phone:')
          .replace(/^city:.*\n/m, '')
          .concat('custom.secteur: Conseil\n');
      },
    };
    const { context, stored } = await person({ columns: 80, interactive: true, prompter });
    await editPersonFacts(context, edit({}));
    expect(form).toContain('email: claire@ads.example\n');
    expect(stored()).toMatchObject({
      ...{ title: 'DAF: groupe', phone: null, mobile: '+33612345678' },
      custom: '{"ca_m":"23,2","secteur":"Conseil"}',
    });
  });

  /** Types these texts one after the other, made of what each round shows. */
  const typing = (rounds: ((shown: string) => string)[], seen: string[] = []) => ({
    ...silent,
    edit: async (_: string, shown: string) => {
      seen.push(shown);
      const type = rounds.shift();
      if (!type) throw failure('the editor "vi" has ended with 1: the text is as it was');
      return type(shown);
    },
  });
  const onTerminal = { columns: 80, interactive: true } as const;

  test('opens the form again with what is wrong above it, and loses nothing that was typed', async () => {
    const seen: string[] = [];
    const typos = (shown: string) =>
      shown.replace(/^title: .*$/m, 'title: DAF').replace(/^mobile: .*$/m, 'mobile: 12');
    const rounds = [
      typos,
      (shown: string) => `${shown}\ntitel: x\n`,
      (shown: string) => shown.replace('titel: x', '').replace('mobile: 12', 'mobile: 07 11 22 33 44'),
    ];
    const { context, stored } = await person({ ...onTerminal, prompter: typing(rounds, seen) });
    await editPersonFacts(context, edit({}));
    expect(seen[1]).toMatch(/^# Not taken: phone, mobile: not a phone number.*\n# One fact a line/);
    expect(seen[1]).toContain('title: DAF\n');
    expect(seen[2]).toMatch(
      /^# Not taken: line (\d+): no fact "titel", did you mean "title"\?.*\n# One fact/,
    );
    const line = Number(/line (\d+)/.exec(seen[2] ?? '')?.[1]);
    expect(seen[2]?.split('\n')[line - 1]).toBe('titel: x');
    expect(stored()).toMatchObject({ title: 'DAF', mobile: '+33711223344' });
  });

  test('opens it again for an address of somebody else too', async () => {
    const to = (address: string) => (shown: string) => shown.replace(/^email: .*$/m, `email: ${address}`);
    const rounds = [to('karim@b.example'), to('claire@new.example')];
    const { context, connection, stored } = await person({ ...onTerminal, prompter: typing(rounds) });
    aProspect(connection, { email: 'karim@b.example' });
    await editPersonFacts(context, edit({}));
    expect(stored().email).toBe('claire@new.example');
  });

  test.each([
    ['left as it was', [(shown: string) => shown]],
    ['the editor fails', []],
  ])('keeps what was typed in a file where, opened again, %s', async (_, rounds) => {
    const mistake = (shown: string) => shown.replace(/^mobile: .*$/m, 'mobile: 12');
    const { context, folder, stored } = await person({
      ...onTerminal,
      prompter: typing([mistake, ...rounds]),
    });
    const before = stored();
    await expect(editPersonFacts(context, edit({}))).rejects.toThrow('what was typed is in');
    const file = join(folder, 'prospect-1.txt');
    expect(readFileSync(file, 'utf8')).toMatch(/^# One fact a line[\s\S]*\nmobile: 12\n/);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(stored()).toEqual(before);
  });

  test('refuses a form that cannot be read, with its line', async () => {
    const edited = (text: string) => ({ ...silent, edit: async () => text });
    const { context } = await person({ columns: 80, interactive: true, prompter: edited('#\ntitel: x\n') });
    await expect(editPersonFacts(context, edit({}))).rejects.toThrow(
      'line 2: no fact "titel", did you mean "title"?',
    );
  });
});

describe('the form of facts', () => {
  test.each<[ProspectField, string]>([
    ['title', 'PDG: Europe'],
    ['notes', 'deux\nlignes "dites" \\n et un # dièse'],
    ['company', "L'Atelier"],
    ['company', '- tiret'],
    ['company', 'true'],
    ['tags', ' blancs '],
    ['notes', '=SOMME(A1)'],
    ['mobile', '+33612345678'],
    ['notes', '\u001b[31m\u2028x'],
  ])('gives %s back as it was: %j', (field, value) => {
    const prospect = { ...NO_FACTS, id: 1, companyKey: null, custom: { ca_m: value }, [field]: value };
    const read = readForm(factsForm(prospect));
    const empty = Object.fromEntries(PROSPECT_FIELDS.map((each) => [each, '']));
    expect(read).toEqual({ ok: true, values: { ...empty, [field]: value, 'custom.ca_m': value } });
  });

  test.each([
    ['title "x"', 'line 1: no "name: value"'],
    ['title: x\ntitle: y', 'line 2: title is there twice'],
    ['title: "x', 'line 1: title: the quotes are not closed'],
    ["title: 'x", 'line 1: title: the quotes are not closed'],
    ['__proto__: x', 'line 1: no fact "__proto__"'],
  ])('refuses %j', (text, problem) => {
    expect(readForm(text)).toMatchObject({ ok: false, problem: expect.stringContaining(problem) });
  });
});
