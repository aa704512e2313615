import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linesOf, withLine, withoutLine } from '../../src/cron/crontab.ts';
import { type Job, lineOf } from '../../src/cron/line.ts';
import { minutesOf, parseEvery } from '../../src/cron/schedule.ts';
import { unitsOf } from '../../src/cron/systemd.ts';
import { UserError } from '../../src/errors.ts';

const WORKSPACE = '/srv/ads';
const job = (overrides: Partial<Job> = {}): Job => ({
  workspace: WORKSPACE,
  node: '/opt/node/bin/node',
  script: '/opt/hector/bin/hector.js',
  every: 60,
  ...overrides,
});
const LINE = lineOf(job());
const OTHERS = [
  '',
  '\n',
  'MAILTO=ops@ads.example\n0 3 * * * backup\n',
  '# a comment\r\n0 3 * * * x\r\n',
  '0 3 * * * without an end',
  '\n\n  \t\n@reboot x\n',
  `${lineOf(job({ workspace: '/srv/ads2' }))}\n`,
  '0 3 * * * date +\\%d # hector: /srv/ads\n',
  "0 3 * * * backup # hector: '/srv/ads'\n# see the tick of hector # hector: '/srv/ads'\n",
  Buffer.from('# é\n0 3 * * * café\n').toString('latin1'),
];

describe('a line in a crontab', () => {
  it.each(OTHERS)('leaves every other byte as it was: %j', (before) => {
    const after = withLine(before, WORKSPACE, LINE);
    expect(linesOf(after, WORKSPACE)).toEqual([{ line: LINE, active: true, every: 60 }]);
    expect(withLine(after, WORKSPACE, LINE)).toBe(after);
    expect(withoutLine(after, WORKSPACE)).toBe(before);
  });

  it('is put in and taken out of any crontab without a trace', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }).map((text) => Buffer.from(text).toString('latin1')),
      fc.constantFrom('\n', '\r\n', '# hector: ', "'/srv/ads'", 'MAILTO=""\n', '%', '\\%', LINE.slice(4)),
    );
    const crontab = fc
      .array(piece)
      .map((parts) => parts.join(''))
      .filter((text) => linesOf(text, WORKSPACE).length === 0);
    fc.assert(
      fc.property(crontab, (before) => {
        const after = withLine(before, WORKSPACE, LINE);
        return withoutLine(after, WORKSPACE) === before && withLine(after, WORKSPACE, LINE) === after;
      }),
    );
  });

  it('stands alone on its line, whatever stands before it', () => {
    expect(withLine('a\nno end', WORKSPACE, LINE)).toBe(`a\n${LINE}\nno end`);
  });

  it('takes the place of the one before, and of its copies', () => {
    const often = lineOf(job({ every: 15 }));
    const before = `a\n${LINE}\nb\n#${LINE}\nc`;
    expect(withLine(before, WORKSPACE, often)).toBe(`a\n${often}\nb\nc`);
    expect(withoutLine(before, WORKSPACE)).toBe('a\nb\nc');
  });

  it('is known again when it was changed or commented out by hand', () => {
    const fields = LINE.split(' ').slice(5).join(' ');
    const crontab = `#${LINE}\n*/20 * * * * ${fields}\r\n0 8 * * 1-5 ${fields}\n`;
    expect(linesOf(crontab, WORKSPACE).map(({ active, every }) => ({ active, every }))).toEqual([
      { active: false, every: null },
      { active: true, every: 20 },
      { active: true, every: null },
    ]);
  });

  it.each([
    "/srv/l'ouest",
    '/srv/a b',
    '/srv/100%',
    '/srv/É',
    '/srv/$HOME;rm -rf `x`',
    "/x # hector: '/srv/ads",
  ])('names the workspace %s, and no other', (workspace) => {
    const crontab = withLine('', workspace, lineOf(job({ workspace })));
    expect(linesOf(crontab, workspace)).toHaveLength(1);
    expect(linesOf(crontab, WORKSPACE)).toHaveLength(0);
    expect(linesOf(`${LINE}\n`, workspace)).toHaveLength(0);
  });
});

