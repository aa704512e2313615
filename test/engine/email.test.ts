import { describe, expect, it } from 'vitest';
import { addressOf, composeEmail, type EmailText, isOneAddress } from '../../src/engine/texts/email.ts';

const compose = (changes: Partial<EmailText> = {}) =>
  composeEmail({
    subject: 'Bonjour',
    body: 'Bonjour Claire,\n\nUne question.',
    language: 'fr',
    prospect: { email: 'claire@exemple.fr', name: 'Claire Durand' },
    from: 'Alice Martin <alice@vente.example>',
    replyTo: null,
    unsubscribe: null,
    campaign: 'Été 2026',
    step: 'email-1',
    enrolmentId: 12,
    ...changes,
  });

/** Everything that ends up in a header. */
const headerTexts = (changes: Partial<EmailText>): string[] => {
  const { from, to, replyTo, subject, headers, tags } = compose(changes);
  return [from, to, replyTo ?? '', subject, ...Object.values(headers), ...Object.values(tags)];
};

describe('composeEmail', () => {
  it('addresses the person by name and tells campaign, step and message apart by tags', () => {
    expect(compose()).toMatchObject({
      channel: 'email',
      to: 'Claire Durand <claire@exemple.fr>',
      from: 'Alice Martin <alice@vente.example>',
      subject: 'Bonjour',
      text: 'Bonjour Claire,\n\nUne question.\n',
      tags: { campaign: 'Ete-2026', step: 'email-1', enrolment: '12' },
    });
  });

  it('gives the same envelope for the same input', () => {
    expect(compose()).toEqual(compose());
  });

  it.each([
    [
      'the address that is set',
      { unsubscribe: 'stop@vente.example', replyTo: 'r@vente.example' },
      'stop@vente.example',
    ],
    ['else the reply-to', { replyTo: 'Alice <r@vente.example>' }, 'r@vente.example'],
    ['else the sender', {}, 'alice@vente.example'],
    [
      'an address with a plus, encoded',
      { unsubscribe: 'alice+stop@vente.example' },
      'alice%2Bstop@vente.example',
    ],
  ])('takes opt-outs at %s', (_, changes, address) => {
    expect(compose(changes).headers).toEqual({
      'List-Unsubscribe': `<mailto:${address}?subject=unsubscribe%2012>`,
    });
  });

  it.each([
    ['d’Ormesson, with an apostrophe', 'Jean d’Ormesson', 'Jean d’Ormesson <claire@exemple.fr>'],
    ['a name that would need quoting', 'Durand, Claire (RH)', 'claire@exemple.fr'],
    ['no name', null, 'claire@exemple.fr'],
    ['an emoji', '🎉 Claire', 'claire@exemple.fr'],
    ['a name that is an address', 'x@y.fr <x@y.fr>', 'claire@exemple.fr'],
    ['300 characters', 'a'.repeat(300), 'claire@exemple.fr'],
  ])('leaves out what could be misread: %s', (_, name, to) => {
    expect(compose({ prospect: { email: 'claire@exemple.fr', name } }).to).toBe(to);
  });

  it.each([
    ['\r\nBcc: mallory@evil.example'],
    ['\nX-Evil: 1\n\nbody'],
    ['\u2028Bcc: a\u2029b\u0085c'],
    ['\x00\x1b[31m\x7f'],
    ['\u202eevil'],
  ])('lets no line break or control character into a header: %j', (hostile) => {
    const texts = headerTexts({
      subject: `Bonjour${hostile}`,
      prospect: { email: `claire@exemple.fr${hostile}`, name: `Claire${hostile}` },
      from: `Alice${hostile} <alice@vente.example>`,
      replyTo: `Alice${hostile} <alice@vente.example>`,
      unsubscribe: `stop@vente.example${hostile}`,
      campaign: hostile,
      step: hostile,
    });
    for (const text of texts) expect(text).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e]/u);
  });

  it.each([
    ['', 'none'],
    ['🎉', 'none'],
    ['Été à Paris / 50 %', 'Ete-a-Paris-50'],
    ['a'.repeat(300), 'a'.repeat(256)],
  ])('makes the tag of %j fit for Resend', (campaign, tag) => {
    expect(compose({ campaign }).tags.campaign).toBe(tag);
  });
});

describe('the HTML of an e-mail', () => {
  const body = (text: string): string =>
    /<body[^>]*>\n([\s\S]*)\n<\/body>/.exec(compose({ body: text }).html)?.[1] ?? '';
  const paragraph = (inner: string): string => `<p style="margin:0 0 1em">${inner}</p>`;

  it('says its language and loads nothing', () => {
    const { html } = compose({ language: 'en' });
    expect(html).toContain('<html lang="en">');
    expect(html).not.toMatch(/<img|<script|<link|url\(|src=/i);
  });

  it('is made of any text without a fault or a long wait', () => {
    for (const filling of [')', '.', ' '])
      expect(body(`https://vente.example/a${filling.repeat(20_000)}${filling}x`)).toContain(
        'vente.example/a',
      );
    expect(body(`https://vente.example/a${')'.repeat(20_000)}`)).toContain('>https://vente.example/a</a>)');
    expect(compose({ body: `a${' '.repeat(200_000)}b` }).text).toHaveLength(200_003);
  });

  it.each([
    ['paragraphs and lines', 'a\nb\n\n\n\nc', `${paragraph('a<br>\nb')}\n${paragraph('c')}`],
    ['Windows line ends', 'a\r\nb\r\n\r\nc', `${paragraph('a<br>\nb')}\n${paragraph('c')}`],
    ['markup in a fact', '<b>&"\'', paragraph('&lt;b&gt;&amp;&quot;&#39;')],
    ['a script', '<script>alert(1)</script>', paragraph('&lt;script&gt;alert(1)&lt;/script&gt;')],
    [
      'a link, without the full stop',
      'Voir https://vente.example/a?b=1&c=2.',
      paragraph(
        'Voir <a href="https://vente.example/a?b=1&amp;c=2">https://vente.example/a?b=1&amp;c=2</a>.',
      ),
    ],
    [
      'a link in brackets',
      '(https://vente.example/a)',
      paragraph('(<a href="https://vente.example/a">https://vente.example/a</a>)'),
    ],
    [
      'a link before a French colon',
      'https://vente.example\u00a0: oui',
      paragraph('<a href="https://vente.example">https://vente.example</a>\u00a0: oui'),
    ],
    ['other schemes stay text', 'javascript:alert(1) data:x', paragraph('javascript:alert(1) data:x')],
    [
      'a quote cannot leave the attribute',
      'https://x.example/"onmouseover="alert(1)',
      paragraph('<a href="https://x.example/">https://x.example/</a>&quot;onmouseover=&quot;alert(1)'),
    ],
    ['direction marks and control characters', 'a\u202eb\x07c', paragraph('a b c')],
  ])('%s', (_, text, expected) => {
    expect(body(text)).toBe(expected);
  });
});

describe('addressOf and isOneAddress', () => {
  it.each([
    ['Claire Durand <claire@exemple.fr>', true],
    ['claire@exemple.fr', true],
    ['claire@münchen.example', true],
    ['claire@exemple', false],
    ['a@b.fr, c@d.fr', false],
    ['a@b.fr c@d.fr', false],
    ['a@b.fr;c@d.fr', false],
    ['claire@@exemple.fr', false],
    ['claire@exemple..fr', false],
    ['', false],
    [`${'a'.repeat(65)}@exemple.fr`, false],
  ])('%j: %s', (mailbox, expected) => {
    expect(isOneAddress(addressOf(mailbox))).toBe(expected);
  });
});
