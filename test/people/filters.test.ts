import { describe, expect, test } from 'vitest';
import { filterOf } from '../../src/commands/prospect/filter.ts';
import { type ListOptions, listPeople } from '../../src/commands/prospect/list.ts';
import { EVERYBODY, type PeopleFilter, type PeopleSort } from '../../src/engine/ports/people.ts';
import { parseWhere } from '../../src/engine/where.ts';
import { aCampaign, aMessage, anEnrolment, anEvent, aProspect, aStep, DAY, HOUR, NOW } from '../builders.ts';
import { type ContextOverrides, testContext } from '../context.ts';

const list = (filter: Partial<PeopleFilter>, rest: Partial<ListOptions> = {}): ListOptions => ({
  filter: { ...EVERYBODY, ...filter },
  limit: null,
  ...rest,
});

const STEPS = [
  aStep({ id: 'lien', channel: 'linkedin', kind: 'invitation' }),
  aStep({ id: 'mail' }),
  aStep({ id: 'tout', channel: 'auto' }),
];

/** One person for each way to stand, named after it. */
async function manyPeople(overrides: ContextOverrides = {}) {
  const opened = testContext(overrides);
  const connection = await opened.context.connection();
  const campaignId = aCampaign(connection, { name: 'Été', scenario: { steps: STEPS } });
  const enrolled = (name: string, enrolment: Parameters<typeof anEnrolment>[1] = {}, facts = {}) => {
    const prospectId = aProspect(connection, { first_name: name, last_name: null, ...facts });
    return {
      prospectId,
      id: anEnrolment(connection, { campaignId, prospectId, step: 'mail', ...enrolment }),
    };
  };
  enrolled('invited', { step: 'lien', nextAt: NOW + DAY });
  enrolled(
    'mailed',
    { step: 'mail', nextAt: NOW + 2 * DAY },
    { tags: 'VIP ; salon 2026', source: 'Salon de Lyon' },
  );
  enrolled('any', { step: 'tout', nextAt: NOW + 3 * DAY });
  enrolled('anyMail', { step: 'tout', nextAt: NOW + DAY }, { linkedin: null });
  const { id, prospectId } = enrolled('answered', { status: 'replied', reason: 'replied', step: null });
  anEvent(connection, { type: 'replied', enrolmentId: id, prospectId });
  enrolled('overdue', { nextAt: NOW - 2 * HOUR });
  enrolled('due', { nextAt: NOW - HOUR / 2 });
  enrolled('blank', { nextAt: NOW + DAY, hold: 'missing_variable' });
  const old = enrolled('waiting', { nextAt: null, hold: 'operator', step: 'lien' });
  aMessage(connection, {
    ...{ enrolmentId: old.id, step: 'lien', channel: 'linkedin', state: 'awaiting_operator' },
    createdAt: NOW - 4 * DAY,
  });
  const recent = enrolled('fresh', { nextAt: null, hold: 'operator', step: 'lien' });
  aMessage(connection, {
    ...{ enrolmentId: recent.id, step: 'lien', channel: 'linkedin', state: 'awaiting_operator' },
    createdAt: NOW - DAY,
  });
  enrolled('asleep', { status: 'paused', nextAt: NOW - 9 * DAY });
  aProspect(connection, { first_name: 'alone', last_name: null, email: null, tags: 'vipere' });
  return { ...opened, connection };
}

const names = (stdout: string) =>
  stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split('\t')[1]);

