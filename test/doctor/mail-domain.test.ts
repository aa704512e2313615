import { describe, expect, it } from 'vitest';
import {
  judgeDkim,
  judgeDmarc,
  judgeReturnPath,
  judgeSpf,
  type RecordFinding,
  recordNames,
} from '../../src/engine/mail-domain.ts';
import type { NameAnswer } from '../../src/engine/ports/doctor.ts';

const found = (...texts: string[]): NameAnswer =>
  texts.length > 0 ? { status: 'found', texts } : { status: 'absent' };
const FAILED: NameAnswer = { status: 'failed', reason: 'no answer' };
const short = ({ status, what }: RecordFinding) => `${status}: ${what}`;

it('the names of a domain below another one lead up to two labels', () => {
  expect(recordNames('mail.ads.example')).toEqual({
    spf: 'mail.ads.example',
    returnPath: 'send.mail.ads.example',
    dkim: 'resend._domainkey.mail.ads.example',
    dmarc: ['_dmarc.mail.ads.example', '_dmarc.ads.example'],
  });
});

describe('SPF', () => {
  it.each([
    [found('v=spf1 include:_spf.google.com ~all', 'google-site=x'), 'ok: SPF of ads.example: v=spf1'],
    [found(), 'warn: ads.example has no SPF'],
    [found('v=spf10 -all'), 'warn: ads.example has no SPF'],
    [found('v=spf1 -all', 'V=SPF1 ~all'), 'fail: ads.example has 2 SPF records'],
    [found('v=spf1 +all'), 'fail: SPF of ads.example lets everybody send'],
    [found('v=spf1 all'), 'fail: SPF of ads.example lets everybody send'],
    [FAILED, 'warn: SPF of ads.example could not be looked up: no answer'],
  ])('of the domain: %j', (answer, line) => {
    expect(short(judgeSpf('ads.example', answer))).toContain(line);
  });

  it.each([
    [found('v=spf1 include:amazonses.com ~all'), 'ok: SPF of send.ads.example'],
    [found('v=spf1 include:eu-west-1.amazonses.com -all'), 'ok: SPF of send.ads.example'],
    [found('v=spf1 include:notamazonses.com -all'), 'fail: SPF of send.ads.example does not name Amazon SES'],
    [found('v=spf1 -include:amazonses.com -all'), 'fail: SPF of send.ads.example does not name Amazon SES'],
    [found('v=spf1 -all'), 'fail: SPF of send.ads.example does not name Amazon SES'],
    [found(), 'fail: send.ads.example has no SPF record'],
    [found('v=spf1 -all', 'v=spf1 include:amazonses.com ~all'), 'fail: send.ads.example has 2 SPF records'],
    [FAILED, 'warn'],
  ])('of the return path: %j', (answer, line) => {
    expect(short(judgeReturnPath('ads.example', answer))).toContain(line);
  });
});

it.each([
  [found('v=spf1 redirect=_spf.ads.example'), 'warn: SPF of send.ads.example does not name'],
  [found('v=spf1 include:_spf.ads.example ~all'), 'warn: SPF of send.ads.example does not name'],
  [found(), 'warn: send.ads.example has no SPF record'],
  [found('v=spf1 -all', 'v=spf1 ~all'), 'fail: send.ads.example has 2 SPF records'],
])('where Resend has verified the domain, another return path is no fault: %j', (answer, line) => {
  expect(short(judgeReturnPath('ads.example', answer, true))).toContain(line);
});

describe('DKIM', () => {
  it.each([
    [found('p=MIGfMA0GCSqGSIb3DQEB'), 'ok'],
    [found('v=DKIM1; k=rsa; p=MIGf MA0G'), 'ok: DKIM at resend._domainkey.ads.example: a key of 8'],
    [found('v=DKIM1; p='), 'fail: the DKIM key at resend._domainkey.ads.example was taken back'],
    [found('p=a', 'p=b'), 'fail: resend._domainkey.ads.example has 2 DKIM keys'],
    [found('v=spf1 -all'), 'fail: resend._domainkey.ads.example has no DKIM key'],
    [found(), 'fail: resend._domainkey.ads.example has no DKIM key'],
    [FAILED, 'warn'],
  ])('%j', (answer, line) => expect(short(judgeDkim('ads.example', answer))).toContain(line));
});

describe('DMARC', () => {
  const [OWN, ABOVE] = ['_dmarc.mail.ads.example', '_dmarc.ads.example'];
  it.each([
    [found('v=DMARC1; p=none; rua=mailto:x@ads.example'), found(), `ok: DMARC at ${OWN}: p=none`],
    [found('v=DMARC1;p=Reject'), found('v=DMARC1; p=none'), `ok: DMARC at ${OWN}: p=reject`],
    [found(), found('v=DMARC1; p=reject; sp=none'), `ok: DMARC at ${ABOVE}: sp=none`],
    [found(), found('v=DMARC1; p=quarantine'), `ok: DMARC at ${ABOVE}: p=quarantine`],
    [found(), found(), 'warn: mail.ads.example has no DMARC'],
    [found('v=DMARC1; p=none', 'v=DMARC1; p=reject'), found(), `fail: ${OWN} has 2 DMARC records`],
    [found('v=DMARC1; p=nothing'), found(), `fail: DMARC at ${OWN} has no policy`],
    [FAILED, found('v=DMARC1; p=none'), `warn: DMARC at ${OWN} could not be looked up`],
  ])('%j, above it %j', (own, above, line) => {
    expect(
      short(
        judgeDmarc('mail.ads.example', [
          [OWN, own],
          [ABOVE, above],
        ]),
      ),
    ).toContain(line);
  });
});
