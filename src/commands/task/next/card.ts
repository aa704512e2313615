import type { Context } from '../../../context.ts';
import { type WhyNow, whyNow } from '../../../engine/linkedin-session/why-now.ts';
import type { KnownDisc } from '../../../engine/ports/disc.ts';
import type { Task } from '../../../engine/ports/tasks.ts';
import type { Exchange } from '../../../engine/texts/facts.ts';
import { relative } from '../../../io/time.ts';
import { wrapped } from '../../../io/wrap.ts';
import { printable } from '../../../io.ts';
import { personOf, printText, profileLine } from '../print.ts';
import type { Session } from './state.ts';

/** How much of what was said before is shown. */
const EXCHANGES = 3;
const LONGEST = 160;
const WIDEST = 72;

/** The person, where they work, what was said, why now, and the text, which is in the clipboard then. */
export async function showCard(session: Session, task: Task, position: string): Promise<void> {
  const { context, look, store } = session;
  const { io } = context;
  const now = context.now();
  const [exchanges, snapshot, disc] = await Promise.all([
    look.exchanges(task.prospect.id, task.mode, EXCHANGES),
    store.snapshot(task.enrolmentId),
    discOf(context, task),
  ]);
  const why = whyNow(snapshot, task.step);
  printHead(context, task, position);
  dim(context, [task.kind.replace('_', ' '), task.campaign, stepText(task, why)].map(printable).join(' · '));
  dim(context, `Why now: ${whyText(why, now)}`);
  if (disc) dim(context, disc);
  for (const exchange of exchanges)
    for (const line of saidLines(exchange, now, widthOf(context))) io.out(line);
  await showText(context, task);
}

const widthOf = ({ io }: Context): number => Math.min(io.width, WIDEST);

function printHead(context: Context, { prospect, mode, ...task }: Task, position: string): void {
  const { io } = context;
  const name = personOf({ prospect });
  io.out('');
  const rehearsal = mode === 'rehearsal' ? 'REHEARSAL: do not really send it' : '';
  const parts = [
    io.color.bold(name),
    io.color.dim(position),
    ...(rehearsal ? [io.color.yellow(rehearsal)] : []),
  ];
  const length = name.length + position.length + rehearsal.length + 4;
  if (length <= io.width) io.out(parts.join('  '));
  else for (const part of parts) io.out(part);
  const work = [prospect.title, prospect.company, prospect.city]
    .filter((part) => part !== null)
    .map(printable);
  if (work.length > 0) for (const line of wrapped(work.join(' · '), widthOf(context))) io.out(line);
  profileLine(context, prospect);
  if (task.laterAt !== null && task.laterAt > context.now()) dim(context, 'put off before');
}

const dim = (context: Context, text: string): void => {
  for (const line of wrapped(text, widthOf(context))) context.io.out(context.io.color.dim(line));
};

const stepText = ({ step }: Task, { position }: WhyNow): string =>
  position ? `step ${position.step} of ${position.of} (${step})` : `step ${step}, no longer in the scenario`;

const CONDITIONS: Readonly<Record<NonNullable<WhyNow['condition']>, string>> = {
  accepted: 'the invitation was accepted',
  not_accepted: 'the invitation was not accepted',
  delivered: 'what was sent has arrived',
  not_delivered: 'what was sent has not arrived',
};

const BY: Readonly<Record<Exchange['channel'], string>> = {
  linkedin: 'LinkedIn',
  email: 'e-mail',
  sms: 'SMS',
};

function whyText({ after, condition }: WhyNow, now: number): string {
  const comes = after
    ? `${after.wait} after your last touch (${BY[after.channel]}, ${relative(after.sentAt, now)})`
    : 'the first touch';
  return condition ? `${comes}; ${CONDITIONS[condition]}` : comes;
}

function saidLines(
  { direction, channel, at, subject, body }: Exchange,
  now: number,
  width: number,
): string[] {
  const who = direction === 'out' ? 'you' : 'they';
  const said = printable([subject, body].filter((part) => part !== null && part !== '').join(': '));
  const cut = said.length > LONGEST ? `${said.slice(0, LONGEST).trimEnd()}…` : said;
  return wrapped(`${relative(at, now)}, ${who} by ${BY[channel]}: ${cut}`, width);
}

async function discOf(context: Context, { prospect }: Task): Promise<string | null> {
  const known: KnownDisc | null = (await (await context.disc())?.of(prospect)) ?? null;
  if (!known) return prospect.disc ? printable(`DISC ${prospect.disc}`) : null;
  return printable(
    known.source === 'column' ? `DISC ${known.profile}` : `DISC ${known.profile}, assumed: ${known.reason}`,
  );
}

/** Copies the text and shows it between rules, with how much of the room it takes. */
export async function showText(context: Context, task: Task): Promise<void> {
  const { io } = context;
  const copied = await context.copyText(task.body);
  const { linkedin } = await context.config();
  const limit = task.kind === 'invitation' ? linkedin.invitationLimit : linkedin.messageLimit;
  const { length } = task.body;
  printText(context, task.body, copied === 'clipboard' ? io.width : null);
  const count = `${length} of ${limit} characters`;
  if (length <= limit) io.out(io.color.dim(count));
  else
    for (const line of wrapped(`${count}: LinkedIn cuts or refuses the rest`, widthOf(context)))
      io.warn(io.color.yellow(line));
  sayCopied(context, copied);
}

export const copyText = async (context: Context, body: string): Promise<void> =>
  sayCopied(context, await context.copyText(body));

function sayCopied(context: Context, how: Awaited<ReturnType<Context['copyText']>>): void {
  if (how === 'clipboard') context.io.note('Copied to the clipboard.');
  else if (how === 'terminal')
    context.io.note('Sent to the clipboard of your terminal (if it takes it; else copy from above).');
  else context.io.note('No clipboard here: copy the text from above.');
}
