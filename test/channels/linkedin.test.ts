import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyText } from '../../src/channels/linkedin/copy.ts';
import { hasDisplay } from '../../src/channels/linkedin/display.ts';
import { openProfile } from '../../src/channels/linkedin/open-profile.ts';
import { osc52 } from '../../src/channels/linkedin/osc52.ts';
import { composeLinkedin, profileUrl } from '../../src/engine/texts/linkedin.ts';

const TEXT = 'Bonjour Claire,\n\nVos équipes relancent-elles encore à la main\u00a0? 👍\n';
const BASE64 = Buffer.from(TEXT).toString('base64');

function screen(env: Record<string, string | undefined>, terminal = true) {
  const written: string[] = [];
  return { written, terminal, env, stdout: { write: (text: string) => written.push(text) } };
}

describe('copyText without a display', () => {
  const ssh = { SSH_CONNECTION: '10.0.0.1 22', TERM: 'xterm-256color' };

  it('asks the terminal by OSC 52, byte for byte', async () => {
    const here = screen(ssh);
    expect(await copyText(TEXT, here)).toBe('terminal');
    expect(here.written).toEqual([`\x1b]52;c;${BASE64}\x07`]);
  });

  it.each([
    ['a pipe', screen(ssh, false), TEXT],
    ['a dumb terminal', screen({ ...ssh, TERM: 'dumb' }), TEXT],
    ['the Linux console', screen({ ...ssh, TERM: 'linux' }), TEXT],
    ['a text that is too long for terminals', screen(ssh), 'a'.repeat(60_000)],
  ])('leaves %s to the caller and writes nothing', async (_, here, text) => {
    expect(await copyText(text, here)).toBe('none');
    expect(here.written).toEqual([]);
  });

  it('falls back to the terminal when the display does not answer', async () => {
    const before = process.env.DISPLAY;
    process.env.DISPLAY = ':4242';
    const here = screen({ DISPLAY: ':4242', TERM: 'xterm' });
    expect(await copyText(TEXT, here)).toBe('terminal');
    restoreDisplay(before);
  });
});

const restoreDisplay = (before: string | undefined): void => {
  if (before === undefined) delete process.env.DISPLAY;
  else process.env.DISPLAY = before;
};

describe('osc52', () => {
  it('goes through tmux, bare and wrapped', () => {
    const bare = `\x1b]52;c;${BASE64}\x07`;
    const wrapped = `\x1bPtmux;\x1b\x1b]52;c;${BASE64}\x07\x1b\\`;
    expect(osc52(TEXT, { TMUX: '/tmp/tmux-0/default,1,0', TERM: 'screen' })).toBe(bare + wrapped);
  });

  it('goes through screen in pieces that it does not drop', () => {
    const sequence = osc52('é'.repeat(1000), { STY: '1.pts', TERM: 'screen' }) ?? '';
    const pieces = sequence.split('\x1b\\').slice(0, -1);
    expect(pieces.every((piece) => piece.startsWith('\x1bP') && piece.length <= 242)).toBe(true);
    const joined = pieces.map((piece) => piece.slice(2)).join('');
    expect(joined).toBe(`\x1b]52;c;${Buffer.from('é'.repeat(1000)).toString('base64')}\x07`);
  });

  it('lets no escape of the text act on the terminal', () => {
    expect(osc52('\x07\x1b]0;evil\x07', { TERM: 'xterm' })?.slice(0, -1).replace('\x1b]52;c;', '')).toMatch(
      /^[A-Za-z0-9+/=]+$/,
    );
  });
});

// A real X server and a real reader of its clipboard, where the machine has them.
const XVFB = '/usr/bin/Xvfb';
const XCLIP = '/usr/bin/xclip';
const reason = [XVFB, XCLIP].find((tool) => !existsSync(tool));
describe.skipIf(reason !== undefined)(
  `copyText on a real display${reason ? ` (skipped: no ${reason})` : ''}`,
  () => {
    let server: ChildProcess;
    let display = '';
    const before = process.env.DISPLAY;

    beforeAll(async () => {
      // The server picks a free number and tells it on descriptor 3 when it is ready.
      server = spawn(XVFB, ['-displayfd', '3', '-screen', '0', '64x64x8'], {
        stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
      });
      const [, , , told] = server.stdio;
      display = await new Promise((resolve) =>
        told?.once('data', (number) => resolve(`:${String(number).trim()}`)),
      );
      process.env.DISPLAY = display;
    });
    afterAll(() => {
      restoreDisplay(before);
      server.kill();
    });

    it('puts the text on the clipboard, to the byte', async () => {
      const here = screen({ DISPLAY: display, TERM: 'xterm' });
      expect(await copyText(TEXT, here)).toBe('clipboard');
      expect(here.written).toEqual([]);
      const pasted = execFileSync(XCLIP, ['-selection', 'clipboard', '-o'], {
        env: { ...process.env, DISPLAY: display },
      });
      expect(pasted.toString('utf8')).toBe(TEXT);
    });
  },
);

describe('hasDisplay', () => {
  it.each([
    ['X', { DISPLAY: ':0' }, 'linux', true],
    ['Wayland', { WAYLAND_DISPLAY: 'wayland-0' }, 'linux', true],
    ['X forwarded by SSH', { DISPLAY: 'localhost:10.0', SSH_CONNECTION: 'x' }, 'linux', true],
    ['a server', {}, 'linux', false],
    ['a Mac', {}, 'darwin', true],
    ['a Mac by SSH', { SSH_CONNECTION: 'x' }, 'darwin', false],
    ['Windows', {}, 'win32', true],
    ['Linux inside Windows', { WSL_DISTRO_NAME: 'Debian' }, 'linux', true],
  ])('%s', (_, env, system, expected) => {
    expect(hasDisplay(env, system)).toBe(expected);
  });
});

describe('a profile', () => {
  it.each([
    ['claire-durand-000', 'https://www.linkedin.com/in/claire-durand-000/'],
    ['élodie-lefèvre', 'https://www.linkedin.com/in/%C3%A9lodie-lef%C3%A8vre/'],
    ['../company/x?y#z', 'https://www.linkedin.com/in/..%2Fcompany%2Fx%3Fy%23z/'],
  ])('%j has one address', (slug, url) => {
    expect(profileUrl(slug)).toBe(url);
  });

  it('is left to the caller where there is no display', async () => {
    expect(await openProfile('claire', { SSH_CONNECTION: 'x' })).toBe(false);
  });

  it('gets a text without control characters', () => {
    expect(composeLinkedin({ profile: 'claire', body: ' Bonjour\x1b[31m\r\nClaire\x07 ' })).toEqual({
      channel: 'linkedin',
      profile: 'claire',
      body: 'Bonjour [31m\nClaire',
    });
  });
});
