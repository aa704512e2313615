import type { FoundSending, LinkedinFile, OpenText } from '../ports/linkedin.ts';
import type { Desk } from './desk.ts';
import { type InvitationRow, readInvitation } from './rows.ts';

export interface GatheredInvitations {
  sendings: FoundSending[];
  /** The profile that sent the outgoing ones: whose export this is. */
  own: string | null;
}

/** Invitations.csv: what was sent although its task is still open, and who invited us. */
export async function gatherInvitations(
  desk: Desk,
  files: readonly LinkedinFile[],
  open: readonly OpenText[],
): Promise<GatheredInvitations> {
  const tasks = new Map<number, OpenText[]>();
  for (const task of open)
    if (task.invitation) tasks.set(task.prospectId, [...(tasks.get(task.prospectId) ?? []), task]);
  const sendings = new Map<number, FoundSending>();
  let own: string | null = null;
  for (const file of files)
    for await (const rows of desk.rows(file, (cell) => readInvitation(cell, desk.input.zone))) {
      await desk.learn(
        rows.flatMap(({ inviter, invitee }) => [inviter, invitee].flatMap((slug) => slug ?? [])),
      );
      for (const row of rows) {
        if (row.incoming) seeIncoming(desk, row);
        else {
          own ??= row.inviter;
          for (const sending of sendingsOf(desk, row, tasks)) keepEarliest(sendings, sending);
        }
      }
    }
  return { sendings: [...sendings.values()], own };
}

function seeIncoming(desk: Desk, { inviter, name, at }: InvitationRow): void {
  const prospectId = desk.prospectOf(inviter);
  if (prospectId === null) desk.missed({ name, at, detail: null });
  else desk.see({ what: 'invited_us', prospectId, name, at, detail: null, candidates: [] });
}

function sendingsOf(
  desk: Desk,
  { invitee, name, at, text }: InvitationRow,
  tasks: ReadonlyMap<number, readonly OpenText[]>,
): FoundSending[] {
  const prospectId = desk.prospectOf(invitee);
  if (prospectId === null) {
    desk.missed({ name, at, detail: null });
    return [];
  }
  return (tasks.get(prospectId) ?? []).map(({ messageId }) => ({
    ...{ messageId, prospectId, at, body: text },
    invitation: true,
  }));
}

/** One invitation may be in two files; a later one to the same person is a repetition. */
export function keepEarliest(sendings: Map<number, FoundSending>, sending: FoundSending): void {
  const known = sendings.get(sending.messageId);
  if (!known || sending.at < known.at) sendings.set(sending.messageId, sending);
}
