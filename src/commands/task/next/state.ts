import type { Context } from '../../../context.ts';
import type { LinkedinSessionStore } from '../../../engine/ports/linkedin-session.ts';
import type { TaskStore } from '../../../engine/ports/tasks.ts';
import type { Done, Tally } from './tally.ts';

/** What one session has done so far, and what it works with. */
export interface Session {
  context: Context;
  store: TaskStore;
  look: LinkedinSessionStore;
  campaign: string | null;
  /** Invitations although few are accepted. */
  anyway: boolean;
  tally: Tally;
  /** Put off in this session: not offered again before the next one. */
  passed: number[];
  /** What `u` takes back, the last of it first. */
  done: Done[];
  /** The task to be shown next, whatever the order: one that was just taken back. */
  wanted: { messageId: number; person: string } | null;
  /** The last that was said of what is not offered, line by line. */
  told: readonly string[];
}
