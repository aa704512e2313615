import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tick } from '../../src/commands/tick.ts';
import { aStep } from '../builders.ts';
import { refused } from '../stand-ins/anthropic.ts';
import { enrolled, TEMPLATES } from '../tick/providers.ts';
import { aSpace, calls, type Space } from './workspace.ts';

async function dryRun(space: Space, options: { json?: boolean; columns?: number; limit?: number } = {}) {
  const run = space.program({ json: true, ...options });
  await tick(run.context, {
    ...{ dryRun: true, texts: true, campaign: undefined, limit: options.limit ?? null, concurrency: null },
  });
  return run;
}

describe('tick --dry-run --texts', () => {
  it('shows what the next tick sends, and only one of the two pays', async () => {
    const space = await aSpace();
    enrolled(space, 2);
    const dry = JSON.parse((await dryRun(space)).stdout());
    expect(calls(space.claude)).toBe(2);
    expect(space.rows('select * from message')).toEqual([]);
    expect(dry.planned[0].texts).toMatchObject([
      { channel: 'email', subject: 'Vos missions hors norme', source: 'claude', kept: false, held: null },
    ]);
    expect(await space.tick()).toMatchObject({ sent: { email: 2 }, texts: { kept: 2, cost: 0 } });
    expect(calls(space.claude)).toBe(2);
    const texts = dry.planned.map((line: { texts: { text: string }[] }) => line.texts[0]?.text);
    expect(
      space.rows('select body from message order by id').map((row) => (row as { body: string }).body),
    ).toEqual(texts);
  });

  it('says on stderr what it has cost, and that a second look costs nothing', async () => {
    const space = await aSpace();
    enrolled(space, 1);
    expect((await dryRun(space, { json: false })).stderr()).toMatch(
      /1 text, 1 of them by Claude, 0 kept from before; \$0\.\d{4} was paid/,
    );
    const again = await dryRun(space, { json: false });
    expect(again.stderr()).toContain('1 text, 1 of them by Claude, 1 kept from before; nothing was paid.');
    expect(again.stdout()).toContain('  | Vos missions hors norme');
  });

  it('says why templates stood in, and ends as a tick would', async () => {
    const space = await aSpace();
    enrolled(space, 1);
    space.claude.fail(refused(401, 'authentication_error'));
    const dry = await dryRun(space, { json: false });
    expect(dry.stderr()).toMatch(
      /A template stood in for Claude: 1 \(the key of Claude is refused.*hector doctor/,
    );
    expect(dry.context.exitCode).toBe(3);
  });

  it('writes for those within the limit only, and names what keeps a text from being written', async () => {
    const space = await aSpace();
    const steps = [aStep({ variants: [{ id: 'a', template: 'default/email', weight: 1 }] })];
    const templates = {
      ...TEMPLATES,
      'default/email': '---\nsubject: Une question\n---\nBonjour {{ city }}',
    };
    enrolled(space, 3, { scenario: { steps }, templates });
    const dry = JSON.parse((await dryRun(space, { limit: 2 })).stdout());
    expect(dry.planned.map((line: { texts: unknown[] }) => line.texts)).toMatchObject([
      [{ held: 'city', text: null, source: null }],
      [{ held: 'city', text: null, source: null }],
    ]);
    expect(calls(space.claude)).toBe(0);
  });

  it('writes nothing that could not be sent', async () => {
    const space = await aSpace();
    enrolled(space, 1);
    space.connection.exec(`update campaign set channels = '["email"]'`);
    writeFileSync(join(space.folder, 'hector.yaml'), 'email: { provider: outbox }\n');
    const dry = JSON.parse((await dryRun(space)).stdout());
    expect(dry.planned).toMatchObject([{ action: 'wait', reason: 'channel_closed', texts: [] }]);
    expect(space.claude.requests).toEqual([]);
  });

  it('lets no escape sequence of a text reach the terminal', async () => {
    const space = await aSpace({
      reply: () => JSON.stringify({ subject: 'x', body: 'Bonjour \u001b[31mrouge', claims: [] }),
    });
    enrolled(space, 1, {
      templates: { ...TEMPLATES, 'default/email': '---\nsubject: Une question\n---\nBonjour {{ company }}' },
    });
    space.connection.exec(
      "update prospect set company = 'Rouge' || char(27) || '[31m', first_name = char(27) || '[31mx'",
    );
    expect((await dryRun(space, { json: false })).stdout()).not.toContain('\u001b');
  });

  it('goes only with a dry run', async () => {
    const space = await aSpace();
    await expect(
      tick(space.context, {
        dryRun: false,
        texts: true,
        campaign: undefined,
        limit: null,
        concurrency: null,
      }),
    ).rejects.toThrow('--texts goes with --dry-run');
  });
});
