import type { Context } from '../../context.ts';
import { placeOf } from '../../engine/dates/place.ts';
import { ended } from '../../engine/explain/end.ts';
import { explain } from '../../engine/explain/explain.ts';
import { withLimits } from '../../engine/explain/limits.ts';
import type { Next } from '../../engine/explain/next.ts';
import { prospectName } from '../../engine/model.ts';
import { openAdmission } from '../../engine/tick/admission.ts';
import { printJson } from '../../io/table.ts';
import { isoOrNull } from '../../io/time.ts';
import { personNamed } from '../prospect/view.ts';
import type { Explained, ExplainedPerson } from './explained.ts';
import { printPerson } from './print-person.ts';
import { lastTickJson, ruleJson } from './rule.ts';

export async function explainPerson(
  context: Context,
  reference: string,
  campaign: string | null,
): Promise<void> {
  const prospect = await personNamed(context, reference);
  const [store, engine] = await Promise.all([context.stores.explain(), context.tickEngine()]);
  const { policies } = engine;
  const now = context.now();
  const admission = await openAdmission(engine, await context.stores.ticks(), now);
  const enrolments = (await store.person(prospect.id, campaign)).map((standing): Explained => {
    const policy = policies[standing.snapshot.campaign.mode];
    const { timezone } = standing.snapshot.campaign;
    const { zone } = placeOf(prospect, { zone: timezone, region: policy.country });
    const isOpen = standing.status === 'active' || standing.status === 'paused';
    return {
      standing,
      zone,
      open: isOpen
        ? withLimits(explain(standing, policy, now), standing, admission.plan(standing.snapshot))
        : null,
      end: isOpen ? null : ended(standing),
    };
  });
  const explained = { prospect, enrolments, lastTick: await store.lastTick() };
  if (context.json) printJson(context.io, personJson(explained));
  else await printPerson(context, explained, now);
}

const personJson = ({ prospect, enrolments, lastTick }: ExplainedPerson) => ({
  prospect: { id: prospect.id, name: prospectName(prospect) },
  enrolments: enrolments.map(enrolmentJson),
  last_tick: lastTickJson(lastTick),
});

function enrolmentJson({ standing, zone, open, end }: Explained) {
  const { campaign } = standing.snapshot;
  return {
    campaign: campaign.name,
    campaign_status: campaign.status,
    mode: campaign.mode,
    status: standing.status,
    step: open?.step ?? null,
    counted_from: isoOrNull(open?.anchorAt ?? null),
    timezone: campaign.timezone,
    person_timezone: zone,
    rules: (open?.rules ?? []).map(ruleJson),
    skipped: open?.skipped ?? [],
    next: nextJson(open?.next ?? { do: 'nothing' }),
    ended: end && { ...end, at: isoOrNull(end.at) },
  };
}

/** Every key, whatever comes next. */
function nextJson(next: Next) {
  const touch = next.do === 'touch' ? next : null;
  return {
    action: next.do,
    at: 'at' in next ? isoOrNull(next.at) : null,
    channels: touch?.channels ?? [],
    due_at: isoOrNull(touch?.dueAt ?? null),
    moved: touch?.moved ?? false,
    ends_as: next.do === 'end' ? next.as : null,
  };
}
