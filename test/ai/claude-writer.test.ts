import { afterAll, describe, expect, it, vi } from 'vitest';
import { type BudgetLimits, createBudget } from '../../src/ai/budget.ts';
import { createClaude } from '../../src/ai/claude/client.ts';
import { costOf } from '../../src/ai/claude/models.ts';
import { type ClaudeWriterParts, createClaudeWriter } from '../../src/ai/claude-writer.ts';
import { createTemplateWriter } from '../../src/ai/template-writer.ts';
import { findVoice } from '../../src/ai/voice/find.ts';
import { openVoice } from '../../src/ai/voice/load.ts';
import { createGenerationStore } from '../../src/db/generation-store.ts';
import type { ModelCall } from '../../src/engine/ports/generation.ts';
import { failure } from '../../src/errors.ts';
import { createPace } from '../../src/pace.ts';
import { aStep, NOW, testDatabase } from '../builders.ts';
import { ANTHROPIC_TEST_KEY, type AnthropicRules, refused, startAnthropic } from '../stand-ins/anthropic.ts';
import { refusing, stopping } from '../stand-ins/anthropic-message.ts';
import { aRequest, type RequestOverrides } from './request.ts';

const voice = openVoice(findVoice('groupe-services', null, []));
const LIMITS = { invitationLimit: 200, messageLimit: 3000 };
const MODEL = 'claude-sonnet-5-5';

const open: { close(): Promise<void> }[] = [];
afterAll(async () => {
  for (const server of open.splice(0)) await server.close();
});

const GOOD =
  'Bonjour Claire,\n\nQuand une mission sort de l’ordinaire, la confiez-vous à vos équipes ou à un prestataire ? Je pose la question parce que la réponse change tout pour la suite de notre échange éventuel.\n\nUn seul mot en réponse me va très bien, et si le sujet ne vous concerne pas, dites-le moi simplement.';
const OTHER =
  'Bonjour Claire,\n\nComment votre équipe fait-elle face quand deux projets arrivent la même semaine ? Certains renforcent l’équipe, d’autres décalent une date, d’autres encore font appel à un prestataire de confiance.\n\nVotre façon de faire m’intéresse, même en trois mots.';

const answer = (body: string, subject: string | null = 'Vos missions', claims: unknown[] = []) =>
  JSON.stringify({ subject, body, claims });
const says = (body: string) => () => answer(body);

interface Space {
  rules?: AnthropicRules;
  budget?: Partial<BudgetLimits>;
  parts?: Partial<ClaudeWriterParts>;
  lifetimeMs?: number;
}

async function aSpace({ rules = {}, budget = {}, parts = {}, lifetimeMs = 3_600_000 }: Space = {}) {
  const server = await startAnthropic({ reply: says(GOOD), ...rules });
  open.push(server);
  const connection = testDatabase();
  const store = createGenerationStore(connection, 100);
  const clock = { now: NOW };
  const build = () =>
    createClaudeWriter({
      claude: createClaude({
        apiKey: ANTHROPIC_TEST_KEY,
        baseUrl: server.url,
        model: MODEL,
        effort: 'low',
        timeoutMs: 2000,
        pace: createPace(1000),
      }),
      templates: createTemplateWriter(LIMITS),
      store,
      budget: createBudget({ tick: null, day: null, campaign: null, ...budget }, store, () => NOW - 1000),
      voiceOf: async () => voice,
      discOf: async () => null,
      profileCost: () => 0,
      settings: {
        ...{
          model: MODEL,
          effort: 'low',
          limits: LIMITS,
          transliterate: true,
          notes: false,
          custom: 'all',
          lifetimeMs,
        },
        costOf: (usage) => costOf(MODEL, usage) ?? 0,
      },
      clock: () => clock.now,
      ...parts,
    });
  const calls = () =>
    connection.prepare('select purpose, result, cost > 0 as paid from model_call order by id').all();
  return { server, connection, store, clock, build, writer: build(), calls };
}

const TEMPLATES = {
  'essai/texte':
    '---\nsubject: Du modèle\n---\nBonjour {{ first_name }},\n\nCeci vient du modèle.\n\n{{ opt_out }}',
  'default/email': '---\nsubject: Par défaut\n---\nBonjour,\n\nCeci vient du défaut.\n\n{{ opt_out }}',
};
const request = (overrides: RequestOverrides = {}) => aRequest({ templates: TEMPLATES, ...overrides });