describe('the line', () => {
  it('has absolute paths, the PATH, the workspace and the log', () => {
    expect(LINE).toMatch(/^\d{1,2} \* \* \* \* /);
    expect(LINE.replace(/^\d+ /, '')).toBe(
      "* * * * cd '/srv/ads' && PATH='/opt/node/bin:/usr/local/bin:/usr/bin:/bin' '/opt/node/bin/node' '/opt/hector/bin/hector.js' tick --quiet --workspace . --log logs/tick.log # hector: '/srv/ads'",
    );
  });

  it('has no percent sign that cron would read, and no quote that the shell would', () => {
    const line = lineOf(job({ workspace: "/srv/100% l'ouest" }));
    expect(line.replaceAll('\\%', '')).not.toContain('%');
    expect(line).toContain("cd '/srv/100\\% l'\\''ouest' && ");
  });

  it.each(['/srv/a\nb', '/srv/\u001b[31m'])('is refused for %j', (workspace) => {
    expect(() => lineOf(job({ workspace }))).toThrow(UserError);
  });

  it('is refused where cron would cut it', () => {
    expect(() => lineOf(job({ workspace: `/srv/${'a'.repeat(500)}` }))).toThrow('too long');
  });
});

describe('the minutes', () => {
  it.each([
    ['60m', 60],
    ['1h', 60],
    ['15', 15],
    ['5 min', 5],
  ])('are read from %s', (text, minutes) => expect(parseEvery(text)).toBe(minutes));

  it.each(['', '7m', '0', '2h', '-5m', '1m', '15s', 'x'])('are not read from "%s"', (text) => {
    expect(() => parseEvery(text)).toThrow('allowed: 5m, 6m, 10m, 12m, 15m, 20m, 30m, 60m');
  });

  it('are evenly apart, never at the hour, and differ from one workspace to another', () => {
    for (const every of [5, 6, 10, 12, 15, 20, 30, 60])
      for (const workspace of ['/a', '/b', '/c', '/d', '/e']) {
        const minutes = minutesOf(workspace, every);
        expect(minutes).toHaveLength(60 / every);
        expect(minutes[0]).toBeGreaterThan(0);
        expect(minutes.at(-1)).toBeLessThan(60);
        expect(minutes.every((minute, index) => minute === (minutes[0] ?? 0) + index * every)).toBe(true);
      }
    expect(
      new Set(['/a', '/b', '/c', '/d', '/e'].map((each) => minutesOf(each, 60)[0])).size,
    ).toBeGreaterThan(2);
  });
});

describe('the units of systemd', () => {
  it('run the same, at the same minutes', () => {
    const { service, timer } = unitsOf(job({ every: 30 }));
    const [first = 0, second = 0] = minutesOf(WORKSPACE, 30);
    expect(service.name).toMatch(/^hector-ads-[0-9a-f]{8}\.service$/);
    expect(service.text).toContain(
      'ExecStart=/opt/node/bin/node /opt/hector/bin/hector.js tick --quiet --workspace /srv/ads --log logs/tick.log\n',
    );
    expect(timer.text).toContain(
      `OnCalendar=*-*-* *:${String(first).padStart(2, '0')},${String(second).padStart(2, '0')}:00\n`,
    );
  });

  it('escape what is special to systemd', () => {
    const { service, timer } = unitsOf(job({ workspace: '/srv/10% "a" $HOME\\x' }));
    expect(service.text).toContain('WorkingDirectory=/srv/10%% "a" $HOME\\x\n');
    expect(service.text).toContain('--workspace "/srv/10%% \\"a\\" $$HOME\\\\x" --log');
    expect(timer.text).toContain('in /srv/10%% "a" $HOME\\x\n');
  });

  it.each(['/srv/a\nExecStartPre=/bin/evil', '/srv/\u001b[31m', '/srv/a\\'])(
    'are refused for %j',
    (workspace) => {
      expect(() => unitsOf(job({ workspace }))).toThrow(UserError);
    },
  );
});
