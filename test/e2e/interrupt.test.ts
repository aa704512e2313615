import { expect, it } from 'vitest';
import { contents, until, workspace } from './hector.ts';

const rows = (count: number): string =>
  Array.from({ length: count }, (_, n) => `Nom${n};p${n}@pme.example;${'x'.repeat(60)}\n`).join('');

it.each<[signal: NodeJS.Signals]>([['SIGINT'], ['SIGTERM']])(
  '%s in the middle of an import: exit code 130, and nothing of the list stays',
  async (signal) => {
    const work = workspace();
    await work.ok('prospect', 'import', work.write('small.csv', 'nom;email\nDurand;durand@pme.example\n'));
    work.write('large.csv', `nom;email;notes\nNobody;;\n${rows(200_000)}`);
    const [before, files] = [contents(work), work.files()];
    const { child, ended } = work.start('prospect', 'import', 'large.csv');
    await until('the first rows are in the base', () => peopleIn(work) > 1);
    child.kill(signal);
    const ran = await ended;
    expect(ran).toMatchObject({
      code: 130,
      signal: null,
      stdout: '',
      stderr: 'hector: interrupted: nothing was imported\n',
    });
    expect(contents(work)).toEqual(before);
    expect(work.files()).toEqual(files);
    expect(work.rows('select status from import_run order by id')).toEqual([
      { status: 'done' },
      { status: 'failed' },
    ]);
  },
);

const peopleIn = (work: ReturnType<typeof workspace>): number =>
  work.rows<{ n: number }>('select count(*) n from prospect')[0]?.n ?? 0;

it('Ctrl-C while a list is still coming in on stdin leaves nothing behind', async () => {
  const work = workspace();
  await work.ok('status');
  const [before, files] = [contents(work), work.files()];
  // Where the list is kept until it is whole.
  Object.assign(work.env, { TMPDIR: work.folder });
  const { child, ended } = work.startReading('prospect', 'import', '-');
  // Far more than a pipe holds: once it is taken, the program is reading.
  await new Promise<void>((resolve) => child.stdin.write(`nom;email\n${rows(20_000)}`, () => resolve()));
  child.kill('SIGINT');
  expect(await ended).toEqual({ code: null, signal: 'SIGINT', stdout: '', stderr: '' });
  expect(contents(work)).toEqual(before);
  expect(work.files()).toEqual(files);
});
