import type { Findings, LinkedinFile } from '../ports/linkedin.ts';
import { gatherConnections } from './connections.ts';
import { Desk, type DeskInput } from './desk.ts';
import type { FileKind } from './files.ts';
import { gatherInvitations } from './invitations.ts';
import { gatherMessages } from './messages.ts';

export interface GatherInput extends DeskInput {
  files: readonly LinkedinFile[];
  /** The profile whose export this is, if a person has named it. */
  own: string | null;
}

export interface Gathered {
  findings: Findings;
  desk: Desk;
  /** Whose messages they are; null: there were none. */
  own: string | null;
  /** Up to when the connections are told, ISO date; null: there were none. */
  connectedUntil: string | null;
}

/**
 * Reads the files, whatever their order: connections first, since they may give people the profiles by which the others
 * find them. Nothing is stored. @throws OwnProfileUnknown, ReadingStopped
 */
export async function gather(input: GatherInput): Promise<Gathered> {
  const of = (kind: FileKind) => input.files.filter((file) => file.kind === kind);
  const desk = new Desk(input);
  const connections = await gatherConnections(desk, of('connections'));
  const open = await input.store.openTexts();
  const invitations = await gatherInvitations(desk, of('invitations'), open);
  const messages = await gatherMessages(desk, of('messages'), open, {
    named: input.own,
    inviter: invitations.own,
  });
  const known = new Set(invitations.sendings.map(({ messageId }) => messageId));
  const more = messages?.sendings.filter(({ messageId }) => !known.has(messageId)) ?? [];
  const replies = [...(messages?.replies ?? [])].sort((left, right) => left.at - right.at);
  const sendings = [...invitations.sendings, ...more];
  const findings = { connections: connections.found, sendings, replies };
  return { findings, desk, own: messages?.own ?? null, connectedUntil: connections.until };
}
