import { describe, expect, test } from 'vitest';
import { findSuppressed } from '../../src/db/suppression-lookup.ts';
import { parseSuppression } from '../../src/engine/parse-suppression.ts';
import { ownAddresses, suppressionKeys } from '../../src/engine/suppression.ts';
import { aSuppression, NO_FACTS, NOW, testDatabase } from '../builders.ts';

const tags = (keys: { kind: string; value: string }[]) => keys.map(({ kind, value }) => `${kind}:${value}`);

describe('the entries that would forbid contacting a person', () => {
  test('are the address, phones, profile, firm, then the domain and those above it, never a top level', () => {
    const keys = suppressionKeys({
      ...NO_FACTS,
      email: 'claire@fr.mail.ads.example',
      phone: '+33123456789',
      mobile: '+33612345678',
      linkedin: 'claire-durand',
      siren: '726018153',
    });
    expect(tags(keys)).toEqual([
      'email:claire@fr.mail.ads.example',
      'phone:+33612345678',
      'phone:+33123456789',
      'linkedin:claire-durand',
      'siren:726018153',
      'domain:fr.mail.ads.example',
      'domain:mail.ads.example',
      'domain:ads.example',
    ]);
  });

  test('name one number once, and nothing for a person without facts', () => {
    expect(tags(suppressionKeys({ ...NO_FACTS, phone: '+33612345678', mobile: '+33612345678' }))).toEqual([
      'phone:+33612345678',
    ]);
    expect(suppressionKeys(NO_FACTS)).toEqual([]);
  });
});

describe('the own addresses of a person', () => {
  test('leave out a landline that may be the switchboard, unless there is nothing else', () => {
    const landline = { ...NO_FACTS, phone: '+33123456789' };
    expect(tags(ownAddresses({ ...landline, email: 'a@ads.example' }))).toEqual(['email:a@ads.example']);
    expect(tags(ownAddresses(landline))).toEqual(['phone:+33123456789']);
  });
});

describe('what a person types for an entry', () => {
  test.each([
    ['Claire.Durand@ADS.example', 'email:claire.durand@ads.example'],
    ['mailto:claire@ads.example', 'email:claire@ads.example'],
    ['06 12 34 56 78', 'phone:+33612345678'],
    ['+33 (0)6 12 34 56 78', 'phone:+33612345678'],
    ['+44 20 7946 0958', 'phone:+442079460958'],
    ['@ADS.example', 'domain:ads.example'],
    ['ads.example', 'domain:ads.example'],
    ['https://www.ads.example/contact', 'domain:ads.example'],
    ['https://www.linkedin.com/in/Claire-Durand-000/?x=1', 'linkedin:claire-durand-000'],
    ['fr.linkedin.com/in/%C3%A9lodie-fay', 'linkedin:élodie-fay'],
    ['726018153', 'siren:726018153'],
    ['726 018 153', 'siren:726018153'],
  ])('%s is %s', async (typed, expected) => {
    const parsed = await parseSuppression(typed, { country: 'FR' });
    expect(parsed.ok && `${parsed.value.kind}:${parsed.value.value}`).toBe(expected);
  });

  test('a slug alone is a profile only when the kind is said', async () => {
    expect((await parseSuppression('claire-durand-000', { country: 'FR' })).ok).toBe(false);
    expect(await parseSuppression('claire-durand-000', { kind: 'linkedin', country: 'FR' })).toEqual({
      ok: true,
      value: { kind: 'linkedin', value: 'claire-durand-000' },
    });
  });

  test('a national number is read in the country given', async () => {
    const parsed = await parseSuppression('0471 23 45 67', { country: 'BE' });
    expect(parsed.ok && parsed.value.value).toBe('+32471234567');
  });

  test.each([
    '',
    'claire',
    '@',
    'example',
    '@example',
    'claire@',
    '12',
    'linkedin.com/company/ads',
    "' or 1=1 --",
    '726018154 siren',
    '726018154',
    '726 018 154',
  ])('%j is refused with what is allowed', async (typed) => {
    const parsed = await parseSuppression(typed, { country: 'FR' });
    expect(parsed.ok).toBe(false);
    expect(!parsed.ok && parsed.problem).toMatch(/^no /);
  });

  test('a SIREN whose check digit is wrong is refused as one', async () => {
    expect((await parseSuppression('726018154', { kind: 'siren', country: 'FR' })).ok).toBe(false);
    expect(await parseSuppression('612345678', { kind: 'phone', country: 'FR' })).toEqual({
      ok: true,
      value: { kind: 'phone', value: '+33612345678' },
    });
  });
});

describe('looking many people up', () => {
  test('finds each by the most telling entry, in more than one query when there are many', () => {
    const connection = testDatabase();
    aSuppression(connection, 'domain', 'ads.example');
    aSuppression(connection, 'email', 'last@mail.ads.example');
    const person = (id: number, email: string) => ({ id, keys: suppressionKeys({ ...NO_FACTS, email }) });
    const others = Array.from({ length: 15_000 }, (_, index) => person(index + 10, `p${index}@firm.example`));
    const found = findSuppressed(
      connection,
      [
        person(1, 'claire@ads.example'),
        person(2, 'claire@notads.example'),
        ...others,
        person(3, 'last@mail.ads.example'),
      ],
      NOW,
    );
    expect([...found]).toEqual([
      [1, { kind: 'domain', value: 'ads.example' }],
      [3, { kind: 'email', value: 'last@mail.ads.example' }],
    ]);
  });

  test('costs one query while the blacklist is empty', () => {
    const connection = testDatabase();
    const asked: string[] = [];
    const prepare = connection.prepare.bind(connection);
    connection.prepare = ((sql: string) => {
      asked.push(sql);
      return prepare(sql);
    }) as typeof connection.prepare;
    findSuppressed(connection, [{ id: 1, keys: [{ kind: 'email', value: 'a@ads.example' }] }], NOW);
    expect(asked).toEqual(['select 1 from suppression limit 1']);
  });
});
