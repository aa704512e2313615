import { CHANNELS, type Channel, type ProspectFacts } from '../../../engine/model.ts';
import type { Policy } from '../../../engine/plan/decision.ts';
import { ownChannels, usableChannel } from '../../../engine/plan/reach.ts';
import type { SkipReason } from '../../../engine/reasons.ts';
import type { Scenario } from '../../../engine/scenario/scenario.ts';
import { counted } from '../../counted.ts';

/** A channel of the scenario that does not reach everybody in it. */
export interface Shortfall {
  channel: Channel;
  reached: number;
  people: number;
  /** How many for which reason. */
  reasons: Map<SkipReason, number>;
}

/** As the planner would find it at the first touch, person by person. */
export function reachCounter(
  { scenario, channels }: { scenario: Scenario; channels: readonly Channel[] },
  policy: Policy,
): { add(person: ProspectFacts): void; shortfalls(): Shortfall[] } {
  const promised = Object.fromEntries(channels.map((channel) => [channel, true]));
  const rules = { ...policy, channels: { ...policy.channels, ...promised } };
  const ways = CHANNELS.flatMap((channel) => {
    const step = scenario.steps.find((each) => [...ownChannels(each), ...each.also].includes(channel));
    const alone = step && { ...step, channel, fallback: [], also: [] };
    return alone ? [{ channel, alone, reasons: new Map<SkipReason, number>() }] : [];
  });
  let people = 0;
  return {
    add(person) {
      people += 1;
      for (const { alone, reasons } of ways) {
        const { reason } = usableChannel(alone, person, [], rules);
        if (reason !== null) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
      }
    },
    shortfalls: () =>
      ways.flatMap(({ channel, reasons }) => {
        const lost = [...reasons.values()].reduce((sum, count) => sum + count, 0);
        return lost === 0 ? [] : [{ channel, reached: people - lost, people, reasons }];
      }),
  };
}

const NAMES: Record<Channel, string> = { linkedin: 'LinkedIn', email: 'E-mail', sms: 'SMS' };

const WITHOUT: Record<Channel, Partial<Record<SkipReason, string>>> = {
  linkedin: { no_address: 'a profile' },
  email: { no_address: 'an address', no_consent: 'recorded consent, which a free-mail address needs' },
  sms: { no_address: 'a mobile number', no_consent: 'recorded consent' },
};

/** `SMS: reaches 3 of 33 people; 27 without recorded consent, 3 without a mobile number.` */
export function shortfallLine({ channel, reached, people, reasons }: Shortfall): string {
  const why = [...reasons].map(
    ([reason, count]) => `${count} without ${WITHOUT[channel][reason] ?? 'a provider'}`,
  );
  return `${NAMES[channel]}: reaches ${reached} of ${counted(people, 'person', 'people')}; ${why.join(', ')}.`;
}
