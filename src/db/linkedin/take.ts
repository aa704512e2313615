import type {
  Findings,
  FoundConnection,
  FoundReply,
  Taken,
  TakenWhat,
  TakeOptions,
} from '../../engine/ports/linkedin.ts';
import type { StoppedCounts } from '../../engine/ports/people.ts';
import { type Connection, write } from '../connection.ts';
import { ChangedPeople } from '../wake.ts';
import { invitationCloser } from './close-invitations.ts';
import { connectionRecorder } from './connected.ts';
import { replyRecorder } from './reply.ts';
import { isOpen, recordSending } from './sending.ts';

/** Thrown to undo a transaction that was only to be seen. */
class OnlySeen extends Error {
  readonly taken: Taken;

  constructor(taken: Taken) {
    super('rolled back');
    this.taken = taken;
  }
}

/** Everything that the files say of people in the base, in one transaction; rolled back when it is only to be seen. */
export function take(connection: Connection, findings: Findings, options: TakeOptions): Taken {
  try {
    return write(connection, () => {
      const taken = new Taking(connection, options).all(findings);
      if (options.dryRun) throw new OnlySeen(taken);
      return taken;
    });
  } catch (error) {
    if (error instanceof OnlySeen) return error.taken;
    throw error;
  }
}

const nobody = (): StoppedCounts => ({ people: 0, enrolments: 0, messages: 0 });

class Taking {
  readonly #connection: Connection;
  readonly #options: TakeOptions;
  readonly #recordReply: ReturnType<typeof replyRecorder>;
  readonly #recordConnection: ReturnType<typeof connectionRecorder>;
  readonly #closeInvitations: ReturnType<typeof invitationCloser>;
  readonly #changed = new ChangedPeople();
  /** Open invitations that seem to be sent, by person. */
  readonly #unconfirmed = new Map<number, number[]>();
  readonly #taken: Taken = {
    outcomes: [],
    profiles: { filled: 0, taken: 0 },
    closed: 0,
    stopped: nobody(),
    colleagues: nobody(),
    blacklisted: 0,
  };

  constructor(connection: Connection, options: TakeOptions) {
    this.#connection = connection;
    this.#options = options;
    this.#recordReply = replyRecorder(connection, options.now);
    this.#recordConnection = connectionRecorder(connection, options);
    this.#closeInvitations = invitationCloser(connection, options.now);
  }

  /** Sendings first: whoever was invited may have accepted, and whoever was written to may have answered. */
  all({ sendings, connections, replies }: Findings): Taken {
    for (const sending of sendings) this.#sending(sending);
    for (const found of connections) this.#connect(found);
    for (const reply of replies) this.#reply(reply);
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
    const { changes } = this.#connection
      .prepare<[string, number, number, string]>(
        `update prospect set linkedin = ?, updated_at = ? where id = ? and linkedin is null
           and not exists (select 1 from prospect where linkedin = ?)`,
      )
      .run(slug, this.#options.now, prospectId, slug);
    if (changes === 1) this.#changed.add(prospectId, ['linkedin']);
    this.#taken.profiles[changes === 1 ? 'filled' : 'taken'] += 1;
  }

  #reply(found: FoundReply): void {
    const { prospectId, at, text, optOut } = found;
    const result = this.#recordReply(found);
    const what = optOut ? 'opted_out' : 'replied';
    this.#tell(result.known ? 'reply_known' : what, prospectId, at, text);
    add(this.#taken.stopped, result.stopped);
    add(this.#taken.colleagues, result.colleagues);
    this.#taken.blacklisted += result.blacklisted.length;
  }
}

function add(sum: StoppedCounts, more: StoppedCounts): void {
  sum.people += more.people;
  sum.enrolments += more.enrolments;
  sum.messages += more.messages;
}
