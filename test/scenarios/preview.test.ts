import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import { type PreviewOptions, previewScenario } from '../../src/commands/scenario/preview.ts';
import { Context } from '../../src/context.ts';
import { createIo } from '../../src/io.ts';
import { aProspect, aSuppression } from '../builders.ts';
import { aSpace, badAnswer, calls, goodAnswer, type Space } from '../prepare/workspace.ts';

const BUILT_IN = [
  ['connexion-douce', 5],
  ['relance-douce', 5],
  ['relance-agressive', 5],
  ['nurturing-long-terme', 5],
  ['approche-premium', 5],
] as const;

interface Step {
  step: string;
  channel: string;
  text: string | null;
  source: string | null;
  unreachable: string | null;
  cost_usd: number;
  facts: { id: string; value: string }[];
  findings: { answer: number; rule: string }[];
}

const usual: PreviewOptions = {
  scenario: 'connexion-douce',
  prospect: 'sample',
  step: null,
  ai: false,
  channel: undefined,
  language: undefined,
};

async function preview(space: Space, options: Partial<PreviewOptions> = {}) {
  const run = space.program();
  await previewScenario(run.context, { ...usual, ...options });
  const shown: { prospect: { name: string }; blacklisted_by: unknown; steps: Step[] } = JSON.parse(
    run.stdout(),
  );
  return { ...shown, stdout: run.stdout };
}

