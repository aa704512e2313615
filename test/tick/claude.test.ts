import { afterAll, describe, expect, it } from 'vitest';
import { aStep, HOUR, NOW } from '../builders.ts';
import { type AnthropicRules, refused, startAnthropic } from '../stand-ins/anthropic.ts';
import { enrolled, SMS_STEP, TEMPLATES, withProviders } from './providers.ts';
import { settings } from './workspace.ts';

const open: { close(): Promise<void> }[] = [];
afterAll(async () => {
  for (const server of open.splice(0)) await server.close();
});

const BODY =
  'Bonjour {name},\n\nQuand une mission sort de l’ordinaire, la confiez-vous à vos équipes ou à un prestataire ? Je pose la question parce que votre réponse m’évitera de vous parler de ce qui ne vous sert pas.\n\nUn seul mot en réponse me va très bien.';

/** Greets whoever the facts name. */
function reply(body: Record<string, unknown>): string {
  const [first] = body.messages as { content: string }[];
  const name = /"id":"first_name","about":"person","value":"([^"]+)"/.exec(first?.content ?? '')?.[1] ?? '';
  const isSms = first?.content.includes('Write an SMS');
  const text = isSms ? 'Bonjour, Hector Martin de Nexalis. Plus simple de vive voix ?' : BODY;
  return JSON.stringify({
    subject: first?.content.includes('Subject: null') ? null : 'Vos missions hors norme',
    body: text.replace('{name}', name),
    claims: [],
  });
}

async function aSpace(rules: AnthropicRules = {}, ai = '') {
  const claude = await startAnthropic({ reply, ...rules });
  open.push(claude);
  const space = await withProviders({
    anthropic: claude.url,
    settings: settings({ more: `ai: { requests_per_second: 1000, ${ai} }` }),
  });
  return { ...space, claude };
}

describe('a tick that writes with Claude', () => {
  it('sends what passed the guard, to each their own, and says what it cost', async () => {
    const space = await aSpace();
    enrolled(space, 3);
    const summary = await space.tick();
    expect(summary).toMatchObject({ sent: { email: 3 }, texts: { claude: 3, template: 0, fallback: {} } });
    expect(summary.texts.cost).toBeGreaterThan(0);
    for (const { email } of space.mail.accepted) {
      expect(email.subject).toBe('Vos missions hors norme');
      expect(String(email.text)).toMatch(/^Bonjour \S+,\n\nQuand une mission/);
    }
    const rows = space.rows('select source, writing, facts_key from message') as {
      source: string;
      writing: string;
      facts_key: string;
    }[];
    for (const row of rows) {
      expect(row).toMatchObject({ source: 'claude', facts_key: expect.stringMatching(/^[0-9a-f]{32}$/) });
      expect(JSON.parse(row.writing)).toMatchObject({ model: 'claude-sonnet-5-5', fallback: null });
    }
  });

  it('reads the same instructions again at the price of the prompt cache', async () => {
    const space = await aSpace();
    enrolled(space, 5);
    await space.tick({ concurrency: 1 });
    const [first, ...others] = space.rows(
      'select cache_read_tokens as read, cache_write_tokens as written from model_call order by id',
    ) as { read: number; written: number }[];
    expect(first?.written).toBeGreaterThan(0);
    for (const { read } of others) expect(read).toBe(first?.written);
  });

  it('names the sender in an SMS, and adds the way out', async () => {
    const space = await aSpace();
    enrolled(space, 1, { scenario: { steps: [SMS_STEP] } });
    expect(await space.tick()).toMatchObject({ sent: { sms: 1 }, texts: { claude: 1 } });
    expect(space.phone.accepted[0]?.form.Body).toMatch(/^Bonjour, Hector Martin.*STOP au 36180$/);
  });

  it('sends templates when Claude is away, and leaves nobody out', async () => {
    const space = await aSpace();
    enrolled(space, 6);
    for (let index = 0; index < 50; index += 1) space.claude.fail(refused(401, 'authentication_error'));
    const summary = await space.tick();
    expect(summary).toMatchObject({
      sent: { email: 6 },
      texts: { claude: 0, template: 6, fallback: { bad_key: 6 }, cost: 0 },
    });
    expect(space.claude.requests.length).toBeLessThan(6);
  });

  it.each([
    ['a model whose price is not known', 'model: claude-sonet-5', 'no_price'],
    ['the voice of an invented firm', 'voice: groupe-services', 'voice'],
    ['a voice that is not there', 'voice: la-notre', 'voice'],
  ])('asks nobody with %s: templates go out', async (_, ai, fallback) => {
    const space = await aSpace({}, ai);
    enrolled(space, 2);
    expect(await space.tick()).toMatchObject({
      sent: { email: 2 },
      texts: { template: 2, fallback: { [fallback]: 2 } },
    });
    expect(space.claude.requests).toEqual([]);
  });

  it('spends no more than its budget, and templates do the rest', async () => {
    const space = await aSpace();
    enrolled(space, 4);
    space.connection.exec(
      `insert into model_call (at, purpose, model, input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, cost, latency_ms, result)
       values (${NOW}, 'write', 'x', 1, 1, 0, 0, 19999000, 1, 'answered')`,
    );
    expect(await space.tick()).toMatchObject({
      sent: { email: 4 },
      texts: { claude: 0, template: 4, fallback: { budget_day: 4 } },
    });
  });

  it('writes again what was written of facts that have changed since', async () => {
    const space = await aSpace();
    const [enrolment] = enrolled(space, 1);
    space.mail.fail({
      fault: 'answer',
      status: 500,
      body: { statusCode: 500, name: 'application_error', message: 'x' },
    });
    await space.tick();
    expect(space.rows('select state from message')).toEqual([{ state: 'ready' }]);
    space.connection.exec(
      "update prospect set first_name = 'Mathilde'; update message set idempotency_key = null",
    );
    space.connection.exec(`update enrolment set next_at = ${NOW} where id = ${enrolment}`);
    space.setClock(NOW + HOUR);
    await space.tick();
    expect(space.mail.accepted.map(({ email }) => String(email.text).split('\n')[0])).toEqual([
      'Bonjour Mathilde,',
    ]);
    expect(space.rows('select count(*) as n from message')).toEqual([{ n: 1 }]);
  });

  it('tells what was said on other channels and in other campaigns, the last three of it', async () => {
    const space = await aSpace();
    const steps = [
      aStep({ id: 'email-1', template: 'default/email' }),
      aStep({ id: 'email-2', template: 'default/email', wait: '1d' }),
    ];
    enrolled(space, 1, { scenario: { steps }, templates: TEMPLATES });
    await space.tick();
    space.setClock(NOW + 25 * HOUR);
    await space.tick();
    const contents = space.claude.messages.map(({ request }) => JSON.stringify(request.messages));
    expect(contents[0]).not.toContain('Quand une mission');
    expect(contents.at(-1)).toContain('Quand une mission');
  });

  it('ends at once when it is told to, and the rest is due as before', async () => {
    const space = await aSpace({ latency: 5 });
    enrolled(space, 40);
    const summary = await space.tick({
      concurrency: 2,
      stopping: () => space.claude.messages.length >= 6,
    });
    expect(summary.interrupted).toBe(true);
    expect(space.claude.messages.length).toBeLessThan(12);
    const again = await space.tick();
    expect(again.sent.email).toBe(40);
  });
});
