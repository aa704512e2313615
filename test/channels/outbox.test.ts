import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEmailOutbox, createSmsOutbox } from '../../src/channels/outbox/sender.ts';
import { parseMime } from './mime.ts';
import { AT, anEmail, anSms } from './touches.ts';

let root: string;
let outbox: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'hector-outbox-'));
  outbox = join(root, 'outbox');
});
afterEach(() => {
  chmodSync(root, 0o700);
  rmSync(root, { recursive: true });
});

const only = (): string => {
  const [name, ...others] = readdirSync(outbox);
  expect(others).toEqual([]);
  return join(outbox, name ?? '');
};

describe('an e-mail in the outbox', () => {
  it('is a file whose name reads as a log line, for its owner only', async () => {
    const outcomes = await createEmailOutbox(outbox).send([anEmail(12)], 'key', AT);
    const name = '2026-11-23T09-00-05_email_000012_claire-durand_connexion-douce-email-1.eml';
    expect(outcomes).toEqual([{ status: 'sent', providerId: name, delivered: true }]);
    expect(readdirSync(outbox)).toEqual([name]);
    expect(statSync(join(outbox, name)).mode & 0o777).toBe(0o600);
    expect(statSync(outbox).mode & 0o777).toBe(0o700);
  });

  it('is real MIME: text and HTML, headers, date', async () => {
    const message = anEmail(12, { replyTo: 'Alice <reponse@vente.example>', subject: 'Été : vos délais' });
    await createEmailOutbox(outbox).send([message], 'key', AT);
    const { headers, parts } = parseMime(readFileSync(only()));
    expect(Object.fromEntries(headers)).toMatchObject({
      from: 'Alice Martin <alice@vente.example>',
      to: 'Claire Durand <claire.durand@exemple.fr>',
      'reply-to': 'Alice <reponse@vente.example>',
      subject: 'Été : vos délais',
      date: 'Mon, 23 Nov 2026 09:00:05 +0000',
      'list-unsubscribe': '<mailto:reponse@vente.example?subject=unsubscribe%2012>',
      'x-hector-rehearsal': 'yes',
      'x-hector-campaign': 'Connexion-douce',
      'x-hector-step': 'email-1',
      'mime-version': '1.0',
    });
    expect(headers.get('content-type')).toMatch(/^multipart\/alternative/);
    expect(headers.get('message-id')).toMatch(/^<12\.[0-9a-f]{24}@hector\.invalid>$/);
    expect(parts.map((part) => part.headers.get('content-type'))).toEqual([
      'text/plain; charset=utf-8',
      'text/html; charset=utf-8',
    ]);
    expect(parts[0]?.text.replaceAll('\r\n', '\n')).toBe(message.envelope.text);
    expect(parts[1]?.text.replaceAll('\r\n', '\n')).toBe(message.envelope.html);
  });

  it('has CRLF line ends and no line over 998 bytes', async () => {
    await createEmailOutbox(outbox).send(
      [anEmail(1, { body: `${'é'.repeat(5000)}\n${'a'.repeat(5000)}` })],
      'key',
      AT,
    );
    const lines = readFileSync(only()).toString('latin1').split('\r\n');
    expect(lines.filter((line) => line.includes('\n') || line.includes('\r'))).toEqual([]);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(998);
  });

  it('repeated gives the same bytes in the same file', async () => {
    await createEmailOutbox(outbox).send([anEmail(12)], 'key', AT);
    const first = readFileSync(only());
    await createEmailOutbox(outbox).send([anEmail(12)], 'key', AT + 1);
    expect(readFileSync(only()).equals(first)).toBe(true);
  });

  it('repeated at another time takes the place of the first', async () => {
    const same = createEmailOutbox(outbox);
    await same.send([anEmail(12)], 'key', AT);
    await same.send([{ ...anEmail(12), at: AT + 60_000 }], 'key', AT);
    expect(only()).toContain('2026-11-23T09-01-05');
    await createEmailOutbox(outbox).send([{ ...anEmail(12), at: AT + 120_000 }], 'key', AT);
    expect(only()).toContain('2026-11-23T09-02-05');
  });

  it('of another person never takes the place of one with the same number', async () => {
    await createEmailOutbox(outbox).send([anEmail(12)], 'key', AT);
    const other = anEmail(12, { prospect: { email: 'paul@exemple.fr', name: 'Paul Petit' } });
    await createEmailOutbox(outbox).send([other], 'key', AT);
    expect(readdirSync(outbox)).toHaveLength(2);
  });

  it('to nobody is refused, as Resend would', async () => {
    const message = anEmail(1, { prospect: { email: 'a@b.fr, c@d.fr', name: null } });
    expect(await createEmailOutbox(outbox).send([message, anEmail(2)], 'key', AT)).toMatchObject([
      { status: 'rejected', badAddress: true },
      { status: 'sent' },
    ]);
    expect(only()).toContain('000002');
  });

  it.each([
    ['../../../etc/passwd'],
    ['/absolute\\windows\\C:'],
    ['\r\nBcc: mallory@evil.example\r\n\r\nbody'],
    ['\x00\x1b[31m\u202e'],
    ['🎉🎉'],
    ['é'.repeat(300)],
    ['.hidden'],
    [''],
  ])('stays one harmless file with one set of headers: %j', async (hostile) => {
    const message = anEmail(1, {
      subject: hostile,
      prospect: { email: 'claire@exemple.fr', name: hostile },
      campaign: hostile,
      step: hostile,
      body: `Bonjour ${hostile}`,
    });
    // As if an envelope had come from elsewhere: the file must not trust it.
    message.envelope.subject = hostile;
    message.envelope.headers = { 'List-Unsubscribe': `<mailto:a@b.fr>${hostile}` };
    message.envelope.tags = { campaign: hostile, step: hostile };
    expect(await createEmailOutbox(outbox).send([message], 'key', AT)).toMatchObject([{ status: 'sent' }]);
    const file = only();
    expect(file.slice(outbox.length + 1)).toMatch(/^[0-9a-zT_-]{1,200}\.eml$/);
    const { headers, parts } = parseMime(readFileSync(file));
    expect(headers.has('bcc')).toBe(false);
    expect(headers.get('to')).toMatch(/claire@exemple\.fr>?$/);
    expect(parts).toHaveLength(2);
  });
});

