import type { Context } from '../../../context.ts';
import type { SuppressionKey } from '../../../engine/model.ts';
import type { Erased, ErasureScope } from '../../../engine/ports/gdpr.ts';
import { shellWord } from '../../../engine/shell-word.ts';
import { failure, usageError } from '../../../errors.ts';
import { whileBusy } from '../../../io/progress.ts';
import { printJson } from '../../../io/table.ts';
import { printable } from '../../../io.ts';
import { counted } from '../../counted.ts';
import { eraseNow, finishErasure, type Traces } from './finish.ts';
import type { EraseOptions } from './named.ts';
import { named } from './named.ts';

export async function eraseNamed(context: Context, options: EraseOptions): Promise<void> {
  const { people, unknown } = await named(context, options);
  const store = await context.stores.gdpr();
  const scopes = await store.scope(people);
  const files = (await context.outboxFiles()).of(scopes.flatMap(({ messageIds }) => messageIds));
  if (!context.json || !options.yes) announce(context, scopes, unknown, files);
  if (options.dryRun) return report(context, { scopes, files, unknown, dryRun: true });
  refuseObstacles(scopes);
  if (!(await agreed(context, options))) return context.io.note('Nothing was erased.');
  const erase = () => eraseNow(context, people, { cause: 'request', before: 0 });
  const erased = people.length > 0 ? await whileBusy(context.io, 'Erasing', erase) : NOBODY;
  const refused = unknown.length > 0 ? await store.refuse(unknown, context.now()) : 0;
  const traces = await finishErasure(context);
  const fingerprints = erased.fingerprints + refused;
  report(context, { scopes, files, unknown, dryRun: false, erased: { ...erased, fingerprints }, traces });
}

const NOBODY: Erased = { people: 0, stopped: 0, fingerprints: 0, messageIds: [] };

function announce(
  { io }: Context,
  scopes: readonly ErasureScope[],
  unknown: readonly SuppressionKey[],
  files: readonly string[],
): void {
  for (const scope of scopes) io.note(`${whoIs(scope)}: ${touched(scope)}`);
  for (const { value } of unknown)
    io.note(`${printable(value)}: nobody here; a fingerprint keeps any list from bringing them`);
  if (files.length > 0) io.note(`${counted(files.length, 'file')} in the outbox`);
}

const whoIs = ({ prospectId, name, company }: ErasureScope): string =>
  printable(`#${prospectId} ${[name, company].filter(Boolean).join(', ')}`.trim());

const touched = ({ openEnrolments, messages, events, entries }: ErasureScope): string =>
  [
    'all facts',
    openEnrolments > 0 ? `${counted(openEnrolments, 'open campaign')} stopped` : null,
    messages > 0 ? `the texts of ${counted(messages, 'message')}` : null,
    events > 0 ? `the words of ${counted(events, 'event')}` : null,
    entries > 0
      ? `${counted(entries, 'entry', 'entries')} of the blacklist, which become fingerprints`
      : null,
  ]
    .filter((part) => part !== null)
    .join(', ');

function refuseObstacles(scopes: readonly ErasureScope[]): void {
  const held = scopes.find(({ obstacle }) => obstacle !== null);
  if (held) throw failure(`${whoIs(held)}: ${held.obstacle}; nobody was erased`, 'hector tick');
}

async function agreed(context: Context, { yes, references, alsoUnknown }: EraseOptions): Promise<boolean> {
  if (yes) return true;
  if (!context.io.interactive)
    throw usageError(
      'this erases for good, and cannot be undone: say --yes',
      `hector gdpr erase ${references.map((each) => shellWord(printable(each))).join(' ')}${alsoUnknown ? ' --also-unknown' : ''} --yes`,
    );
  return context.prompter().confirm('Erase all this for good?');
}

interface Outcome {
  scopes: readonly ErasureScope[];
  files: readonly string[];
  unknown: readonly SuppressionKey[];
  dryRun: boolean;
  erased?: Erased;
  traces?: Traces;
}

function report(context: Context, outcome: Outcome): void {
  const { io } = context;
  const { dryRun, erased } = outcome;
  if (context.json) printJson(io, asJson(outcome));
  else if (dryRun || !erased) io.note('Nothing was erased: this was a dry run.');
  else
    io.out(
      `Erased: ${counted(erased.people, 'person', 'people')}, ${counted(erased.stopped, 'open campaign')} stopped, ${counted(erased.fingerprints, 'fingerprint')} kept.`,
    );
}

const asJson = ({ scopes, files, unknown, dryRun, erased, traces }: Outcome) => ({
  dry_run: dryRun,
  people: scopes.map((scope) => ({
    id: scope.prospectId,
    open_enrolments: scope.openEnrolments,
    messages: scope.messages,
    events: scope.events,
    blacklist_entries: scope.entries,
    obstacle: scope.obstacle,
  })),
  unknown: unknown.length,
  outbox_files: files.length,
  enrolments_stopped: erased?.stopped ?? 0,
  fingerprints: erased?.fingerprints ?? 0,
  compacted: traces?.compacted ?? null,
});
