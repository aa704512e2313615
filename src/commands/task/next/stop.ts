import type { Said, Task } from '../../../engine/ports/tasks.ts';
import { printable } from '../../../io.ts';
import { personOf } from '../print.ts';
import type { Session } from './state.ts';
import { saysYes } from './yes-no.ts';

/**
 * Takes a person out of all campaigns. At the card of a rehearsal that is asked first where it ends live ones.
 * @returns what it has ended, or null: not wanted
 */
export async function stopPerson(
  session: Session,
  task: Task,
): Promise<{ said: Said; campaigns: string } | null> {
  const { context, store, look } = session;
  const open = await look.openCampaigns(task.prospect.id);
  const live = open.filter(({ mode }) => mode === 'live');
  if (task.mode === 'rehearsal' && live.length > 0) {
    const question = `This is a rehearsal. Stop ${personOf(task)} for real? It ends live campaigns as well: ${names(live)}.`;
    if (!(await saysYes(session, question, 'yes, stop them'))) {
      context.io.note('Nothing was recorded.');
      return null;
    }
  }
  return { said: await store.stop(task, context.now()), campaigns: names(open) };
}

const names = (campaigns: readonly { name: string }[]): string =>
  campaigns.map(({ name }) => printable(name)).join(', ');
