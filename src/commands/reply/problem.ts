import type { Context } from '../../context.ts';
import type { DeliveryProblem } from '../../engine/ports/people.ts';
import { usageError } from '../../errors.ts';
import { printJson } from '../../io/table.ts';
import { printable } from '../../io.ts';
import { personNamed } from '../prospect/view.ts';
import { instantOf } from './instant.ts';
import { lines, replyJson } from './print.ts';

interface Typed {
  bounced?: true | undefined;
  complained?: true | undefined;
  text?: string | undefined;
  meeting?: true | undefined;
  optOut?: true | undefined;
  channel?: string | undefined;
}

/** What became of the last e-mail, or null. It is said alone: a mail that came back has not been answered. */
export function problemType(typed: Typed): DeliveryProblem['type'] | null {
  const { bounced, complained, ...answer } = typed;
  if (!bounced && !complained) return null;
  const { text, meeting, optOut, channel } = answer;
  if ((bounced && complained) || text !== undefined || meeting || optOut || channel !== undefined)
    throw usageError(
      '--bounced and --complained go alone: they are no answer, and about the last e-mail',
      'hector reply add --help',
    );
  return bounced ? 'bounced' : 'complained';
}

export interface ProblemOptions {
  prospect: string;
  type: DeliveryProblem['type'];
  /** ISO 8601; null: now. */
  at: string | null;
}

export async function addProblem(context: Context, options: ProblemOptions): Promise<void> {
  const now = context.now();
  const at = options.at === null ? now : instantOf(options.at, now);
  const person = await personNamed(context, options.prospect);
  const problem = { prospectId: person.id, type: options.type, at, now };
  const result = await (await context.stores.replies()).deliveryProblem(problem);
  if (context.json) printJson(context.io, replyJson(person, result, { at, suspicious: false }));
  else for (const line of lines(person, result, options.type)) context.io.out(printable(line));
}
