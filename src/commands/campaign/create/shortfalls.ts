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

const WHY: Record<Channel, Partial<Record<SkipReason, string>>> = {
  linkedin: { no_address: 'no LinkedIn profile' },
  email: { no_address: 'no address', no_consent: 'a free-mail address without recorded consent' },
  sms: { no_address: 'no mobile number', no_consent: 'no recorded consent' },
};

/** `SMS: 0 of 33 can be reached: 30 no recorded consent, 3 no mobile number.` */
export function shortfallLine({ channel, reached, people, reasons }: Shortfall): string {
  const text = (reason: SkipReason): string => WHY[channel][reason] ?? 'no provider';
  const [only, ...more] = [...reasons];
  const why =
    only && more.length === 0
      ? text(only[0])
      : [...reasons].map(([reason, count]) => `${count} ${text(reason)}`).join(', ');
  return `${NAMES[channel]}: reaches ${reached} of ${counted(people, 'person', 'people')}: ${why}.`;
}
