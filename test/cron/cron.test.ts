import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { installCron } from '../../src/commands/cron/install.ts';
import { removeCron } from '../../src/commands/cron/remove.ts';
import { showCron } from '../../src/commands/cron/show.ts';
import { testContext } from '../context.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A crontab program that keeps its file in a folder, with the words of the true one; `broken` fails on reading. */
function machine({ broken = '' } = {}) {
  const bin = mkdtempSync(join(tmpdir(), 'hector-cron-'));
  folders.push(bin);
  const file = join(bin, 'crontab.txt');
  writeFileSync(
    join(bin, 'crontab'),
    `#!/bin/sh
case "$1" in
  -l) ${broken === '' ? ':' : `echo '${broken}' >&2; exit 1`}
      if [ -f '${file}' ]; then /bin/cat '${file}'; else echo 'no crontab for ads' >&2; exit 1; fi ;;
  -) /bin/cat > '${file}.new'; /usr/bin/tail -c 1 '${file}.new' | /usr/bin/od -c | /bin/grep -q '\\\\n' || { echo 'missing newline before EOF' >&2; exit 1; }
     /bin/mv '${file}.new' '${file}' ;;
esac
`,
  );
  chmodSync(join(bin, 'crontab'), 0o755);
  const kept = () => (existsSync(file) ? readFileSync(file, 'latin1') : null);
  const set = (text: string) => writeFileSync(file, text, 'latin1');
  return { env: { PATH: bin }, kept, set };
}

const HOURLY = { every: '60m', dryRun: false, systemd: false };
const MINE = 'MAILTO=ops@ads.example\r\n# caf\xe9 100%\n0 3 * * * backup\n';

describe('hector cron install', () => {
  it('adds one line to a crontab, once, and `remove` takes it out again', async () => {
    const { env, kept, set } = machine();
    set(MINE);
    const run = () => testContext({ env, folder });
    const first = testContext({ env });
    const { folder } = first;
    await installCron(first.context, HOURLY);
    expect(first.stderr()).toContain('added');
    expect(kept()).toBe(`${MINE}${first.stdout()}`);
    const after = kept();
    const again = run();
    await installCron(again.context, HOURLY);
    expect(again.stderr()).toContain('already');
    expect(kept()).toBe(after);
    const often = run();
    await installCron(often.context, { ...HOURLY, every: '15m' });
    expect(often.stderr()).toContain('took the place');
    expect(kept()).toBe(`${MINE}${often.stdout()}`);
    const removed = run();
    await removeCron(removed.context);
    expect(removed.stdout()).toMatch(/ tick .*# hector: /);
    expect(kept()).toBe(MINE);
    const gone = run();
    await removeCron(gone.context);
    expect(gone.stderr()).toContain('no line');
  });

  it('makes a crontab where there is none, and keeps two workspaces apart', async () => {
    const { env, kept } = machine();
    const [one, two] = [testContext({ env }), testContext({ env })];
    await installCron(one.context, HOURLY);
    await installCron(two.context, HOURLY);
    expect(kept()).toBe(one.stdout() + two.stdout());
    await removeCron(testContext({ env, folder: one.folder }).context);
    expect(kept()).toBe(two.stdout());
  });

  it.each([
    'you are not allowed to use this program',
    'no crontab for ads can be read',
    'no crontab for ads\nbut a fault of the disk',
  ])('writes nothing where the crontab cannot be read: %j', async (broken) => {
    const { env, kept, set } = machine({ broken });
    set(MINE);
    const { context } = testContext({ env });
    await expect(installCron(context, HOURLY)).rejects.toThrow(broken.replace('\n', ' '));
    await expect(removeCron(context)).rejects.toThrow('nothing was changed');
    expect(kept()).toBe(MINE);
  });

  it('says what crontab refused', async () => {
    const { env, kept, set } = machine();
    set('0 3 * * * x');
    await expect(installCron(testContext({ env }).context, HOURLY)).rejects.toThrow('missing newline');
    expect(kept()).toBe('0 3 * * * x');
  });

  it('shows the line and changes nothing with --dry-run', async () => {
    const { env, kept } = machine();
    const { context, stdout } = testContext({ env });
    await installCron(context, { ...HOURLY, dryRun: true });
    expect(stdout()).toContain(' tick --quiet ');
    expect(kept()).toBeNull();
  });

  it('leads to systemd where there is no crontab, and prints its units', async () => {
    const env = { PATH: '/nowhere' };
    await expect(installCron(testContext({ env }).context, HOURLY)).rejects.toMatchObject({
      message: expect.stringContaining('no crontab program'),
      next: 'hector cron install --systemd',
    });
    const { context, stdout, stderr } = testContext({ env });
    await installCron(context, { ...HOURLY, systemd: true });
    expect(stdout()).toMatch(/ExecStart=.*\n[\s\S]*OnCalendar=/);
    expect(stderr()).toContain('Nothing was installed');
  });
});

describe('hector cron show', () => {
  it('leads from nothing to a line, and says when it is commented out', async () => {
    const { env, kept, set } = machine();
    const before = testContext({ env });
    await showCron(before.context);
    expect(before.stderr()).toContain('Next: hector cron install');
    const { folder } = before;
    await installCron(testContext({ env, folder }).context, { ...HOURLY, every: '20m' });
    const shown = testContext({ env, folder });
    await showCron(shown.context);
    expect(shown.stdout()).toBe(kept());
    expect(shown.stderr()).toMatch(/Every 20 minutes\.\n.*logs\/tick\.log\nNo tick has run yet\./);
    set(`#${kept()}`);
    const off = testContext({ env, folder, json: true });
    await showCron(off.context);
    expect(JSON.parse(off.stdout())).toMatchObject({ lines: [{ active: false, every_minutes: null }] });
  });
});
