import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addToBlacklist } from '../../src/commands/blacklist/add.ts';
import { addPerson } from '../../src/commands/prospect/add.ts';
import { editPersonFacts } from '../../src/commands/prospect/edit.ts';
import { importProspects, undoProspectImport } from '../../src/commands/prospect/import.ts';
import { aMessage, anEnrolment, aProspect, aSuppression } from '../builders.ts';
import { testContext } from '../context.ts';
import { enrolmentNow, messageNow } from './rows.ts';

const BLACKLIST = { kind: null, reason: null, expires: null };

/** Claire, known by an e-mail address and a profile. */
async function claire() {
  const opened = testContext();
  const connection = await opened.context.connection();
  aProspect(connection, { email: 'claire@ads.example', linkedin: 'claire-d', mobile: null, city: null });
  const stored = () => connection.prepare('select email, linkedin, city from prospect where id = 1').get();
  const listed = (list: string) => {
    const file = join(opened.folder, 'list.csv');
    writeFileSync(file, list);
    return file;
  };
  return { ...opened, connection, stored, listed };
}

const edit = (facts: Record<string, string>) => ({ prospect: '1', facts, unset: null, legalBasis: null });

describe('a no holds for the person', () => {
  test.each(['claire@ads.example', '@ads.example'])(
    'prospect import --update and add --update leave them the address of the entry %s',
    async (entry) => {
      const { context, stored, listed, stderr } = await claire();
      await addToBlacklist(context, { ...BLACKLIST, values: [entry] });
      const kept = { email: 'claire@ads.example', linkedin: 'claire-d' };
      const list = listed('email,linkedin,city\nclaire@new.example,linkedin.com/in/claire-d,Lyon\n');
      await importProspects(context, list, { update: true });
      expect(stored()).toEqual({ ...kept, city: 'Lyon' });
      expect(stderr()).not.toContain('--update overwrites');
      const facts = { linkedin: 'claire-d', email: 'claire@new.example', city: 'Nantes' };
      await addPerson(context, { facts, campaign: null, update: true, yes: true });
      expect(stored()).toEqual({ ...kept, city: 'Nantes' });
      expect(stderr()).toContain('the addresses they are there by were kept');
    },
  );

  test('an address that no entry is about is overwritten', async () => {
    const { context, stored, listed } = await claire();
    aSuppression(await context.connection(), 'linkedin', 'claire-d');
    const list = listed('email,linkedin\nclaire@new.example,linkedin.com/in/claire-d\n');
    await importProspects(context, list, { update: true });
    expect(stored()).toMatchObject({ email: 'claire@new.example' });
  });

  test('taking an import back does not take the address away by which they said no', async () => {
    const { context, stored, listed } = await claire();
    const list = listed('email,linkedin,city\nclaire@new.example,linkedin.com/in/claire-d,Lyon\n');
    await importProspects(context, list, { update: true });
    await addToBlacklist(context, { ...BLACKLIST, values: ['claire@new.example'] });
    await undoProspectImport(context, '1');
    expect(stored()).toEqual({ email: 'claire@new.example', linkedin: 'claire-d', city: null });
  });

  test('an entry for a while does not let a lasting one be edited away', async () => {
    const { context } = await claire();
    await addToBlacklist(context, { ...BLACKLIST, values: ['claire@ads.example'] });
    await addToBlacklist(context, { ...BLACKLIST, values: ['@ads.example'], expires: '30d' });
    await expect(editPersonFacts(context, edit({ email: 'c@ads.example' }))).rejects.toMatchObject({
      message: expect.stringContaining('is on the blacklist by email claire@ads.example'),
    });
    await addToBlacklist(context, { ...BLACKLIST, values: ['c@ads.example'], expires: '90d' });
    await expect(editPersonFacts(context, edit({ email: 'c@ads.example' }))).rejects.toThrow('would take');
  });

  test('an edit onto an address that is listed says so, and stops them at once', async () => {
    const { context, connection, stderr } = await claire();
    aSuppression(connection, 'domain', 'no.example');
    const enrolmentId = anEnrolment(connection, { prospectId: 1 });
    const waiting = aMessage(connection, { enrolmentId, channel: 'linkedin', state: 'awaiting_operator' });
    await editPersonFacts(context, edit({ email: 'claire@no.example' }));
    expect(stderr()).toContain('On the blacklist by domain no.example: stopped, and never contacted.');
    expect(enrolmentNow(connection, enrolmentId)).toMatchObject({ status: 'stopped', reason: 'blacklisted' });
    expect(messageNow(connection, waiting)).toContain('cancelled');
  });
});
