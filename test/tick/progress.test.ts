import { afterEach, expect, it, vi } from 'vitest';
import { tick } from '../../src/commands/tick.ts';
import { testContext } from '../context.ts';
import { enrolled, withProviders } from './providers.ts';

afterEach(() => vi.restoreAllMocks());

/** Each look at the clock is 40 ms later than the one before. */
function slowly(): void {
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => {
    now += 40;
    return now;
  });
}

const OPTIONS = { texts: false, campaign: undefined, limit: null, concurrency: 1 };

it('a tick tells how far its texts and its messages are', async () => {
  const space = await withProviders();
  enrolled(space, 40);
  const { context, stderr } = testContext({ ...space, columns: 80 });
  slowly();
  await tick(context, { ...OPTIONS, dryRun: false });
  expect(stderr()).toMatch(/Looked at: 40 · written: \d+ of 40\r/);
  expect(stderr()).toContain('Looked at: 40 · sent: 40 of 40\r');
  expect(space.mail.accepted).toHaveLength(40);
});

it('a dry run tells how far it is', async () => {
  const space = await withProviders();
  enrolled(space, 40);
  const { context, stderr } = testContext({ ...space, columns: 80 });
  slowly();
  await tick(context, { ...OPTIONS, dryRun: true, texts: true });
  expect(stderr()).toMatch(/Looked at: 40 · written: \d+ of 40\r/);
});

it('a dry run of very many shows the first 500 on a terminal, and counts all', async () => {
  const space = await withProviders();
  enrolled(space, 501);
  const { context, stdout, stderr } = testContext({ ...space, columns: 80 });
  await tick(context, { ...OPTIONS, dryRun: true });
  expect(stdout().trimEnd().split('\n')).toHaveLength(501);
  expect(stderr()).toContain('500 of 501. More: pipe it, or --json.\n501 would be contacted');
});
