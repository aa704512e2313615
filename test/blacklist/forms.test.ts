import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addToBlacklist } from '../../src/commands/blacklist/add.ts';
import { checkBlacklist } from '../../src/commands/blacklist/check.ts';
import { listBlacklist } from '../../src/commands/blacklist/list.ts';
import { removeFromBlacklist } from '../../src/commands/blacklist/remove.ts';
import { createSuppressionStore } from '../../src/db/suppression-store.ts';
import { anEnrolment, aProspect, aSuppression, NOW } from '../builders.ts';
import { testContext } from '../context.ts';
import { enrolmentNow } from '../people/rows.ts';
import { hashOf } from './rows.ts';

const ADD = { kind: null, reason: null, expires: null };
const HASH = hashOf('sha256', 'claire@ads.example');

describe('one address in several forms', () => {
  test('remove names the form that still stands, whether another went or not', async () => {
    const { context, stdout, stderr } = testContext();
    await addToBlacklist(context, { ...ADD, values: [HASH, 'claire@ads.example'] });
    const remove = () => removeFromBlacklist(context, { values: ['claire@ads.example'], kind: null });
    await remove();
    expect(stdout()).toContain('Off the blacklist: email claire@ads.example');
    expect(stderr()).toContain(`Still on the blacklist by another entry: email sha256:${HASH}`);
    expect(context.exitCode).toBe(0);
    await remove();
    expect(stderr()).toContain('No such entry: email claire@ads.example');
    expect(stderr().split('Still on the blacklist')).toHaveLength(3);
    expect(context.exitCode).toBe(1);
  });

  test('check of a hash finds the entry in plain, and says what it cannot compare', async () => {
    const { context, stdout, stderr } = testContext();
    aSuppression(await context.connection(), 'email', 'claire@ads.example');
    await checkBlacklist(context, { value: HASH, kind: null });
    expect(stdout()).toContain('is on the blacklist by email claire@ads.example');
    expect(stderr()).toContain('compared with no domain');
    await checkBlacklist(context, { value: hashOf('sha256', 'other@ads.example'), kind: null });
    expect(stdout()).toContain('is not on the blacklist');
  });

  test('adding a hash stops whom it is of; nobody is hashed while others wait to write', async () => {
    const { context } = testContext();
    const connection = await context.connection();
    const enrolment = anEnrolment(connection, {
      prospectId: aProspect(connection, { email: 'claire@ads.example' }),
    });
    let locked = false;
    connection.function('watched', (id) => {
      locked ||= connection.inTransaction;
      return id;
    });
    connection.exec(
      'create temp view prospect as select watched(id) as id, email, phone, mobile, linkedin, siren from main.prospect',
    );
    const key = { kind: 'email', value: `sha256:${HASH}` } as const;
    const by = { reason: 'r', source: 's', now: NOW };
    const listed = await createSuppressionStore(connection, () => NOW).add([key], by);
    expect(listed).toMatchObject({ matched: 1, stopped: { people: 1 } });
    expect(locked).toBe(false);
    expect(enrolmentNow(connection, enrolment)?.status).toBe('stopped');
  });
});

describe('the last day of an entry', () => {
  test('is the one that was said, in the zone of the workspace', async () => {
    const { context, folder, stdout } = testContext({ columns: 120 });
    writeFileSync(join(folder, 'hector.yaml'), 'timezone: America/New_York\n');
    await addToBlacklist(context, { ...ADD, values: ['a@b.example'], expires: '2027-01-31' });
    await checkBlacklist(context, { value: 'a@b.example', kind: null });
    await listBlacklist(context, { kind: null, text: null, expired: false });
    expect(stdout().match(/2027-\d\d-\d\d/g)).toEqual(['2027-01-31', '2027-01-31', '2027-01-31']);
  });
});
