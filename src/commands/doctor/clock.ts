import { type Check, type CheckLine, fail, ok, settingFault, warn } from './check.ts';

const NAME = 'clock';
/** Dates in HTTP have whole seconds, and an answer takes its time. */
const NEAR_MS = 30_000;
/** Webhooks are refused, and hours missed, by so much. */
const FAR_MS = 120_000;

/** Touches go out by this machine's clock, in the zones of people. */
export const clock: Check = {
  name: NAME,
  async look({ context, config, providers }) {
    const lines = [...zones(), ...set(context.env.HECTOR_NOW)];
    const known = (await providers()).flatMap(({ provider, clockAheadMs }) =>
      clockAheadMs === null ? [] : [skew(provider, clockAheadMs)],
    );
    const zone = config === null ? '' : `; times are in ${config.timezone}`;
    const found = [...lines, ...known];
    const faults = found.filter(({ status }) => status !== 'ok');
    if (faults.length > 0) return faults;
    return [ok(NAME, `${known[0]?.what ?? new Date(context.now()).toISOString()}${zone}`)];
  },
};

/** Some builds of Node have no zones but UTC: winter and summer would be the same in Paris. */
function zones(): CheckLine[] {
  const hour = (month: number): string =>
    new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Paris', hour: '2-digit' }).format(
      Date.UTC(2026, month, 15, 12),
    );
  return hour(0) === '13' && hour(6) === '14'
    ? []
    : [fail(NAME, 'this Node does not know the zones of the world', 'node -p process.versions.tz')];
}

const set = (now: string | undefined): CheckLine[] =>
  now ? [warn(NAME, `HECTOR_NOW sets the clock to ${now}`, 'unset HECTOR_NOW')] : [];

function skew(provider: string, aheadMs: number): CheckLine {
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  const what = `this machine is ${seconds} s ${aheadMs > 0 ? 'ahead of' : 'behind'} ${provider}`;
  if (Math.abs(aheadMs) > FAR_MS) return settingFault(NAME, what, 'timedatectl set-ntp true');
  if (Math.abs(aheadMs) > NEAR_MS) return warn(NAME, what, 'timedatectl set-ntp true');
  return ok(NAME, `as that of ${provider}, within ${NEAR_MS / 1000} s`);
}
