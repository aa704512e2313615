import { describe, expect, test } from 'vitest';
import { findProspect } from '../../src/db/find-prospect.ts';
import { aProspect, testDatabase } from '../builders.ts';

function people() {
  const connection = testDatabase();
  aProspect(connection, {
    first_name: 'Élodie',
    last_name: 'Faÿ',
    email: 'elodie.fay@ads.example',
    linkedin: 'élodie-fay',
    mobile: '+33612345678',
    phone: '+442079460958',
  });
  aProspect(connection, { first_name: 'Jean-Pierre', last_name: 'Garnier' });
  aProspect(connection, { first_name: 'Paul', last_name: 'Martin' });
  aProspect(connection, { first_name: 'Marie', last_name: 'Martin' });
  return connection;
}

describe('a person is found', () => {
  test.each([
    ['1', 1],
    ['#1', 1],
    [' Elodie.Fay@ADS.example ', 1],
    ['https://www.linkedin.com/in/%C3%A9lodie-fay/', 1],
    ['élodie-fay', 1],
    ['06 12 34 56 78', 1],
    ['+44 20 7946 0958', 1],
    ['elodie fay', 1],
    ['FAY Élodie', 1],
    ['Élodie', 1],
    ['garnier', 2],
    ['JEAN-PIERRE GARNIER', 2],
    ['marie martin', 4],
  ])('by %s', async (reference, id) => {
    expect((await findProspect(people(), reference)).id).toBe(id);
  });
});

describe('a reference is refused in one line', () => {
  test('when it means several people, with their ids', async () => {
    await expect(findProspect(people(), 'Martin')).rejects.toMatchObject({
      exitCode: 2,
      message:
        '"Martin" means several people: #3 Paul Martin, Directrice générale, Firme 3; #4 Marie Martin, Directrice générale, Firme 4',
      next: "hector prospect show '#3'",
      instead: { typed: 'Martin', meant: '#3' },
    });
  });

  test('when it means many people, with the first five', async () => {
    const connection = testDatabase();
    for (let count = 0; count < 7; count += 1) aProspect(connection);
    await expect(findProspect(connection, 'Claire Durand')).rejects.toThrow(/#1 .*#5 [^#]*\.\.\.$/);
  });

  test('when it means nobody, with the nearest name', async () => {
    await expect(findProspect(people(), 'Elodie Fey')).rejects.toMatchObject({
      exitCode: 2,
      message: 'no prospect matches "Elodie Fey", did you mean "Élodie Faÿ"?',
      next: "hector prospect list --q 'Elodie Fey'",
    });
  });

  test('when there are no prospects at all, with the import', async () => {
    await expect(findProspect(testDatabase(), 'x')).rejects.toMatchObject({
      next: 'hector prospect import FILE.csv',
    });
  });

  test.each(["' or 1=1 --", '%', '_', '#0', '99999', '', '   ', 'x'.repeat(50_000)])(
    'when it is %.20j: never everybody, never a fault of ours',
    async (reference) => {
      const refused = findProspect(people(), reference);
      await expect(refused).rejects.toMatchObject({ name: 'UserError', exitCode: 2 });
      await expect(refused).rejects.toSatisfy((error: Error) => error.message.length < 1000);
    },
  );

  test('without letting escape sequences of a name reach the terminal', async () => {
    const connection = testDatabase();
    for (const company of ['A\u001b]0;x\u0007', 'B\r\n\u202e'])
      aProspect(connection, { first_name: 'Ana', last_name: 'Sy', company });
    await expect(findProspect(connection, 'ana sy')).rejects.toSatisfy(
      (error: Error) => !/[\p{Cc}\u202e]/u.test(error.message),
    );
  });
});
