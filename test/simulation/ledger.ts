import type { Connection } from '../../src/db/connection.ts';
import type { CampaignSender } from '../../src/engine/texts/mailbox.ts';
import { addressIn } from './provider.ts';

const USUAL: CampaignSender = { name: 'Hector Martin', email: 'hector@nexalis.example' };

interface MessageFacts {
  messageId: number;
  enrolmentId: number;
  prospectId: number;
  campaignId: number;
  step: string;
  channel: string;
}

/** A person was touched: by the program, or by the operator who pasted a text. */
export interface Contact extends MessageFacts {
  at: number;
}

/**
 * What the story itself knows, beside the base and independent of it: who said no and when, what was paused when a
 * message was claimed. Order counts, not the clock, which may go back.
 */
export class Ledger {
  readonly settledByPerson = new Set<number>();
  readonly contacts: Contact[] = [];
  /** Called again with the key of an earlier call; and those of which several went under that key. */
  readonly repeated = new Set<number>();
  readonly repeatedTogether = new Set<number>();
  /** Claimed although it had to stay. */
  readonly wrong: string[] = [];
  readonly #connection: Connection;
  readonly #noPeople = new Set<number>();
  readonly #noEnrolments = new Set<number>();
  readonly #paused = new Set<string>();
  readonly #approved = new Map<number, string>();
  #names = 0;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  no(prospectId: number): void {
    this.#noPeople.add(prospectId);
  }

  /** As the scenarios of their campaigns ask for. */
  noToColleagues(prospectId: number): void {
    const enrolments = this.#connection
      .prepare<[number, number], number>(
        `select e.id from prospect one join prospect other on other.company_key = one.company_key and other.id <> one.id
           join enrolment e on e.prospect_id = other.id join campaign c on c.id = e.campaign_id
           join scenario_version v on v.id = c.scenario_version_id
         where one.id = ? and other.id <> ? and json_extract(v.body, '$.scenario.company_stop') = 'reply'`,
      )
      .pluck()
      .all(prospectId, prospectId);
    for (const id of enrolments) this.#noEnrolments.add(id);
  }

  pause(what: { enrolmentId: number } | { campaignId: number }, paused: boolean): void {
    if (paused) this.#paused.add(JSON.stringify(what));
    else this.#paused.delete(JSON.stringify(what));
  }

  /** As a person has read it. */
  approve(messageId: number, body: string): void {
    this.#approved.set(messageId, body);
  }

  newName(): string {
    this.#names += 1;
    return `Claire ${this.#names}`;
  }

  /** Had to be approved, and is not the text that a person has read. */
  unread(messageId: number): boolean {
    const found = this.#connection
      .prepare<[number], { approval: string; body: string; earlier: number }>(
        `select c.approval, m.body, exists (select 1 from message before where before.enrolment_id = m.enrolment_id
           and before.step <> m.step and before.sent_at is not null and before.id < m.id) as earlier
         from message m join campaign c on c.id = m.campaign_id where m.id = ?`,
      )
      .get(messageId);
    if (!found) throw new Error(`no message ${messageId}`);
    const asked = found.approval === 'all' || (found.approval === 'first' && found.earlier === 0);
    return asked && this.#approved.get(messageId) !== found.body;
  }

  /** The last look before the call: from here on the message is in the provider's hands. */
  claimed(messageIds: readonly number[], key: string | null): void {
    for (const id of key === null ? [] : messageIds) {
      this.repeated.add(id);
      if (messageIds.length > 1) this.repeatedTogether.add(id);
    }
    for (const message of messageIds.map((id) => this.facts(id))) {
      const { prospectId, enrolmentId, campaignId, messageId } = message;
      if (this.#noPeople.has(prospectId) || this.#noEnrolments.has(enrolmentId))
        this.wrong.push(`message ${messageId} was claimed after no`);
      if (key === null && this.#isForged(messageId))
        this.wrong.push(`message ${messageId} has a wrong sender`);
      if (this.unread(messageId)) this.wrong.push(`message ${messageId} was claimed unread`);
      if (
        this.#paused.has(JSON.stringify({ enrolmentId })) ||
        this.#paused.has(JSON.stringify({ campaignId }))
      )
        this.wrong.push(`message ${messageId} was claimed in a pause`);
    }
  }

  /** Not from the address of its campaign, or signed by somebody else. */
  #isForged(messageId: number): boolean {
    const found = this.#connection
      .prepare<[number], { sender: string | null; envelope: string; body: string; counted: string | null }>(
        `select c.sender, m.envelope, m.body, m.sender as counted from message m join campaign c on c.id = m.campaign_id
         where m.id = ? and m.channel = 'email'`,
      )
      .get(messageId);
    if (!found) return false;
    const { name, email }: CampaignSender = found.sender ? JSON.parse(found.sender) : USUAL;
    const address = email.toLowerCase();
    const from = addressIn(JSON.parse(found.envelope));
    return from !== address || found.counted !== address || !found.body.includes(name);
  }

  contact({ messageId }: { messageId: number }, at: number): void {
    this.contacts.push({ ...this.facts(messageId), at });
  }

  /** It was not pasted after all. */
  takeBack(messageId: number): void {
    const place = this.contacts.findLastIndex((each) => each.messageId === messageId);
    if (this.contacts[place]?.channel === 'linkedin') this.contacts.splice(place, 1);
  }

  facts(messageId: number): MessageFacts {
    const found = this.#connection
      .prepare<[number], MessageFacts>(
        `select id as messageId, enrolment_id as enrolmentId, prospect_id as prospectId, campaign_id as campaignId,
           step, channel from message where id = ?`,
      )
      .get(messageId);
    if (!found) throw new Error(`no message ${messageId}`);
    return found;
  }
}
