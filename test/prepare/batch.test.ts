import { describe, expect, it } from 'vitest';
import { submit } from '../../src/ai/batch/submit.ts';
import { createBudget } from '../../src/ai/budget.ts';
import { aRequest } from '../ai/request.ts';
import { DAY, HOUR, NOW } from '../builders.ts';
import { refused } from '../stand-ins/anthropic.ts';
import { refusing } from '../stand-ins/anthropic-message.ts';
import { aSpace, badAnswer, calls, dueTomorrow, goodAnswer, type Space, TOMORROW } from './workspace.ts';

const batch = { batch: true };

const requests = (space: Space) =>
  space.rows('select result, count(*) as n from text_batch_request group by result order by result');
const states = (space: Space) =>
  space.rows('select status from text_batch').map((row) => (row as { status: string }).status);
const looks = (space: Space): number =>
  space.claude.requests.filter(({ method, path }) => method === 'GET' && path.includes('/batches/')).length;

describe('hector prepare --batch', () => {
  it('asks for all at once, at half the price, and a tick fetches them in whatever order they come', async () => {
    const space = await aSpace();
    dueTomorrow(space, 4);
    expect(await space.prepare(batch)).toMatchObject({
      exitCode: 0,
      cost_usd: 0,
      submitted: { batches: 1, texts: 4, problem: null },
    });
    space.claude.endBatches();
    space.setClock(NOW + HOUR);
    const collecting = await space.tick();
    expect(collecting).toMatchObject({ considered: 0, texts: { collected: 4 } });
    const [paid] = space.rows("select sum(cost) as cost from model_call where purpose = 'batch'") as [
      { cost: number },
    ];
    expect(collecting.texts.cost).toBe(paid.cost);
    space.setClock(TOMORROW);
    expect(await space.tick()).toMatchObject({ sent: { email: 4 }, texts: { kept: 4, cost: 0 } });
    for (const { email } of space.mail.accepted) expect(String(email.text)).toMatch(/^Bonjour Claire,/);
    expect(calls(space.claude)).toBe(0);
    expect([states(space), requests(space)]).toEqual([['collected'], [{ result: 'answered', n: 4 }]]);
  });

  it('is worth half of what the same texts cost one by one', async () => {
    const one = await aSpace();
    dueTomorrow(one, 1);
    const { cost_usd } = await one.prepare();
    const two = await aSpace();
    dueTomorrow(two, 1);
    await two.prepare(batch);
    two.claude.endBatches();
    const { collected } = await two.prepare();
    expect(collected.cost_usd).toBeCloseTo(cost_usd / 2, 5);
  });

  it('names nobody in the ids that it gives', async () => {
    const space = await aSpace();
    dueTomorrow(space, 1);
    await space.prepare(batch);
    const [submitted] = space.claude.requests.filter(({ path }) => path === '/v1/messages/batches');
    expect(JSON.parse(submitted?.body ?? '').requests[0].custom_id).toMatch(/^b\d+-[0-9a-f]{40}$/);
  });

  it('asks for nothing that is under way, or kept, or has no key of its own', async () => {
    const space = await aSpace();
    dueTomorrow(space, 2);
    await space.prepare(batch);
    expect(await space.prepare(batch)).toMatchObject({ submitted: null, texts: { asked: 2 } });
    expect(await space.prepare()).toMatchObject({ texts: { asked: 2, written: 0 } });
    space.claude.endBatches();
    expect(await space.prepare(batch)).toMatchObject({
      collected: { batches: 1, answered: 2 },
      submitted: null,
      texts: { kept: 2 },
    });
    expect(calls(space.claude)).toBe(0);
  });

  it('does not keep a tick from writing what is due now', async () => {
    const space = await aSpace();
    dueTomorrow(space, 1);
    await space.prepare(batch);
    space.setClock(TOMORROW - HOUR);
    space.connection.exec(`update enrolment set next_at = ${TOMORROW - HOUR}, anchor_at = ${NOW}`);
    expect(await space.tick()).toMatchObject({ sent: { email: 1 }, texts: { claude: 1, kept: 0 } });
    space.claude.endBatches();
    await space.tick();
    expect(space.rows('select count(*) as n from message')).toEqual([{ n: 1 }]);
  });

  it('leaves an answer as it is that somebody has had meanwhile', async () => {
    const space = await aSpace();
    dueTomorrow(space, 1);
    await space.prepare(batch);
    space.connection.exec(
      `insert into text_cache (key, prospect_id, answer, created_at, expires_at)
       select key, prospect_id, '{"kept":true}', ${NOW}, ${NOW + HOUR} from text_batch_request`,
    );
    space.claude.endBatches();
    await space.tick();
    expect(space.rows('select answer, expires_at > created_at + 86400000 as longer from text_cache')).toEqual(
      [{ answer: '{"kept":true}', longer: 1 }],
    );
  });

  it('looks once at each batch in a tick, and not at all when none is under way', async () => {
    const space = await aSpace();
    dueTomorrow(space, 1);
    await space.tick();
    expect(looks(space)).toBe(0);
    expect(await space.context.textCollector().collect(async () => true)).toBeNull();
    await space.prepare(batch);
    await space.tick();
    await space.tick();
    expect(looks(space)).toBe(2);
    space.claude.endBatches();
    await space.tick();
    const after = looks(space);
    await space.tick();
    expect([after, looks(space)]).toEqual([4, 4]);
  });

  it('leaves what has expired, failed or was cut off to its time, and pays for none that was not written', async () => {
    let count = 0;
    const space = await aSpace({
      ending: () => (['errored', 'expired', 'canceled', 'succeeded'] as const)[count++ % 4] ?? 'succeeded',
    });
    dueTomorrow(space, 4);
    await space.prepare(batch);
    space.claude.endBatches();
    expect(await space.prepare({ dryRun: true })).toMatchObject({ collected: null, texts: { asked: 4 } });
    await space.tick();
    expect(requests(space)).toEqual([
      { result: 'answered', n: 1 },
      { result: 'canceled', n: 1 },
      { result: 'errored', n: 1 },
      { result: 'expired', n: 1 },
    ]);
    expect(space.rows('select count(*) as n from model_call')).toEqual([{ n: 1 }]);
    space.setClock(TOMORROW);
    expect(await space.tick()).toMatchObject({ sent: { email: 4 }, texts: { claude: 4, kept: 1 } });
    expect(calls(space.claude)).toBe(3);
  });

  it('keeps that Claude would not write it, and lets a template do it', async () => {
    const space = await aSpace({ reply: () => refusing() });
    dueTomorrow(space, 1);
    await space.prepare(batch);
    space.claude.endBatches();
    space.setClock(TOMORROW);
    expect(await space.tick()).toMatchObject({
      sent: { email: 1 },
      texts: { template: 1, fallback: { refused: 1 } },
    });
    expect(calls(space.claude)).toBe(0);
    expect(space.rows('select purpose, result from model_call')).toEqual([
      { purpose: 'batch', result: 'refused' },
    ]);
  });

  it('has the one repair made for an answer that the guard refuses', async () => {
    let answers = 0;
    const space = await aSpace({ reply: (body) => (answers++ === 0 ? badAnswer : goodAnswer(body)) });
    dueTomorrow(space, 1);
    await space.prepare(batch);
    space.claude.endBatches();
    space.setClock(TOMORROW);
    expect(await space.tick()).toMatchObject({ sent: { email: 1 }, texts: { claude: 1, template: 0 } });
    expect(space.rows('select purpose from model_call order by id')).toEqual([
      { purpose: 'batch' },
      { purpose: 'repair' },
    ]);
    expect(String(space.mail.accepted[0]?.email.text)).not.toContain('[Prénom]');
  });

  it('gives drafts to approve with the run after its answers have come', async () => {
    const space = await aSpace();
    dueTomorrow(space, 2, { approval: 'all' });
    expect(await space.prepare(batch)).toMatchObject({ drafts: 0, submitted: { texts: 2 } });
    space.claude.endBatches();
    await space.tick();
    expect(await space.prepare(batch)).toMatchObject({ drafts: 2, submitted: null, texts: { kept: 2 } });
    expect(calls(space.claude)).toBe(0);
  });

  it('sets aside what it will cost, in every budget, until it is paid', async () => {
    const space = await aSpace();
    dueTomorrow(space, 2);
    const { submitted } = await space.prepare(batch);
    const spent = async () => (await space.program().context.stores.generations()).spent(NOW, null);
    const [{ most }] = space.rows('select sum(estimate) as most from text_batch_request') as [
      { most: number },
    ];
    expect(await spent()).toBe(most);
    expect(most).toBeGreaterThan(submitted.estimate_usd * 1_000_000);
    space.claude.endBatches();
    const { collected } = await space.prepare();
    expect(await spent()).toBe(Math.round(collected.cost_usd * 1_000_000));
  });

  it('asks for no more than the budget has room for', async () => {
    const space = await aSpace({}, { more: 'budget: { day: 0.03 }' });
    dueTomorrow(space, 4);
    const { submitted } = await space.prepare(batch);
    expect([submitted.texts, submitted.left.budget_day]).toEqual([2, 2]);
    expect(await space.prepare(batch)).toMatchObject({ submitted: { texts: 0 } });
  });

  it('passes no budget even if each of its answers is as long as it may be', async () => {
    const body = 'x'.repeat(7900);
    const space = await aSpace(
      { reply: () => JSON.stringify({ subject: 'Vos missions', body, claims: [] }) },
      { more: 'budget: { day: 0.03 }' },
    );
    dueTomorrow(space, 4);
    await space.prepare(batch);
    space.claude.endBatches();
    await space.tick();
    const [{ cost, n }] = space.rows('select sum(cost) as cost, count(*) as n from model_call') as [
      { cost: number; n: number },
    ];
    expect(n).toBe(2);
    expect(cost).toBeGreaterThan(20_000);
    expect(cost).toBeLessThanOrEqual(30_000);
  });

  it('gives a budget back what Claude has not taken', async () => {
    const space = await aSpace({}, { more: 'budget: { day: 0.03, tick: 0.03 }' });
    dueTomorrow(space, 2);
    const parts = await space.context.claudeParts();
    if (!parts) throw new Error('no key');
    space.claude.fail(refused(400, 'invalid_request_error', 'Not today.'));
    const batches = await space.context.stores.batches();
    const texts = [1, 2].map((id) => ({
      request: aRequest({ prospect: { id, title: `Rôle ${id}` } }),
      keepUntil: 1,
    }));
    expect(await submit(texts, { ...parts, batches })).toMatchObject({ texts: 0 });
    expect(await submit(texts, { ...parts, batches })).toMatchObject({ texts: 2, left: {} });
    expect(await submit([{ request: aRequest(), keepUntil: 1 }], { ...parts, batches })).toMatchObject({
      texts: 0,
      left: { budget_tick: 1 },
    });
  });

  it('asks for each text once, whoever asks at the same moment', async () => {
    const space = await aSpace();
    dueTomorrow(space, 3);
    const runs = await Promise.all([space.prepare(batch), space.prepare(batch)]);
    expect(runs.map(({ submitted }) => submitted?.texts ?? 0).sort()).toEqual([0, 3]);
    const submitted = space.claude.requests.filter(({ method }) => method === 'POST');
    expect(submitted.map(({ body }) => JSON.parse(body).requests.length)).toEqual([3]);
  });

  it('asks once for two texts that are the same', async () => {
    const space = await aSpace();
    dueTomorrow(space, 2);
    // The same facts, and so the same question.
    space.connection.exec(
      "update prospect set company = 'Nexa', email = null, mobile = null, linkedin = null",
    );
    space.connection.exec("update prospect set email = 'a' || id || '@nexa.example'");
    expect(await space.prepare(batch)).toMatchObject({ submitted: { texts: 1 } });
    space.claude.endBatches();
    space.setClock(TOMORROW);
    expect(await space.tick()).toMatchObject({ sent: { email: 2 }, texts: { kept: 2 } });
    expect(calls(space.claude)).toBe(0);
  });

  it('forgets the texts of what was over a month ago, and keeps the counts', async () => {
    const space = await aSpace();
    dueTomorrow(space, 1);
    await space.prepare(batch);
    space.claude.endBatches();
    await space.prepare();
    space.connection.exec(`update text_batch set collected_at = ${NOW - 31 * DAY}; delete from text_cache`);
    await space.prepare(batch);
    expect(space.rows('select batch_id from text_batch_request')).toEqual([{ batch_id: 2 }]);
    expect(space.rows('select counts from text_batch where id = 1')).toEqual([{ counts: '{"answered":1}' }]);
  });
});

