import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verify } from '../../src/commands/verify.ts';
import { openDatabase } from '../../src/db/connection.ts';
import { explainDatabase } from '../../src/db/explain.ts';
import { anEnrolment, aStep, DAY, HOUR, NOW } from '../builders.ts';
import { testContext } from '../context.ts';
import { enrolled, SMS_STEP, withProviders } from '../tick/providers.ts';

/** As the command runs on the workspace; what it printed. */
async function verified(folder: string, options: { json?: boolean; columns?: number } = {}) {
  const { context, stdout, stderr } = testContext({ folder, ...options });
  await verify(context, { limit: null });
  return { code: context.exitCode, stdout: stdout(), stderr: stderr() };
}

describe('hector verify', () => {
  it('finds nothing wrong after ticks with e-mail, SMS, a LinkedIn task, an answer and a blacklisting', async () => {
    const space = await withProviders();
    const steps = [
      aStep({ also: ['sms'] }),
      aStep({ id: 'li', channel: 'linkedin', kind: 'message', template: 'default/message', wait: '2d' }),
      { ...SMS_STEP, wait: '1d' },
    ];
    enrolled(space, 6, { scenario: { steps } });
    await space.tick();
    space.setClock(NOW + 2 * DAY);
    await space.tick();
    const reply = { text: 'Oui', channel: null, at: NOW + 2 * DAY, now: NOW + 2 * DAY };
    await (await space.context.stores.replies()).add({
      ...reply,
      prospectId: 1,
      meeting: false,
      optOut: true,
    });
    const by = { reason: 'sur demande', source: 'operator', now: NOW + 2 * DAY };
    await (await space.context.stores.suppressions()).add(
      [{ kind: 'linkedin', value: 'claire-durand-2' }],
      by,
    );
    expect(await verified(space.folder, { json: true })).toMatchObject({ code: 0 });
    const { stdout } = await verified(space.folder, { columns: 80 });
    expect(stdout).toContain('ok    no touch twice  (');
    expect(stdout.match(/^ok /gm)).toHaveLength(7);
  });

  it('finds nothing wrong where the last step leaves a LinkedIn text beside it', async () => {
    const space = await withProviders();
    enrolled(space, 1, { scenario: { steps: [aStep({ also: ['linkedin'] })] } });
    await space.tick();
    const tasks = await (await space.context.stores.tasks()).list({ campaign: null, channel: null }, null);
    expect(tasks).toMatchObject([{ state: 'awaiting_operator', channel: 'linkedin' }]);
    expect((await verified(space.folder)).stdout).not.toContain('wrong');
  });

  it('judges a mail that is repeated by the hours of its first call', async () => {
    const space = await withProviders();
    enrolled(space);
    space.mail.fail({ fault: 'reset', when: 'after' });
    await space.tick();
    space.connection.exec('update campaign set hours_from = 720');
    space.setClock(NOW + 3 * HOUR);
    expect(await space.tick()).toMatchObject({ sent: { email: 1 } });
    expect((await verified(space.folder)).stdout).not.toContain('wrong');
  });

  it('says what is wrong, with the rows, and exits with 1', async () => {
    const space = await withProviders();
    enrolled(space);
    await space.tick();
    space.connection.exec(`update message set claimed_at = ${NOW + 9 * HOUR}`);
    expect(await verified(space.folder)).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(
        /^wrong\toutside_window\t1\t1$[\s\S]*outside the hours it was allowed by\t1\t1\t#1\temail-1 email, 2026-11-23T18:00/m,
      ),
    });
    expect(JSON.parse((await verified(space.folder, { json: true })).stdout)).toMatchObject({
      clean: false,
      checks: expect.arrayContaining([
        expect.objectContaining({ check: 'duplicate_touch', ok: true, breaches: 0 }),
        expect.objectContaining({
          ok: false,
          rows: [expect.objectContaining({ code: 'outside_hours', message_id: 1 })],
        }),
      ]),
    });
  });

  it('says of a damaged index that the file is damaged, and checks nothing else', async () => {
    const { context, folder, stdout, stderr } = testContext({ columns: 80 });
    const connection = await context.connection();
    anEnrolment(connection);
    // The index then has a row that the table has not: what a disk that lost a write leaves.
    connection.unsafeMode();
    connection.pragma('writable_schema = ON');
    connection.exec(
      "update sqlite_schema set sql = replace(sql, 'hold is not null', 'hold is null') where name = 'enrolment_held'",
    );
    connection.close();
    await context.close();
    const damaged = testContext({ folder, columns: 80 });
    await verify(damaged.context, { limit: null });
    expect([stdout(), stderr()]).toEqual(['', '']);
    expect(damaged.context.exitCode).toBe(1);
    expect(damaged.stdout()).toMatch(/^WRONG the file and its references are whole /);
    expect(damaged.stdout()).toContain('enrolment_held');
    expect(damaged.stderr()).toContain('nothing else was checked');
  });

  it('says of a file full of noise in one line that it is damaged', async () => {
    const { context, folder } = testContext();
    const file = join(folder, 'hector.db');
    openDatabase(file, NOW).close();
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.fill(0xa5, 4096));
    const error = await verify(context, { limit: null }).catch((thrown: unknown) =>
      explainDatabase(thrown, file),
    );
    expect(error).toMatchObject({ exitCode: 3, message: expect.stringContaining('is damaged') });
  });
});
