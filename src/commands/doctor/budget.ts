import type { Config } from '../../config.ts';
import type { Context } from '../../context.ts';
import { dollars } from '../money.ts';
import { type Check, type CheckLine, ok, warn } from './check.ts';

const NAME = 'budget';
const MILLION = 1_000_000;
/** Of a budget: more than this is worth a word. */
const NEARLY = 0.8;

/** What Claude may cost, and how much of it is spent. */
export const budget: Check = {
  name: NAME,
  async look({ context, config }) {
    if (!config || config.ai.provider === 'off') return [];
    const { tick, day } = config.ai.budget;
    const store = await context.stores.generations();
    const spent = await store.spent(await startOfDay(context, config), null);
    const lines = [
      day === null ? unlimited('day') : standing('today', spent, day, 'ai.budget.day in hector.yaml'),
      tick === null ? unlimited('tick') : ok(NAME, `${dollars(tick * MILLION)} a tick`),
      ...(await campaigns(context, config)),
    ];
    return lines;
  },
};

const unlimited = (what: string): CheckLine =>
  warn(NAME, `none a ${what}: nothing stops a mistake`, `ai.budget.${what} in hector.yaml`);

/** @param spent millionths of a US dollar; `limit` in US dollars */
function standing(of: string, spent: number, limit: number, cure: string): CheckLine {
  const what = `${dollars(spent)} of ${dollars(limit * MILLION)} spent ${of}`;
  if (spent >= limit * MILLION) return warn(NAME, `${what}: templates stand in for Claude`, cure);
  return spent > limit * MILLION * NEARLY ? warn(NAME, what, cure) : ok(NAME, what);
}

async function startOfDay(context: Context, { timezone }: Config): Promise<number> {
  const calendar = await context.calendar();
  return calendar.startOfDate(calendar.dateOf(context.now(), timezone), timezone) ?? 0;
}

/** Running ones that are near their end; all others are in order. */
async function campaigns(context: Context, { ai }: Config): Promise<CheckLine[]> {
  const limit = ai.budget.campaign;
  if (limit === null) return [unlimited('campaign')];
  const [campaignStore, store] = await Promise.all([
    context.stores.campaigns(),
    context.stores.generations(),
  ]);
  const lines: CheckLine[] = [];
  for (const { name } of (await campaignStore.list()).filter(({ status }) => status === 'running')) {
    const spent = await store.spent(0, (await campaignStore.find(name)).id);
    if (spent > limit * MILLION * NEARLY)
      lines.push(standing(`by campaign "${name}"`, spent, limit, 'ai.budget.campaign in hector.yaml'));
  }
  return lines.length > 0 ? lines : [ok(NAME, `${dollars(limit * MILLION)} a campaign`)];
}