it('what a batch sets aside counts once, whenever the ledger is read', async () => {
  const space = await aSpace();
  dueTomorrow(space, 2);
  const parts = await space.context.claudeParts();
  if (!parts) throw new Error('no key');
  const time = { now: 0 };
  const limits = { tick: null, day: 60_000, campaign: null };
  const budget = createBudget(
    limits,
    await space.context.stores.generations(),
    () => NOW,
    () => time.now,
  );
  const batches = await space.context.stores.batches();
  for (const ids of [
    [1, 2],
    [3, 4],
  ]) {
    const texts = ids.map((id) => ({
      request: aRequest({ prospect: { id, title: `Rôle ${id}` } }),
      keepUntil: 1,
    }));
    expect(await submit(texts, { ...parts, budget, batches })).toMatchObject({ texts: 2, left: {} });
    time.now += 1000;
  }
});

describe('a batch in trouble', () => {
  it('is as if it had never been when Claude does not take it', async () => {
    const space = await aSpace();
    dueTomorrow(space, 2);
    space.claude.fail(refused(400, 'invalid_request_error', 'Not today.'));
    expect(await space.prepare(batch)).toMatchObject({
      exitCode: 3,
      submitted: { texts: 0, problem: { uncertain: false } },
    });
    expect([states(space), requests(space)]).toEqual([[], []]);
    expect(await space.prepare(batch)).toMatchObject({ exitCode: 0, submitted: { texts: 2 } });
  });

  it('is not asked for again in a day when nobody knows whether it was taken; what is due is written', async () => {
    const space = await aSpace();
    dueTomorrow(space, 2);
    space.claude.fail({ fault: 'reset', when: 'after' });
    expect(await space.prepare(batch)).toMatchObject({ submitted: { problem: { uncertain: true } } });
    expect(states(space)).toEqual(['submitting']);
    expect(await space.prepare(batch)).toMatchObject({ texts: { asked: 2 }, submitted: null });
    space.setClock(TOMORROW);
    expect(await space.tick()).toMatchObject({ sent: { email: 2 }, texts: { claude: 2, kept: 0 } });
    space.setClock(TOMORROW + HOUR);
    await space.tick();
    expect([states(space), requests(space)]).toEqual([['lost'], [{ result: 'lost', n: 2 }]]);
    expect(space.rows("select * from model_call where purpose = 'batch'")).toEqual([]);
  });

  it('is left alone where the program died before it could note its name', async () => {
    const space = await aSpace();
    dueTomorrow(space, 1);
    await space.prepare(batch);
    // As a program leaves it that died between the answer and the note.
    space.connection.exec("update text_batch set provider_id = null, status = 'submitting'");
    expect(await space.prepare(batch)).toMatchObject({ collected: { open: 1 }, texts: { asked: 1 } });
    expect(space.claude.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it('is read again where its results broke off, and paid for once', async () => {
    const space = await aSpace();
    dueTomorrow(space, 4);
    await space.prepare(batch);
    space.claude.endBatches();
    space.claude.fail(null, { fault: 'cut' });
    const first = await space.tick();
    expect(first.texts.collected).toBeGreaterThan(0);
    expect(first.texts.collected).toBeLessThan(4);
    expect(states(space)).toEqual(['submitted']);
    expect((await space.tick()).texts.collected).toBe(4 - first.texts.collected);
    expect(space.rows('select count(*) as n from model_call')).toEqual([{ n: 4 }]);
    expect(states(space)).toEqual(['collected']);
  });

  it('leaves out a line that cannot be read: its text is written at its time', async () => {
    const space = await aSpace();
    dueTomorrow(space, 2);
    await space.prepare(batch);
    space.claude.endBatches();
    const [line] = (await resultsOf(space)).split('\n');
    space.claude.fail(null, { fault: 'answer', status: 200, body: `${line}\n{"custom_id":"b1-` });
    await space.tick();
    expect(requests(space)).toEqual([
      { result: 'answered', n: 1 },
      { result: 'no_result', n: 1 },
    ]);
    space.setClock(TOMORROW);
    expect(await space.tick()).toMatchObject({ sent: { email: 2 }, texts: { claude: 2, kept: 1 } });
  });

  it('takes no answer that it has not asked for, and each but once', async () => {
    const space = await aSpace();
    dueTomorrow(space, 1);
    await space.prepare(batch);
    space.claude.endBatches();
    const [line = ''] = (await resultsOf(space)).split('\n');
    const strange = line.replace(/b1-[0-9a-f]+/, 'b1-ffff');
    space.claude.fail(null, { fault: 'answer', status: 200, body: [strange, line, line, ''].join('\n') });
    expect((await space.tick()).texts.collected).toBe(1);
    expect(space.rows('select count(*) as n from model_call')).toEqual([{ n: 1 }]);
    expect(space.rows('select count(*) as n from text_cache')).toEqual([{ n: 1 }]);
  });

  it('is fetched when Claude can be reached again, however late, and paid for once', async () => {
    const space = await aSpace();
    const [id] = dueTomorrow(space, 1);
    await space.prepare(batch);
    space.connection.exec(`update enrolment set status = 'paused' where id = ${id}`);
    space.claude.endBatches();
    space.setClock(NOW + 10 * DAY);
    space.claude.fail(refused(500, 'api_error'));
    await space.tick();
    expect(states(space)).toEqual(['submitted']);
    expect(await space.tick()).toMatchObject({ texts: { collected: 1 } });
    expect(space.rows('select result from model_call')).toEqual([{ result: 'answered' }]);
  });

  it('stays in the ledger at its estimate when it is lost', async () => {
    const space = await aSpace();
    dueTomorrow(space, 2);
    await space.prepare(batch);
    const spent = async () => (await space.program().context.stores.generations()).spent(NOW, 1);
    const before = await spent();
    space.connection.exec("update text_batch set provider_id = 'msgbatch_unknown'");
    space.setClock(NOW + HOUR);
    await space.tick();
    expect(space.rows('select distinct purpose, result, at, campaign_id from model_call')).toEqual([
      { purpose: 'batch', result: 'lost', at: NOW, campaign_id: 1 },
    ]);
    expect(await spent()).toBe(before);
  });

  it('is paid for, and kept of nobody, where its person was removed meanwhile', async () => {
    const space = await aSpace();
    dueTomorrow(space, 2);
    await space.prepare(batch);
    await (await space.context.stores.people()).remove(1);
    expect(space.rows('select prospect_id from text_batch_request order by 1')).toEqual([
      { prospect_id: 0 },
      { prospect_id: 2 },
    ]);
    space.claude.endBatches();
    await space.tick();
    expect(space.rows('select prospect_id from model_call order by 1')).toEqual([
      { prospect_id: null },
      { prospect_id: 2 },
    ]);
    expect(space.rows('select prospect_id from text_cache')).toEqual([{ prospect_id: 2 }]);
  });

  it('is lost when Claude does not know it any more', async () => {
    const space = await aSpace();
    dueTomorrow(space, 1);
    await space.prepare(batch);
    space.connection.exec("update text_batch set provider_id = 'msgbatch_unknown'");
    expect(await space.prepare(batch)).toMatchObject({ collected: { lost: 1 }, submitted: { texts: 1 } });
  });

  it('is lost when its results are kept no more and nothing has been told of it', async () => {
    const space = await aSpace();
    const [id] = dueTomorrow(space, 1);
    await space.prepare(batch);
    space.connection.exec(`update enrolment set status = 'paused' where id = ${id}`);
    space.setClock(NOW + 29 * DAY - HOUR);
    space.claude.fail(refused(500, 'api_error'));
    await space.tick();
    expect(states(space)).toEqual(['submitted']);
    space.setClock(NOW + 29 * DAY + HOUR);
    space.claude.fail(refused(500, 'api_error'));
    await space.tick();
    expect(states(space)).toEqual(['lost']);
  });
});

async function resultsOf(space: Space): Promise<string> {
  const [row] = space.rows('select provider_id as id from text_batch') as [{ id: string }];
  const answer = await fetch(`${space.claude.url}/v1/messages/batches/${row.id}/results`, {
    headers: { authorization: 'Bearer sk-ant-test-0123456789abcdef', 'anthropic-version': '2026-10-21' },
  });
  return answer.text();
}
