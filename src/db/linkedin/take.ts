import type { Statement } from 'better-sqlite3';
import { addStopped, nothing } from '../../engine/linkedin/take-in.ts';
import type {
  Findings,
  FoundConnection,
  FoundReply,
  Taken,
  TakenWhat,
  TakeOptions,
  Taking,
} from '../../engine/ports/linkedin.ts';
import { type Connection, write } from '../connection.ts';
import { privateCopy } from '../private-copy.ts';
import { SuppressionsTogether } from '../suppression-store.ts';
import { ChangedPeople } from '../wake.ts';
import { invitationCloser } from './close-invitations.ts';
import { connectionRecorder } from './connected.ts';
import { replyRecorder } from './reply.ts';
import { isOpen, recordSending } from './sending.ts';

/** What the files say of people in the base; a dry run goes to a copy of it. */
export function beginTaking(base: Connection, options: TakeOptions): Taking {
  const connection = options.dryRun ? privateCopy(base) : base;
  const portions = new Portions(connection, options);
  return {
    take: async (portion) => write(connection, () => portions.take(portion)),
    async end() {
      if (options.dryRun) connection.close();
    },
  };
}

class Portions {
  readonly #connection: Connection;
  readonly #options: TakeOptions;
  readonly #blacklist: SuppressionsTogether;
  readonly #recordReply: ReturnType<typeof replyRecorder>;
  readonly #recordConnection: ReturnType<typeof connectionRecorder>;
  readonly #closeInvitations: ReturnType<typeof invitationCloser>;
  readonly #changed = new ChangedPeople();
  /** Open invitations that seem to be sent, by person. */
  readonly #unconfirmed = new Map<number, number[]>();
  readonly #fillProfile: Statement<[string, number, number, string]>;
  #taken: Taken = nothing();

  constructor(connection: Connection, options: TakeOptions) {
    this.#connection = connection;
    this.#options = options;
    this.#blacklist = new SuppressionsTogether(connection, options.now);
    this.#recordReply = replyRecorder(connection, this.#blacklist, options.now);
    this.#recordConnection = connectionRecorder(connection, options);
    this.#closeInvitations = invitationCloser(connection, options.now);
    this.#fillProfile = connection.prepare(
      `update prospect set linkedin = ?, updated_at = ? where id = ? and linkedin is null
         and not exists (select 1 from prospect where linkedin = ?)`,
    );
  }

  /**
   * Sendings first: whoever was invited may have accepted, and whoever was written to may have answered. Inside write().
   */
  take({ sendings, connections, replies }: Findings): Taken {
    this.#taken = nothing();
    for (const sending of sendings) this.#sending(sending);
    for (const found of connections) this.#connect(found);
    for (const reply of replies) this.#reply(reply);
    this.#blacklist.stopMatched();
    this.#changed.wake(this.#connection, this.#options.now);
    return this.#taken;
  }

  #tell(what: TakenWhat, prospectId: number, at: number | null, detail: string): void {
    this.#taken.outcomes.push({ what, prospectId, at, detail });
  }

  #sending(sending: Findings['sendings'][number]): void {
    const { messageId, prospectId, invitation, at } = sending;
    const task = `task ${messageId}`;
    if (this.#options.confirmSent) {
      if (recordSending(this.#connection, sending, this.#options)) this.#tell('sent', prospectId, at, task);
    } else if (isOpen(this.#connection, messageId)) {
      if (invitation) this.#unconfirmed.set(prospectId, [...(this.#unconfirmed.get(prospectId) ?? []), at]);
      this.#tell('looks_sent', prospectId, at, task);
    }
  }

  #connect(found: FoundConnection): void {
    const { prospectId, slug, on } = found;
    if (slug !== null) this.#fill(prospectId, slug);
    const unconfirmed = this.#unconfirmed.get(prospectId) ?? [];
    const verdict = this.#recordConnection(found, unconfirmed);
    if (verdict.do !== 'nothing') this.#tell(verdict.do, prospectId, verdict.at, on);
    else if (unconfirmed.length > 0) return;
    else this.#tell('connected_known', prospectId, null, on);
    this.#taken.closed += this.#closeInvitations(prospectId);
  }

  /** A profile that belongs to somebody else by now is left to them. */
  #fill(prospectId: number, slug: string): void {
    const { changes } = this.#fillProfile.run(slug, this.#options.now, prospectId, slug);
    if (changes === 1) this.#changed.add(prospectId, ['linkedin']);
    this.#taken.profiles[changes === 1 ? 'filled' : 'taken'] += 1;
  }

  #reply(found: FoundReply): void {
    const { prospectId, at, text, optOut } = found;
    const result = this.#recordReply(found);
    const what = optOut ? 'opted_out' : 'replied';
    this.#tell(result.known ? 'reply_known' : what, prospectId, at, text);
    addStopped(this.#taken.stopped, result.stopped);
    addStopped(this.#taken.colleagues, result.colleagues);
    this.#taken.blacklisted += result.blacklisted.length;
  }
}
