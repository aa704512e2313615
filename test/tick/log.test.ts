import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { logError } from '../../src/commands/tick/log.ts';
import { tick } from '../../src/commands/tick.ts';
import { takeLease } from '../../src/db/tick/lease.ts';
import { appendLog } from '../../src/io/log-file.ts';
import { testContext } from '../context.ts';

const folder = mkdtempSync(join(tmpdir(), 'hector-log-'));
afterAll(() => rmSync(folder, { recursive: true }));

const OPTIONS = { dryRun: false, texts: false, campaign: undefined, limit: null, concurrency: null };
const logOf = (root: string): string => readFileSync(join(root, 'logs', 'tick.log'), 'utf8');

it('each tick of cron is told in the log, in silence, for its owner alone', async () => {
  const { context, folder: root, stdout, stderr } = testContext({ quiet: true });
  await tick(context, { ...OPTIONS, log: 'logs/tick.log' });
  takeLease(await context.connection(), { host: 'another-machine', pid: 1 });
  await tick(context, { ...OPTIONS, log: 'logs/tick.log' });
  const time = String.raw`\d{4}-\d\d-\d\dT[\d:.]+Z`;
  expect(logOf(root)).toMatch(new RegExp(`^${time} Nothing is due.*\n${time} another tick is running\n$`));
  expect(stdout() + stderr()).toBe('');
  expect(statSync(join(root, 'logs', 'tick.log')).mode & 0o777).toBe(0o600);
});

it('a tick that cannot be made is told as well, and stays an error', async () => {
  const { context, folder: root } = testContext();
  const options = { ...OPTIONS, campaign: 'nobody\u001b[31m', log: 'logs/tick.log' };
  await expect(tick(context, options)).rejects.toThrow('nobody');
  expect(logOf(root)).toMatch(/Z hector: .*nobody\?\[31m/);
});

it('names nobody: what providers say of whom they refuse would outlive an erasure', async () => {
  const { context, folder: root } = testContext();
  const words =
    'no such box <Claire.Durand@ads.example>, nor +33612345678, 06 12 34 56 78 or /?to=a%40ads.example';
  logError(context, 'logs/tick.log', new Error(`${words}: 21610 at linkedin.com/in/claire?x on 2026-11-23`));
  expect(logOf(root)).toMatch(
    / hector: no such box <…>, nor …, … or \/\?to=…: 21610 at linkedin\.com\/in\/…\?x on 2026-11-23\n$/,
  );
});

it('a dry run is not told', async () => {
  const { context, folder: root } = testContext();
  await tick(context, { ...OPTIONS, dryRun: true, log: 'logs/tick.log' });
  expect(existsSync(join(root, 'logs'))).toBe(false);
});

it.each(['logs/tick.log', '/proc/nope/tick.log', '.'])(
  'a log that cannot be written is an error before anything is done: %s',
  async (log) => {
    const { context, folder: root } = testContext();
    writeFileSync(join(root, 'logs'), '');
    context.stores.ticks = () => Promise.reject(new Error('nothing may be read or sent'));
    await expect(tick(context, { ...OPTIONS, log })).rejects.toMatchObject({
      ...{ message: expect.stringContaining('cannot write the log'), exitCode: 3 },
    });
  },
);

it('a log that can no longer be written makes no failure of a tick', async () => {
  const { context, folder: root, stderr } = testContext();
  const { ticks } = context.stores;
  context.stores.ticks = async () => {
    rmSync(join(root, 'logs'), { recursive: true });
    writeFileSync(join(root, 'logs'), '');
    return ticks.call(context.stores);
  };
  await tick(context, { ...OPTIONS, log: 'logs/tick.log' });
  expect(context.exitCode).toBe(0);
  expect(stderr()).toMatch(/^hector: cannot write the log .*tick\.log \((?:ENOTDIR|EEXIST)\)/);
});

it('a large log is moved aside, and only so many are kept', () => {
  const file = join(folder, 'tick.log');
  for (let number = 1; number <= 6; number += 1)
    appendLog(file, 0, [`line ${number}`], { bytes: 20, kept: 2 });
  expect(readdirSync(folder).sort()).toEqual(['tick.log', 'tick.log.1', 'tick.log.2']);
  expect(readFileSync(file, 'utf8')).toBe('1970-01-01T00:00:00.000Z line 6\n');
  expect(readFileSync(`${file}.2`, 'utf8')).toContain('line 4');
});
