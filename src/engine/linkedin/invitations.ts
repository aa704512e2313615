import type { FoundSending, LinkedinFile, OpenText } from '../ports/linkedin.ts';
import type { Desk } from './desk.ts';
import { type InvitationRow, readInvitation } from './rows.ts';
import { SentRows } from './sent-rows.ts';

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
  const sent = new SentRows(open.filter(({ invitation }) => invitation));
  let own: string | null = null;
  for (const file of files)
    for await (const rows of desk.rows(file, (cell) => readInvitation(cell, desk.input))) {
      await desk.learn(
        rows.flatMap(({ inviter, invitee }) => [inviter, invitee].flatMap((slug) => slug ?? [])),
      );
      for (const row of rows) {
        if (row.incoming) seeIncoming(desk, row);
        else {
          own ??= row.inviter;
          takeOutgoing(desk, row, sent);
        }
      }
    }
  const { sendings, older, rest } = await sent.pair(
    desk.input.store,
    ({ createdAt }, { at }) => createdAt < at + MINUTE_MS,
  );
  for (const { task, at } of older) seeOlder(desk, task, at);
  for (const { prospectId, at } of rest) passInvited(desk, prospectId, at);
  return { sendings, own };
}

/** The file gives no seconds. */
const MINUTE_MS = 60_000;

function seeIncoming(desk: Desk, { inviter, name, at }: InvitationRow): void {
  const prospectId = desk.prospectOf(inviter);
  if (prospectId === null) desk.missed({ name, at, detail: null });
  else desk.see({ what: 'invited_us', prospectId, name, at, detail: null, candidates: [] });
}

function takeOutgoing(desk: Desk, { invitee, name, at, text }: InvitationRow, sent: SentRows): void {
  const prospectId = desk.prospectOf(invitee);
  if (prospectId === null) desk.missed({ name, at, detail: null });
  else if (sent.tasksOf(prospectId).length > 0) sent.add(prospectId, { at, body: text });
  else passInvited(desk, prospectId, at);
}

/** Recorded already, or sent by hand to somebody whom no campaign invites. */
function passInvited(desk: Desk, prospectId: number, at: number): void {
  desk.pass({ what: 'invited', prospectId, name: '', at, detail: null, candidates: [] });
}

/** Invited before the task was there: not by this text, and LinkedIn may not let it be sent any more. */
function seeOlder(desk: Desk, { prospectId, messageId }: OpenText, at: number): void {
  const detail = `task ${messageId}`;
  desk.see({ what: 'invited_before', prospectId, name: '', at, detail, candidates: [] });
}