describe('a text by Claude', () => {
  it('stands above signature, legal line, source of the data and the way out', async () => {
    const { writer, server } = await aSpace();
    const written = await writer.write(request({ dataSource: 'le registre public' }));
    expect(written).toMatchObject({ status: 'written', source: 'claude', subject: 'Vos missions' });
    if (written.status !== 'written') throw new Error('held');
    expect(written.body.startsWith('Bonjour Claire,\n\nQuand une mission')).toBe(true);
    for (const part of [voice.signature?.trim() ?? '', voice.legalIdentity ?? '', 'le registre public.'])
      expect(written.body).toContain(part);
    expect(written.body.endsWith('Pour ne plus rien recevoir : stop.')).toBe(true);
    expect(server.messages).toHaveLength(1);
  });

  it('says by whom, by which prompt and voice, at what price, and on which facts it rests', async () => {
    const statement = 'vous dirigez l’atelier de Montbrison';
    const body = `Bonjour Claire,\n\nPuisque ${statement}, une question : confiez-vous les missions hors norme à vos équipes ou à un prestataire ? Votre réponse m’aidera à ne vous parler que de ce qui peut vous servir.\n\nUn seul mot me va très bien.`;
    const { writer } = await aSpace({
      rules: {
        reply: () => answer(body, 'Vos missions', [{ statement, fact: 'title' }]),
      },
    });
    const written = await writer.write(
      request({ prospect: { title: 'Dirigeante de l’atelier de Montbrison', source: 'salon 2026' } }),
    );
    expect(written.writing).toMatchObject({
      fallback: null,
      model: MODEL,
      voice: `${voice.name} ${voice.version}`,
      kept: false,
      repaired: false,
      claims: [{ statement, fact: 'title', source: 'salon 2026' }],
    });
    expect(written.writing.cost).toBeGreaterThan(0);
    expect(written.writing.tokens?.output).toBeGreaterThan(0);
    expect(written.writing.latencyMs).toBeGreaterThanOrEqual(0);
  });

  it('is repaired once when the guard refuses it, and the model sees why', async () => {
    const { writer, server, calls } = await aSpace();
    server.say(answer('Bonjour [Prénom],\n\nVoyez http://evil.example'), answer(OTHER));
    const written = await writer.write(request());
    expect(written).toMatchObject({ source: 'claude', writing: { repaired: true } });
    const [, second] = server.messages;
    const turns = second?.request.messages as { role: string; content: string }[];
    expect(turns.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
    expect(turns[2]?.content).toContain('{"rule":"placeholder",');
    expect(turns[2]?.content).toContain('{"rule":"link",');
    expect(calls()).toEqual([
      { purpose: 'write', result: 'answered', paid: 1 },
      { purpose: 'repair', result: 'answered', paid: 1 },
    ]);
  });

  it('is in the ledger before its repair is asked for', async () => {
    const before: unknown[] = [];
    const { writer, calls } = await aSpace({
      rules: {
        reply: () => {
          before.push(seen());
          return answer('Bonjour [Prénom]');
        },
      },
    });
    const seen = (): unknown => calls().length;
    await writer.write(request());
    expect(before).toEqual([0, 1]);
  });

  it('is in the ledger even when it cannot be judged', async () => {
    const broken = {
      ...voice,
      get legalIdentity(): string {
        throw new Error('no rule reads this');
      },
    };
    const { writer, calls } = await aSpace({ parts: { voiceOf: async () => broken } });
    await expect(writer.write(request())).rejects.toThrow('no rule reads this');
    expect(calls()).toEqual([{ purpose: 'write', result: 'answered', paid: 1 }]);
  });

  it('is written down with its answer, in one go', async () => {
    const { writer, connection } = await aSpace();
    const begun = vi.spyOn(connection, 'transaction');
    await writer.write(request());
    expect(begun).toHaveBeenCalledTimes(1);
  });

  it('that is refused twice gives way to the template of its step', async () => {
    const { writer, server } = await aSpace({ rules: { reply: says('Bonjour [Prénom]') } });
    const written = await writer.write(request());
    expect(written).toMatchObject({
      status: 'written',
      source: 'template',
      subject: 'Du modèle',
      writing: { fallback: 'guard' },
    });
    expect(written.writing.detail).toContain('placeholder');
    expect(written.writing.cost).toBeGreaterThan(0);
    expect(server.messages).toHaveLength(2);
  });

  it('gives way to the template of the channel where that of the step has a blank, and holds where that has, too', async () => {
    const { writer } = await aSpace({ rules: { reply: says('Bonjour [Prénom]') } });
    const blank = '---\nsubject: x\n---\n{{ industry }} {{ opt_out }}';
    expect(await writer.write(request({ templates: { ...TEMPLATES, 'essai/texte': blank } }))).toMatchObject({
      source: 'channel_template',
      subject: 'Par défaut',
      writing: { fallback: 'guard' },
    });
    const none = { 'essai/texte': blank, 'default/email': blank };
    expect(await writer.write(request({ templates: none }))).toMatchObject({
      status: 'held',
      reason: 'missing_variable',
      writing: { fallback: 'guard' },
    });
  });

  it('that is compared by variants is the template of the person, word for word', async () => {
    const { writer, server } = await aSpace();
    const variants = [{ id: 'a', template: 'essai/texte', weight: 1 }];
    const written = await writer.write(request({ step: aStep({ template: 'essai/texte', variants }) }));
    expect(written).toMatchObject({ source: 'template', writing: { fallback: null } });
    expect(server.requests).toEqual([]);
  });

  it('in the thread of the e-mail before has its subject', async () => {
    const { writer } = await aSpace({ rules: { reply: () => answer(OTHER, null) } });
    const written = await writer.write(
      request({
        step: aStep({ kind: 'follow_up', template: 'essai/texte' }),
        history: [{ step: 'un', channel: 'email', subject: 'Vos ateliers', body: 'x', sentAt: NOW }],
      }),
    );
    expect(written).toMatchObject({ source: 'claude', subject: 'Re\u00a0: Vos ateliers' });
  });
});

describe('when Claude does not answer', () => {
  it.each([
    ['bad_key', refused(401, 'authentication_error')],
    ['no_model', refused(404, 'not_found_error', 'model: claude-sonnet-5-5')],
    ['no_credit', refused(402, 'billing_error')],
    ['too_large', refused(413, 'request_too_large')],
    ['rate_limited', refused(429, 'rate_limit_error', 'Wait.', { headers: { 'retry-after': '3600' } })],
    ['bad_request', refused(400, 'invalid_request_error')],
  ] as const)('%s: the template steps in, and says why', async (fallback, fault) => {
    const { writer, server } = await aSpace();
    server.fail(fault);
    const written = await writer.write(request());
    expect(written).toMatchObject({ status: 'written', source: 'template', writing: { fallback, cost: 0 } });
  });

  it.each([
    ['refused', refusing()],
    ['cut_off', stopping('max_tokens', '{"subject": "x", "bo')],
  ] as const)('%s: it is paid for, and the template steps in', async (fallback, reply) => {
    const { writer, server, calls } = await aSpace();
    server.say(reply);
    const written = await writer.write(request());
    expect(written).toMatchObject({ source: 'template', writing: { fallback } });
    expect(written.writing.cost).toBeGreaterThan(0);
    expect(calls()).toEqual([{ purpose: 'write', result: fallback, paid: 1 }]);
  });

  it('an answer that is no JSON is a finding like any other', async () => {
    const { writer, server } = await aSpace();
    server.say('Voici votre message : Bonjour', answer(OTHER));
    expect(await writer.write(request())).toMatchObject({ source: 'claude', writing: { repaired: true } });
  });

  it('a voice that cannot be read lets templates write, and asks nobody', async () => {
    const { writer, server } = await aSpace({
      parts: {
        voiceOf: async () => {
          throw failure('voice.yaml:3: no such key', 'hector voice lint');
        },
      },
    });
    expect(await writer.write(request())).toMatchObject({
      source: 'template',
      writing: { fallback: 'voice', detail: 'voice.yaml:3: no such key' },
    });
    expect(server.requests).toEqual([]);
  });
});

describe('the same again', () => {
  it('is not asked for twice within the hour, by another program neither', async () => {
    const { build, server, calls } = await aSpace();
    const first = await build().write(request());
    const second = await build().write(request());
    expect(server.messages).toHaveLength(1);
    expect(second).toEqual({
      ...first,
      writing: { ...first.writing, kept: true, cost: 0, tokens: null, latencyMs: null },
    });
    expect(calls()).toHaveLength(1);
  });

  it.each<[string, RequestOverrides]>([
    ['the person', { prospect: { company: 'Autre' } }],
    ['a custom field', { prospect: { custom: { besoin: 'renfort' } } }],
    ['the step', { step: aStep({ template: 'essai/texte', prompt: 'Autre chose' }) }],
    ['the channel', { channel: 'linkedin', step: aStep({ channel: 'linkedin', kind: 'message' }) }],
    [
      'what was said',
      { exchanges: [{ direction: 'out', channel: 'sms', at: NOW, subject: null, body: 'x' }] },
    ],
    ['the sender', { sender: { title: 'Associé' } }],
    ['the language', { language: 'en' }],
    ['a remark', { remark: { text: 'plus court', before: { subject: 'x', body: 'y' } } }],
  ])('is another text with %s changed', async (_, overrides) => {
    const { writer, server } = await aSpace();
    await writer.write(request());
    const before = server.messages.length;
    await writer.write(request(overrides));
    expect(server.messages.length).toBeGreaterThan(before);
  });

  it('is asked for anew after its hour', async () => {
    const { writer, server, clock } = await aSpace();
    await writer.write(request());
    clock.now += 3_600_000;
    await writer.write(request());
    expect(server.messages).toHaveLength(2);
  });

  it('a text that was refused twice is not tried again within the hour', async () => {
    const { writer, server } = await aSpace({ rules: { reply: says('Bonjour [Prénom]') } });
    await writer.write(request());
    expect(await writer.write(request())).toMatchObject({
      source: 'template',
      writing: { fallback: 'guard', kept: true, cost: 0 },
    });
    expect(server.messages).toHaveLength(2);
  });

  it('is tried again after a failure that passes', async () => {
    const { writer, server } = await aSpace();
    server.fail(refused(400, 'invalid_request_error'));
    await writer.write(request());
    expect(await writer.write(request())).toMatchObject({ source: 'claude' });
  });

  it('keeps no more than it may', async () => {
    const { store, connection } = await aSpace();
    for (let index = 0; index < 450; index += 1)
      await store.settle(
        [],
        {
          key: `k${index}`,
          prospectId: 1,
          answer: { text: 'x', model: MODEL, repaired: false },
          expiresAt: NOW + 1000 + index,
        },
        NOW,
      );
    const count = connection.prepare('select count(*) from text_cache').pluck();
    expect(count.get()).toBeLessThanOrEqual(300);
    expect(await store.cached('k449', NOW)).not.toBeNull();
    expect(await store.cached('k0', NOW)).toBeNull();
  });
});

describe('a budget', () => {
  it.each([
    ['tick', 'budget_tick'],
    ['day', 'budget_day'],
    ['campaign', 'budget_campaign'],
  ] as const)('of a %s that is spent lets templates step in', async (name, fallback) => {
    const { writer, server } = await aSpace({ budget: { [name]: 1 } });
    const campaign = { id: 1, name: 'Rentrée', objective: null, voice: null, sender: null };
    expect(await writer.write(request({ campaign }))).toMatchObject({
      source: 'template',
      writing: { fallback, cost: 0 },
    });
    expect(server.requests).toEqual([]);
  });

  it('counts what was spent before, in this campaign and on this day', async () => {
    const { build, store } = await aSpace({ budget: { day: 200_000, campaign: 200_000 } });
    const call: Omit<ModelCall, 'at' | 'campaignId'> = {
      ...{ prospectId: 1, model: MODEL, latencyMs: 1, result: 'answered' },
      purpose: 'write',
      tokens: { input: 1, output: 1, cacheRead: 0, cacheWrite: 0 },
      cost: 190_000,
    };
    await store.settle([{ ...call, at: NOW - 5000, campaignId: 1 }], null, NOW);
    const campaign = (id: number) => ({ id, name: 'x', objective: null, voice: null, sender: null });
    expect((await build().write(request({ campaign: campaign(1) }))).writing.fallback).toBe(
      'budget_campaign',
    );
    expect((await build().write(request({ campaign: campaign(2) }))).writing.fallback).toBeNull();
    await store.settle([{ ...call, at: NOW, campaignId: 3 }], null, NOW);
    expect((await build().write(request({ campaign: campaign(4), language: 'en' }))).writing.fallback).toBe(
      'budget_day',
    );
  });

  it('is not passed by those who write at once', async () => {
    const { writer, calls, connection } = await aSpace({ budget: { tick: 200_000 }, rules: { latency: 20 } });
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        writer.write(request({ prospect: { id: index + 1, company: `Firme ${index}` } })),
      ),
    );
    expect(calls().length).toBeGreaterThan(0);
    expect(connection.prepare('select sum(cost) from model_call').pluck().get()).toBeLessThanOrEqual(200_000);
  });
});
