import type { Channel } from '../model.ts';
import type { Plan, Policy } from '../plan/decision.ts';
import { dueDate, type Position, wayTo } from '../plan/rules.ts';
import type { Standing } from '../ports/explain.ts';

/** What happens next; an `at` that is not later than now: with the next tick. */
export type Next =
  | {
      do: 'touch';
      step: string;
      channels: Channel[];
      at: number;
      /** When the wait of the step is over, inside the hours or not. */
      dueAt: number;
      /** The due date missed the hours, and `at` is in the next opening. */
      moved: boolean;
    }
  | { do: 'decide'; at: number }
  | { do: 'person' }
  | { do: 'end'; at: number; as: 'completed' | 'stopped' }
  | { do: 'nothing' };

/** What a tick will do, from the plan and from the date at which it looks; `position` null: at the end of the scenario. */
export function nextOf(
  standing: Standing,
  { decision, step }: Plan,
  position: Position | null,
  policy: Policy,
  now: number,
): Next {
  const { snapshot, status } = standing;
  if (snapshot.campaign.status !== 'running' || status !== 'active') return { do: 'nothing' };
  // No tick looks before the date of the enrolment, whatever the rules say by now.
  const wake = Math.max(standing.nextAt ?? now, now);
  switch (decision.do) {
    case 'touch':
      return touchAt(wake);
    case 'wait': {
      const at = Math.max(wake, decision.until);
      return decision.reason === 'condition_pending' ? { do: 'decide', at } : touchAt(at);
    }
    case 'hold':
      return standing.nextAt === null ? { do: 'person' } : { do: 'decide', at: wake };
    case 'stop':
      return { do: 'end', at: wake, as: 'stopped' };
    case 'complete':
      return { do: 'end', at: wake, as: 'completed' };
  }

  function touchAt(at: number): Next {
    const way = position && wayTo(snapshot, position, policy, now);
    if (!position || !way || 'do' in way) return { do: 'decide', at };
    const { dueAt, place } = dueDate(snapshot, position, policy);
    const { channel, also } = way;
    const { window } = snapshot.campaign;
    const inHours = (when: number) => policy.calendar.nextOpening(when, window, place, channel) === when;
    const missed = !inHours(dueAt) || (dueAt <= now && !inHours(now));
    const moved = missed && at > Math.max(dueAt, now);
    return { do: 'touch', step, channels: [channel, ...also], at, dueAt, moved };
  }
}