describe('people are found', () => {
  /** These look only. */
  let shared: ReturnType<typeof manyPeople> | undefined;

  test.each<[string, string[]]>([
    ['step=lien', ['invited', 'waiting', 'fresh']],
    ['step=lien campaign=ete', ['invited', 'waiting', 'fresh']],
    ['channel=linkedin', ['invited', 'any', 'waiting', 'fresh']],
    ['channel=email', ['mailed', 'anyMail', 'overdue', 'due', 'blank', 'asleep']],
    ['channel=sms', []],
    ['channel=email status=paused', ['asleep']],
    ['replied', ['answered']],
    ['replied campaign=Été', ['answered']],
    ['replied=no status=active step=mail', ['mailed', 'overdue', 'due', 'blank']],
    ['stuck', ['overdue', 'blank', 'waiting']],
    ['stuck step=mail', ['overdue', 'blank']],
    ['tag=vip', ['mailed']],
    ['tag="Salon 2026"', ['mailed']],
    ['tag=salon', []],
    ['source=lyon', ['mailed']],
    ['lacks=email', ['alone']],
    ['lacks=linkedin has=email', ['anyMail']],
    ['import=7', []],
  ])('by %s', async (where, expected) => {
    shared ??= manyPeople();
    const { context, connection } = await shared;
    const read = parseWhere(where);
    if (!read.ok) throw new Error(read.problem);
    const people = await context.stores.people();
    const found: (string | null)[] = [];
    for await (const { prospect } of people.list(read.filter, null)) found.push(prospect.first_name);
    expect(found).toEqual(expected);
    expect(await people.count(read.filter)).toBe(expected.length);
    const name = connection.prepare<[number], string>('select first_name from prospect where id = ?').pluck();
    expect((await people.ids(read.filter)).map((id) => name.get(id))).toEqual(expected);
  });

  test('as stuck neither in a paused campaign nor where a task was put off a while ago', async () => {
    const { context, connection } = await manyPeople();
    const people = await context.stores.people();
    const stuck = () => people.count({ ...EVERYBODY, stuck: true });
    expect(await stuck()).toBe(3);
    connection.exec(`update message set later_at = ${NOW - HOUR}`);
    expect(await stuck()).toBe(2);
    connection.exec("update campaign set status = 'paused'");
    expect(await stuck()).toBe(0);
  });

  test('of an import: whom it created and whom it completed', async () => {
    const { context, connection, stdout } = await manyPeople();
    connection.exec(`insert into import_run (id, file, status, started_at, mapping) values (7, 'x', 'done', 0, '{}');
      update prospect set import_id = 7 where id = 2;
      insert into import_change (import_id, prospect_id, before, after) values (7, 3, '{}', '{}')`);
    await listPeople(context, list({ importId: 7 }));
    expect(names(stdout())).toEqual(['mailed', 'any']);
  });

  test('never when their data were erased', async () => {
    const { context, connection, stdout } = await manyPeople();
    connection.exec('update prospect set erased_at = 1 where id <> 2');
    await listPeople(context, list({}));
    expect(names(stdout())).toEqual(['mailed']);
    await expect((await context.stores.people()).find('#1', 'FR')).rejects.toMatchObject({
      message: '#1: their data were erased on 1970-01-01; nothing is held of them',
    });
  });

  test.each([
    [{ step: 'mial' }, 'no campaign has step "mial", did you mean "mail"?'],
    [{ campaign: 'Étés' }, 'did you mean "Été"?'],
    [{ campaign: 'Été', step: 'toto' }, 'the campaign has no step "toto", did you mean "tout"?'],
  ])('or an unknown name %j is refused with the nearest', async (filter, message) => {
    const { context } = await manyPeople();
    await expect(listPeople(context, list(filter))).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining(message),
    });
  });

  test('is said when a filter is asked twice', () => {
    expect(() => filterOf({ campaign: 'A', where: 'campaign=B' })).toThrow('campaign is asked twice');
    expect(filterOf({ campaign: 'A', where: 'status=active', replied: 'no' })).toMatchObject({
      campaign: 'A',
      status: 'active',
      replied: false,
    });
  });
});

describe('prospect list', () => {
  test.each<[PeopleSort, string[]]>([
    ['next', ['overdue', 'due', 'invited']],
    ['name', ['alone', 'answered', 'any']],
    ['added', ['alone', 'asleep', 'fresh']],
  ])('sorts by %s', async (sort, first) => {
    const { context, stdout, connection } = await manyPeople();
    connection.exec('update prospect set created_at = id');
    await listPeople(context, list({}, { sort, limit: 3 }));
    expect(names(stdout())).toEqual(first);
  });

  test('prints the columns that are named, whoever they are of', async () => {
    const { context, stdout, connection } = await manyPeople();
    connection.exec(`update prospect set custom = '{"ca_m":"23,2","ca":"3"}' where id = 1`);
    await listPeople(
      context,
      list({ text: 'mailed' }, { columns: ['name', 'id', 'status', 'ca_m', 'ca', 'by', 'linkedin'] }),
    );
    expect(stdout()).toBe('mailed\t2\tactive\t\t\tE L S\thttps://www.linkedin.com/in/claire-durand-2/\n');
  });

  test('prints JSON of these columns, and no other key', async () => {
    const { context, stdout } = await manyPeople({ json: true });
    await listPeople(context, list({ text: 'invited' }, { columns: ['first_name', 'hector_step'] }));
    expect(JSON.parse(stdout())).toEqual([{ first_name: 'invited', hector_step: 'lien' }]);
  });

  test('refuses an unknown column with the nearest', async () => {
    const { context } = await manyPeople();
    await expect(listPeople(context, list({}, { columns: ['statut'] }))).rejects.toMatchObject({
      exitCode: 2,
      message: 'no column "statut", did you mean "status"?',
    });
  });
});
