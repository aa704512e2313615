import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { prepareTexts } from '../../src/commands/prepare.ts';
import { aStep, HOUR, NOW } from '../builders.ts';
import { refused } from '../stand-ins/anthropic.ts';
import { TEMPLATES } from '../tick/providers.ts';
import { aSpace, badAnswer, calls, dueTomorrow, goodAnswer, TOMORROW } from './workspace.ts';

describe('hector prepare', () => {
  it('writes what will be due, so that the tick only sends', async () => {
    const space = await aSpace();
    dueTomorrow(space, 3);
    expect(await space.prepare()).toMatchObject({
      ...{ exitCode: 0, considered: 3, touches: 3, drafts: 0 },
      texts: { written: 3, kept: 0, template: 0 },
    });
    expect(space.rows('select * from message')).toEqual([]);
    expect(space.rows('select distinct next_at from enrolment')).toEqual([{ next_at: TOMORROW }]);
    expect(calls(space.claude)).toBe(3);
    space.setClock(TOMORROW);
    expect(await space.tick()).toMatchObject({
      sent: { email: 3 },
      texts: { claude: 3, kept: 3, template: 0, cost: 0 },
    });
    expect(calls(space.claude)).toBe(3);
  });

  it('leaves alone what is due later than it was asked for', async () => {
    const space = await aSpace();
    dueTomorrow(space, 2);
    expect(await space.prepare({ within: 20 })).toMatchObject({ considered: 0, touches: 0 });
    expect(calls(space.claude)).toBe(0);
  });

  it('writes nothing twice', async () => {
    const space = await aSpace();
    dueTomorrow(space, 2);
    await space.prepare();
    expect(await space.prepare()).toMatchObject({ texts: { written: 0, kept: 2 }, cost_usd: 0 });
    expect(calls(space.claude)).toBe(2);
  });

  it('costs what the ledger says, and estimates it before', async () => {
    const space = await aSpace();
    dueTomorrow(space, 2);
    const dry = await space.prepare({ dryRun: true });
    expect(dry).toMatchObject({ dry_run: true, texts: { wanted: 2, written: 0 } });
    expect(calls(space.claude)).toBe(0);
    expect(space.rows('select * from text_cache')).toEqual([]);
    const { cost_usd } = await space.prepare();
    const [{ cost }] = space.rows('select sum(cost) as cost from model_call') as [{ cost: number }];
    expect(cost_usd).toBe(cost / 1_000_000);
    expect(dry.estimate_usd).toBeGreaterThan(cost_usd / 3);
    expect(dry.estimate_usd).toBeLessThan(cost_usd * 6);
  });

  describe('with profiles by Claude', () => {
    const profile = JSON.stringify({ profile: null, confidence: 0, reason: '', evidence: '' });
    const withProfiles = () =>
      aSpace(
        { reply: (body) => (JSON.stringify(body).includes('<contact>') ? profile : goodAnswer(body)) },
        { more: 'disc: claude' },
      );
    const paid = (space: Awaited<ReturnType<typeof aSpace>>, where = '1'): number => {
      const [row] = space.rows(`select coalesce(sum(cost), 0) as cost from model_call where ${where}`);
      return (row as { cost: number }).cost;
    };

    it('asks for none in a dry run', async () => {
      const space = await withProfiles();
      dueTomorrow(space, 2);
      for (const options of [{ dryRun: true }, { dryRun: true, batch: true }])
        expect(await space.prepare(options)).toMatchObject({ texts: { wanted: 2 }, cost_usd: 0 });
      expect(space.claude.requests).toEqual([]);
    });

    it.each([{}, { batch: true }])('counts what they cost, with %j', async (options) => {
      const space = await withProfiles();
      dueTomorrow(space, 2);
      const { cost_usd } = await space.prepare(options);
      expect(paid(space, "purpose = 'disc'")).toBeGreaterThan(0);
      expect(Math.round(cost_usd * 1_000_000)).toBe(paid(space));
      expect((await space.prepare()).cost_usd).toBe(0);
    });

    it('counts them in the tick that asks for them, once', async () => {
      const space = await withProfiles();
      dueTomorrow(space, 2);
      space.setClock(TOMORROW);
      const { texts } = await space.tick();
      expect(texts.claude).toBe(2);
      expect(texts.cost).toBe(paid(space));
      expect(space.rows('select distinct prospect_id from model_call where prospect_id is null')).toEqual([]);
    });
  });

  it('keeps the texts as long as they may be of use', async () => {
    const space = await aSpace();
    dueTomorrow(space, 1);
    await space.prepare();
    const [row] = space.rows('select expires_at from text_cache') as [{ expires_at: number }];
    expect(row.expires_at).toBe(NOW + (30 + 3 * 24) * HOUR);
  });

  it.each([
    ['a fact of the person', "update prospect set title = 'Présidente'"],
    ['the objective of the campaign', "update campaign set objective = 'un rendez-vous'"],
    [
      'what the step asks for',
      `update scenario_version set body = replace(body, 'Une question simple.', 'Une autre question.')`,
    ],
  ])('has a text written anew where %s has changed meanwhile', async (_, change) => {
    const space = await aSpace();
    dueTomorrow(space, 1);
    await space.prepare();
    space.connection.exec(change);
    space.setClock(TOMORROW);
    // A scenario version is read once by each program.
    await space.freshTick();
    expect(space.rows("select state, json_extract(writing, '$.kept') as kept from message")).toEqual([
      { state: 'sent', kept: 0 },
    ]);
    expect(calls(space.claude)).toBe(2);
  });

  it('sends nothing to who has answered meanwhile', async () => {
    const space = await aSpace();
    const [id] = dueTomorrow(space, 1);
    await space.prepare();
    space.connection.exec(
      `update enrolment set status = 'replied', step = null, next_at = null where id = ${id}`,
    );
    space.setClock(TOMORROW);
    expect(await space.tick()).toMatchObject({ considered: 0, sent: {} });
  });

  it('leaves a condition that may still turn out otherwise to its time', async () => {
    const space = await aSpace();
    const steps = [
      aStep({ id: 'invitation', channel: 'linkedin', kind: 'invitation', template: 'default/message' }),
      aStep({ id: 'email-1', wait: '1d', when: { accepted: false, within: '1d' } }),
      aStep({ id: 'email-2', wait: '1d', kind: 'email' }),
    ];
    const ids = dueTomorrow(space, 2, { scenario: { steps }, templates: TEMPLATES });
    space.connection.exec(
      `update enrolment set step = 'email-1', anchor_at = ${NOW}, step_at = ${NOW} where id = ${ids[0]};
       update enrolment set step = 'email-2', anchor_at = ${NOW}, step_at = ${NOW} where id = ${ids[1]}`,
    );
    expect(await space.prepare()).toMatchObject({ undecided: 1, touches: 1, texts: { written: 1 } });
  });

  it('writes what a known fact has decided', async () => {
    const space = await aSpace();
    const steps = [aStep({ id: 'email-1', wait: '1d', when: { accepted: true, within: '3d' } })];
    const [id] = dueTomorrow(space, 1, { scenario: { steps }, templates: TEMPLATES });
    space.connection.exec(
      `update enrolment set anchor_at = ${NOW}, step_at = ${NOW} where id = ${id};
       insert into event (type, at, prospect_id) select 'accepted', ${NOW}, prospect_id from enrolment where id = ${id}`,
    );
    expect(await space.prepare()).toMatchObject({ undecided: 0, texts: { written: 1 } });
  });

  it('foresees one touch of a person who is in two campaigns', async () => {
    const space = await aSpace();
    const [one] = dueTomorrow(space, 1);
    const [two] = dueTomorrow(space, 1);
    space.connection.exec(
      `update enrolment set prospect_id = (select prospect_id from enrolment where id = ${one}) where id = ${two}`,
    );
    expect(await space.prepare()).toMatchObject({ considered: 2, touches: 1, texts: { written: 1 } });
  });

  it('stops at its limit, and at its budget', async () => {
    const space = await aSpace();
    dueTomorrow(space, 3);
    expect(await space.prepare({ limit: 2 })).toMatchObject({ limited: true, texts: { written: 2 } });
    const poor = await aSpace({}, { more: 'budget: { tick: 0 }' });
    dueTomorrow(poor, 2);
    expect(await poor.prepare()).toMatchObject({
      exitCode: 0,
      texts: { written: 0, template: 2, fallback: { budget_tick: 2 } },
    });
    expect(calls(poor.claude)).toBe(0);
  });

  it('says with exit code 3 that the key is refused, and the tick sends templates', async () => {
    const space = await aSpace();
    dueTomorrow(space, 2);
    for (let index = 0; index < 10; index += 1) space.claude.fail(refused(401, 'authentication_error'));
    expect(await space.prepare()).toMatchObject({ exitCode: 3, texts: { fallback: { bad_key: 2 } } });
  });

  it('ends after what is under way when somebody presses Ctrl-C, and loses nothing', async () => {
    const space = await aSpace({
      reply: (body) => {
        process.emit('SIGINT');
        return goodAnswer(body);
      },
    });
    dueTomorrow(space, 20);
    const { exitCode, interrupted, texts } = await space.prepare();
    expect([exitCode, interrupted]).toEqual([130, true]);
    expect(texts.written).toBeLessThan(10);
    expect(space.rows('select count(*) as n from text_cache')).toEqual([{ n: texts.written }]);
  });

  it('asks for no batch after Ctrl-C', async () => {
    const space = await aSpace();
    dueTomorrow(space, 2);
    const run = space.program();
    const { claudeParts } = run.context;
    run.context.claudeParts = async () => {
      const parts = await claudeParts.call(run.context);
      if (!parts) return null;
      return {
        ...parts,
        voiceOf: async (request) => {
          process.emit('SIGINT');
          return parts.voiceOf(request);
        },
      };
    };
    const asked = { within: 30, campaign: undefined, batch: true, limit: null, dryRun: false };
    await prepareTexts(run.context, asked);
    expect(JSON.parse(run.stdout())).toMatchObject({ interrupted: true, submitted: null });
    expect(space.claude.requests).toEqual([]);
  });

  it('says it in a few lines on a terminal', async () => {
    const space = await aSpace();
    dueTomorrow(space, 2);
    const asked = { within: 30, campaign: undefined, batch: true, limit: null, dryRun: false };
    const dry = space.program({ json: false, columns: 80 });
    await prepareTexts(dry.context, { ...asked, dryRun: true });
    expect(dry.stdout()).toMatch(/2 people\nTo be asked of Claude: 2 texts, about \$0\.0\d{3}\n/);
    const piped = space.program({ json: false });
    await prepareTexts(piped.context, { ...asked, dryRun: true });
    expect(piped.stdout()).toMatch(/^Due within 30 hours\t2 people\nTo be asked of Claude\t2 texts, about /);
    const run = space.program({ json: false, columns: 80 });
    await prepareTexts(run.context, asked);
    expect(run.stdout()).toMatch(
      /Asked for in 1 batch: 2 texts, about \$0\.0\d{3}; a later tick fetches them/,
    );
  });

  it('says with exit code 3 that the voice cannot be used', async () => {
    const space = await aSpace();
    dueTomorrow(space, 1);
    space.connection.exec("update campaign set voice = 'nowhere.yaml'");
    for (const options of [{ dryRun: true }, { batch: true }, {}])
      expect(await space.prepare(options)).toMatchObject({ exitCode: 3, texts: { fallback: { voice: 1 } } });
    expect(space.claude.requests).toEqual([]);
  });

  it('writes nothing for a channel that must be mended first', async () => {
    const space = await aSpace();
    dueTomorrow(space, 1);
    space.connection.exec(`update campaign set channels = '["email","sms","linkedin"]'`);
    writeFileSync(
      join(space.folder, 'hector.yaml'),
      'ai: { requests_per_second: 1000 }\nemail: { provider: outbox }\n',
    );
    expect(await space.prepare()).toMatchObject({ touches: 0 });
    expect(space.claude.requests).toEqual([]);
  });

  it('has nothing to do for templates alone', async () => {
    const space = await aSpace({}, { claude: false });
    dueTomorrow(space, 2);
    expect(await space.prepare()).toMatchObject({
      exitCode: 0,
      texts: { template: 2, written: 0 },
      drafts: 0,
    });
    expect(space.rows('select * from message')).toEqual([]);
  });

  it('refuses to ask for a batch that nobody can answer, and to write what nothing can keep', async () => {
    const without = await aSpace({}, { claude: false });
    await expect(without.prepare({ batch: true })).rejects.toThrow('ANTHROPIC_API_KEY is not set');
    const forgetful = await aSpace({}, { more: 'cache: { entries: 0 }' });
    await expect(forgetful.prepare()).rejects.toThrow('ai.cache.entries is 0');
  });
});

