import type { ModelDesk, ModelListing } from '../../engine/ports/doctor.ts';
import { FALLBACKS } from '../../engine/reasons.ts';
import { type Check, type CheckLine, fail, ok, settingFault, warn } from './check.ts';

const NAME = 'claude';

/** The key, and the model that writes. */
export const claude: Check = {
  name: NAME,
  async look({ context, config, offline }) {
    if (!config) return [];
    const { envFile } = context.workspace();
    const desk = await context.modelDesk();
    if (!desk)
      return config.secrets.anthropicApiKey === null
        ? [
            warn(
              NAME,
              'no ANTHROPIC_API_KEY: texts come from templates',
              `put ANTHROPIC_API_KEY into ${envFile}`,
            ),
          ]
        : [ok(NAME, 'switched off (ai.provider: off in hector.yaml): texts come from templates')];
    if (offline) return [ok(NAME, `ANTHROPIC_API_KEY is there; not tried, nor ${desk.model}`)];
    const listing = await desk.list();
    return listing.status === 'failed'
      ? [refused(listing, envFile)]
      : [ok(NAME, 'ANTHROPIC_API_KEY is accepted'), ...judgeModel(desk, listing.models)];
  },
};

type Refusal = Extract<ModelListing, { status: 'failed' }>;

function refused({ reason, detail }: Refusal, envFile: string): CheckLine {
  const known = Object.entries(FALLBACKS).find(([name]) => name === reason)?.[1];
  const what = `${known ?? reason}: ${detail}`;
  switch (reason) {
    case 'bad_key':
      return settingFault(NAME, what, `put another ANTHROPIC_API_KEY into ${envFile}`);
    case 'no_credit':
      return settingFault(NAME, what, 'add credit to the Anthropic account');
    default:
      return fail(NAME, what, 'hector doctor --offline');
  }
}

type Listed = Extract<ModelListing, { status: 'listed' }>['models'];

const undated = (id: string): string => id.replace(/-\d{8}$/, '');

function judgeModel(desk: ModelDesk, models: Listed): CheckLine[] {
  const { model } = desk;
  const listed = models.find(({ id }) => id === model) ?? models.find(({ id }) => undated(id) === model);
  if (!listed) return [settingFault('model', `this key may not use ${model}`, choice(desk, models))];
  const end = listed.retiresAt === null ? '' : ` on ${new Date(listed.retiresAt).toISOString().slice(0, 10)}`;
  if (listed.lifecycle === 'retired')
    return [settingFault('model', `${model} is retired${end && ` (${end.trim()})`}`, choice(desk, models))];
  if (listed.lifecycle === 'deprecated')
    return [warn('model', `${model} is deprecated${end && ` and ends${end}`}`, choice(desk, models))];
  return [ok('model', `${model} can be used`), ...strangers(desk, models)];
}

const isLive = ({ lifecycle }: Listed[number]): boolean =>
  lifecycle !== 'retired' && lifecycle !== 'deprecated';

/** Models with a known price first come to mind; three of them are enough. */
function choice(desk: ModelDesk, models: Listed): string {
  const names = models.filter((each) => isLive(each) && desk.inTable(each.id)).map(({ id }) => id);
  return `ai.model in hector.yaml${names.length > 0 ? `: ${names.slice(0, 3).join(', ')}` : ''}`;
}

function strangers(desk: ModelDesk, models: Listed): CheckLine[] {
  const names = models.filter((each) => isLive(each) && !desk.inTable(each.id)).map(({ id }) => id);
  if (names.length === 0) return [];
  const some = `${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}`;
  return [ok('model', `newer than the table of prices: ${some}; usable with ai.price in hector.yaml`)];
}