describe('an SMS in the outbox', () => {
  it('is a text with its cost', async () => {
    expect(
      await createSmsOutbox(outbox).send([anSms(13, { body: 'À bientôt\nAlice' })], 'key', AT),
    ).toMatchObject([{ status: 'sent', delivered: true }]);
    expect(only()).toContain('2026-11-23T09-00-05_sms_000013_33612345678.txt');
    expect(readFileSync(only(), 'utf8')).toBe(
      'To: +33612345678\nFrom: VENTE\nDate: 2026-11-23T09:00:05.000Z\nSegments: 1 (UCS-2)\nX-Hector-Rehearsal: yes\n\nÀ bientôt\nAlice\n',
    );
  });

  it('needs no sender', async () => {
    await createSmsOutbox(outbox).send([anSms(1, { from: null })], 'key', AT);
    expect(readFileSync(only(), 'utf8')).toContain('From: not set\n');
  });

  it('to no mobile number is refused', async () => {
    expect(await createSmsOutbox(outbox).send([anSms(1, { to: '06 12' })], 'key', AT)).toMatchObject([
      { status: 'rejected', badAddress: true },
    ]);
    expect(existsSync(outbox)).toBe(false);
  });
});

describe('an outbox that cannot be written', () => {
  it('because a file is in the way says which', async () => {
    writeFileSync(outbox, 'a file');
    const outcomes = await createEmailOutbox(outbox).send([anEmail(1), anEmail(2)], 'key', AT);
    expect(outcomes).toMatchObject([{ status: 'misconfigured' }, { status: 'misconfigured' }]);
    expect(JSON.stringify(outcomes)).toContain(outbox);
    expect(readFileSync(outbox, 'utf8')).toBe('a file');
  });

  // The superuser may write everywhere.
  it.skipIf(process.getuid?.() === 0)(
    'because the folder is read-only says so, and leaves nothing half-written',
    async () => {
      await createEmailOutbox(outbox).send([anEmail(1)], 'key', AT);
      chmodSync(outbox, 0o500);
      const outcomes = await createEmailOutbox(outbox).send([anEmail(2)], 'key', AT);
      chmodSync(outbox, 0o700);
      expect(outcomes).toMatchObject([
        { status: 'misconfigured', reason: expect.stringContaining('no right to write') },
      ]);
      expect(readdirSync(outbox)).toHaveLength(1);
    },
  );

  // A device that is always full, where the system has one.
  it.skipIf(!existsSync('/dev/full'))('because the disk is full says so', async () => {
    const { symlinkSync, mkdirSync } = await import('node:fs');
    mkdirSync(outbox);
    const name = '2026-11-23T09-00-05_sms_000001_33612345678.txt';
    symlinkSync('/dev/full', join(outbox, `.${name}.${process.pid}.partial`));
    expect(await createSmsOutbox(outbox).send([anSms(1)], 'key', AT)).toMatchObject([
      { status: 'misconfigured', reason: expect.stringContaining('no space left') },
    ]);
    expect(readdirSync(outbox)).toEqual([]);
  });
});
