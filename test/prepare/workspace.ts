import { afterAll } from 'vitest';
import { type PrepareOptions, prepareTexts } from '../../src/commands/prepare.ts';
import { HOUR, NOW } from '../builders.ts';
import { testContext } from '../context.ts';
import { type AnthropicRules, type AnthropicStandIn, startAnthropic } from '../stand-ins/anthropic.ts';
import { enrolled, withProviders } from '../tick/providers.ts';
import { settings } from '../tick/workspace.ts';

const open: { close(): Promise<void> }[] = [];
afterAll(async () => {
  for (const server of open.splice(0)) await server.close();
});

const BODY =
  'Bonjour {name},\n\nQuand une mission sort de l’ordinaire, la confiez-vous à vos équipes ou à un prestataire ? Je pose la question parce que votre réponse m’évitera de vous parler de ce qui ne vous sert pas.\n\nUn seul mot en réponse me va très bien.';

const first = (body: Record<string, unknown>): string => {
  const [message] = body.messages as { content: string }[];
  return message?.content ?? '';
};

/** Greets whoever the facts name. */
export function goodAnswer(body: Record<string, unknown>): string {
  const task = first(body);
  const name = /"id":"first_name","about":"person","value":"([^"]+)"/.exec(task)?.[1] ?? '';
  return JSON.stringify({
    subject: task.includes('Subject: null') ? null : 'Vos missions hors norme',
    body: BODY.replace('{name}', name),
    claims: [],
  });
}

/** The guard takes no placeholder. */
export const badAnswer = JSON.stringify({
  subject: 'Vos missions',
  body: 'Bonjour [Prénom],\n\nUne question ?',
  claims: [],
});

export const TOMORROW = NOW + 24 * HOUR;

/** A workspace with Claude, e-mail and SMS at stand-ins that live by its clock. */
export async function aSpace(
  rules: AnthropicRules = {},
  { more = '', claude: wanted = true }: { more?: string; claude?: boolean } = {},
) {
  const clock = { now: () => NOW };
  const claude = await startAnthropic({ reply: goodAnswer, now: () => clock.now(), ...rules });
  open.push(claude);
  const space = await withProviders({
    ...(wanted ? { anthropic: claude.url } : {}),
    settings: settings({ more: `ai: { requests_per_second: 1000, ${more} }` }),
  });
  clock.now = () => space.context.now();
  /** As another program would. */
  const program = (options: { json?: boolean; columns?: number } = {}) =>
    testContext({ folder: space.folder, env: space.env, now: space.context.now(), json: true, ...options });
  return {
    ...space,
    claude,
    program,
    async prepare(options: Partial<PrepareOptions> = {}) {
      const run = program();
      const asked = { within: 30, campaign: undefined, batch: false, limit: null, dryRun: false, ...options };
      await prepareTexts(run.context, asked);
      return { exitCode: run.context.exitCode, ...JSON.parse(run.stdout()) };
    },
    /** A tick by a program of its own, as cron runs it. */
    async freshTick() {
      const { context } = program();
      const { tick } = await import('../../src/commands/tick.ts');
      await tick(context, {
        dryRun: false,
        texts: false,
        campaign: undefined,
        limit: null,
        concurrency: null,
      });
    },
  };
}

export type Space = Awaited<ReturnType<typeof aSpace>>;

/** People whose first step is due tomorrow at ten in Paris. */
export function dueTomorrow(
  space: Space,
  people: number,
  { approval = 'off', ...campaign }: Parameters<typeof enrolled>[2] & { approval?: string } = {},
): number[] {
  const ids = enrolled(space, people, { startAt: TOMORROW, ...campaign });
  space.connection.exec(
    `update enrolment set next_at = ${TOMORROW}, anchor_at = ${TOMORROW}, step_at = ${NOW} where id in (${ids.join()});
     update campaign set approval = '${approval}' where id = (select campaign_id from enrolment where id = ${ids[0]})`,
  );
  return ids;
}

/** Bodies of direct calls, without batches and looks at them. */
export const calls = (claude: AnthropicStandIn): number =>
  claude.requests.filter(({ method, path }) => method === 'POST' && path === '/v1/messages').length;