describe('texts that a person must approve', () => {
  it('wait for it before they are due, and their people keep their dates', async () => {
    const space = await aSpace();
    dueTomorrow(space, 2, { approval: 'all' });
    expect(await space.prepare()).toMatchObject({ drafts: 2, texts: { written: 2 } });
    expect(space.rows('select state, source from message')).toEqual([
      { state: 'awaiting_approval', source: 'claude' },
      { state: 'awaiting_approval', source: 'claude' },
    ]);
    expect(space.rows('select distinct next_at, hold from enrolment')).toEqual([
      { next_at: TOMORROW, hold: null },
    ]);
    expect(await space.prepare()).toMatchObject({ drafts: 0, touches: 0 });
    expect(calls(space.claude)).toBe(2);
  });

  it('go out on their day where they were approved, and wait on where not', async () => {
    const space = await aSpace();
    const [first, second] = dueTomorrow(space, 2, { approval: 'all' });
    await space.prepare();
    space.connection.exec(`update message set state = 'ready' where enrolment_id = ${first}`);
    expect(await space.tick()).toMatchObject({ considered: 0 });
    space.setClock(TOMORROW);
    expect(await space.tick()).toMatchObject({ sent: { email: 1 }, held: { approval: 1 } });
    expect(space.rows(`select hold, next_at from enrolment where id = ${second}`)).toEqual([
      { hold: 'approval', next_at: null },
    ]);
    expect(calls(space.claude)).toBe(2);
  });

  it('keep nobody waiting for ever who is approved while a tick plans', async () => {
    const space = await aSpace();
    dueTomorrow(space, 1, { approval: 'all' });
    await space.prepare();
    space.setClock(TOMORROW);
    const store = await space.context.stores.ticks();
    const apply: typeof store.apply = async (...given) => {
      space.connection.exec("update message set state = 'ready'");
      return store.apply(...given);
    };
    expect((await space.tick({ store: { ...store, apply } })).sent).toEqual({});
    expect(await space.tick()).toMatchObject({ sent: { email: 1 } });
  });

  it('are written anew, and wait again, where a fact has changed since they were approved', async () => {
    const space = await aSpace();
    dueTomorrow(space, 1, { approval: 'all' });
    await space.prepare();
    space.connection.exec("update message set state = 'ready'; update prospect set title = 'Présidente'");
    space.setClock(TOMORROW);
    expect(await space.tick()).toMatchObject({ sent: {}, texts: { awaiting_approval: 1, kept: 0 } });
  });

  it('are prepared by templates where there is no key', async () => {
    const space = await aSpace({}, { claude: false });
    dueTomorrow(space, 2, { approval: 'all' });
    expect(await space.prepare()).toMatchObject({ drafts: 2, texts: { template: 2 } });
  });

  it('are only those by Claude, where the campaign says so', async () => {
    const space = await aSpace({}, { claude: false });
    dueTomorrow(space, 1, { approval: 'ai' });
    expect(await space.prepare()).toMatchObject({ drafts: 0 });
    expect(space.rows('select * from message')).toEqual([]);
  });

  it('are not stored for who has moved on while they were written', async () => {
    const space = await aSpace({
      reply: (body) => {
        space.connection.exec(`update enrolment set next_at = ${TOMORROW + HOUR}`);
        return goodAnswer(body);
      },
    });
    dueTomorrow(space, 1, { approval: 'all' });
    expect(await space.prepare()).toMatchObject({ drafts: 0, texts: { written: 1 } });
    expect(space.rows('select * from message')).toEqual([]);
  });

  it('wait alone: what stands beside them is written when they go out', async () => {
    const space = await aSpace({
      reply: (body) => (JSON.stringify(body).includes('by linkedin') ? badAnswer : goodAnswer(body)),
    });
    const steps = [aStep({ id: 'email-1', also: ['linkedin'] })];
    dueTomorrow(space, 1, { approval: 'ai', scenario: { steps }, templates: TEMPLATES });
    expect(await space.prepare()).toMatchObject({ drafts: 1 });
    expect(space.rows('select channel, state from message')).toEqual([
      { channel: 'email', state: 'awaiting_approval' },
    ]);
    space.setClock(TOMORROW);
    expect(await space.tick()).toMatchObject({ held: { approval: 1 }, tasks: 0 });
    space.connection.exec(
      `update message set state = 'ready'; update enrolment set hold = null, next_at = ${TOMORROW}`,
    );
    expect(await space.tick()).toMatchObject({ sent: { email: 1 }, tasks: 1 });
  });

  it('wait for their time where what stands beside them is all that must be approved', async () => {
    // The guard refuses the e-mail, and a template steps in for it.
    const note = 'Bonjour Claire,\n\nQuand une mission sort de l’ordinaire, la confiez-vous à vos équipes ?';
    const space = await aSpace({
      reply: (body) =>
        JSON.stringify(body).includes('by linkedin')
          ? JSON.stringify({ subject: null, body: note, claims: [] })
          : badAnswer,
    });
    const steps = [aStep({ also: ['linkedin'] })];
    dueTomorrow(space, 1, { approval: 'ai', scenario: { steps }, templates: TEMPLATES });
    expect(await space.prepare()).toMatchObject({ drafts: 0, texts: { written: 1, template: 1 } });
    expect(space.rows('select * from message')).toEqual([]);
  });

  it('wait for their time where a step before them is only expected to be passed over', async () => {
    const space = await aSpace();
    const steps = [aStep({ id: 'sms-1', channel: 'sms', kind: 'sms' }), aStep({ id: 'email-1' })];
    dueTomorrow(space, 1, { approval: 'all', scenario: { steps }, templates: TEMPLATES });
    space.connection.exec('update prospect set mobile = null');
    expect(await space.prepare()).toMatchObject({ drafts: 0, texts: { written: 1 } });
    space.connection.exec("update prospect set mobile = '+33612345678'");
    space.setClock(TOMORROW);
    expect(await space.tick()).toMatchObject({ held: {}, texts: { awaiting_approval: 1 } });
    expect(space.rows('select step from message')).toEqual([{ step: 'sms-1' }]);
  });
});