describe('hector scenario preview', () => {
  it.each(BUILT_IN)('shows every text of %s, by template', async (scenario, steps) => {
    const space = await aSpace();
    const shown = await preview(space, { scenario });
    expect(new Set(shown.steps.map(({ step }) => step)).size).toBe(steps);
    for (const { text, source, cost_usd } of shown.steps) {
      expect(text).toMatch(/\S{3}/);
      expect([source, cost_usd]).toEqual([expect.stringContaining('template'), 0]);
    }
    expect(space.claude.requests).toEqual([]);
  });

  it.each(BUILT_IN)('has every text of %s asked of Claude with --ai', async (scenario) => {
    const space = await aSpace();
    const shown = await preview(space, { scenario, ai: true });
    expect(calls(space.claude)).toBeGreaterThanOrEqual(shown.steps.length);
    for (const { text, facts } of shown.steps) {
      expect(text).toMatch(/\S{3}/);
      expect(facts.map(({ id }) => id)).toContain('sender.name');
    }
  });

  it('writes nothing but what Claude has answered and what it cost, and pays once', async () => {
    const space = await aSpace();
    const first = await preview(space, { step: 'email-question', ai: true });
    expect(first.steps[0]?.cost_usd).toBeGreaterThan(0);
    const again = await preview(space, { step: 'email-question', ai: true });
    expect(again.steps).toMatchObject([{ source: 'claude', kept: true, cost_usd: 0 }]);
    for (const table of ['message', 'enrolment', 'campaign', 'event', 'prospect'])
      expect(space.rows(`select * from ${table}`)).toEqual([]);
    expect(space.rows('select prospect_id, campaign_id from model_call')).toEqual([
      { prospect_id: 0, campaign_id: null },
    ]);
  });

  it('tells Claude of the steps before, as if they had been sent', async () => {
    const space = await aSpace();
    const { steps } = await preview(space);
    const second = steps[1];
    await preview(space, { step: second?.step ?? '', ai: true });
    const asked = JSON.stringify(space.claude.messages[0]?.request);
    expect(asked).toContain(JSON.stringify(steps[0]?.text ?? 'x').slice(1, 30));
    expect(calls(space.claude)).toBe(1);
  });

  it('shows what the guard said of the first answer, and of the repair', async () => {
    const one = await aSpace();
    one.claude.say(badAnswer);
    const repaired = await preview(one, { step: 'email-question', ai: true });
    expect(repaired.steps[0]).toMatchObject({ source: 'claude', repaired: true });
    expect(repaired.steps[0]?.findings).toContainEqual(
      expect.objectContaining({ answer: 1, rule: 'placeholder' }),
    );
    const two = await aSpace({ reply: () => badAnswer });
    const refused = await preview(two, { step: 'email-question', ai: true });
    expect(refused.steps[0]).toMatchObject({ source: 'template', fallback: 'guard' });
    expect(new Set(refused.steps[0]?.findings.map(({ answer }) => answer))).toEqual(new Set([1, 2]));
  });

  it('shows a person of the workspace, and says who may not or cannot be reached', async () => {
    const space = await aSpace();
    aProspect(space.connection, {
      first_name: 'Claire',
      last_name: 'Durand',
      email: null,
      mobile: null,
      linkedin: null,
    });
    aSuppression(space.connection, 'siren', '732829320');
    space.connection.exec("update prospect set siren = '732829320'");
    const shown = await preview(space, { prospect: 'Claire Durand', step: 'email-question' });
    expect(shown).toMatchObject({
      prospect: { name: 'Claire Durand' },
      blacklisted_by: { kind: 'siren', value: '732829320' },
      steps: [{ unreachable: 'no_address', channel: 'email', text: expect.stringContaining('Claire') }],
    });
  });

  it('writes as if a text went by another channel, and counts the parts of an SMS', async () => {
    const space = await aSpace();
    const shown = await preview(space, { step: 'email-question', channel: 'sms' });
    expect(shown.steps).toMatchObject([{ channel: 'sms', kind: 'sms', segments: 1 }]);
  });

  it('shows the texts of the other language', async () => {
    const space = await aSpace();
    const { steps } = await preview(space, { language: 'en', step: 'email-question' });
    expect(steps[0]?.text).toMatch(/^(Hello|Hi|Dear)/);
  });

  it.each<[Partial<PreviewOptions>, string]>([
    [{ step: 'nothing' }, 'connexion-douce has no step "nothing", it has: '],
    [{ channel: 'fax' }, 'unknown channel "fax"'],
    [{ prospect: 'Nemo' }, 'there are no prospects yet'],
  ])('refuses %j', async (options, message) => {
    const space = await aSpace();
    await expect(preview(space, options)).rejects.toThrow(message);
  });

  it('needs a key for --ai', async () => {
    const space = await aSpace({}, { claude: false });
    await expect(preview(space, { ai: true })).rejects.toThrow('ANTHROPIC_API_KEY is not set');
  });

  it('says it all on a terminal, without an escape sequence of anybody', async () => {
    const space = await aSpace();
    space.claude.say(badAnswer, goodAnswer);
    aProspect(space.connection, { first_name: 'Claire', company: 'Rouge\u001b[31m' });
    const run = space.program({ json: false, columns: 100 });
    await previewScenario(run.context, { ...usual, prospect: '1', step: 'email-question', ai: true });
    expect(run.stdout()).toMatch(
      /By Claude \(claude-sonnet-5-5\), voice .*,\s+\d+ characters,\s+\$0\.\d{4}/s,
    );
    expect(run.stdout()).toContain('The guard refused the first answer');
    expect(run.stdout()).not.toContain('\u001b[31m');
    expect(run.stderr()).toMatch(/Paid for this preview: \$0\.\d{4}/);
  });
});

describe('outside any workspace', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hector-nowhere-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('the sample person can be looked at, and nobody else', async () => {
    const chunks: string[] = [];
    const stdout = new Writable({ write: (chunk, _, done) => done(void chunks.push(String(chunk))) });
    const streams = { stdin: Readable.from([]), stdout, stderr: stdout };
    const context = new Context({
      io: createIo(streams, { env: {}, quiet: true, color: false }),
      ...{ env: { XDG_DATA_HOME: folder }, cwd: folder, workspaceFlag: undefined, json: true, quiet: true },
    });
    await previewScenario(context, usual);
    expect(JSON.parse(chunks.join(''))).toMatchObject({ scenario: 'connexion-douce', prospect: { id: 0 } });
    await expect(previewScenario(context, { ...usual, prospect: 'Claire' })).rejects.toThrow('no workspace');
    await expect(previewScenario(context, { ...usual, ai: true })).rejects.toThrow('no workspace');
  });
});
