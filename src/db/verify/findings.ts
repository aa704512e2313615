import type { BreachRow, Findings } from '../../engine/ports/verify.ts';
import type { Breach } from '../../engine/verify/checks.ts';
import type { Connection } from '../connection.ts';

/** Collects what one check finds: everything counted, the first rows kept. */
export class Collector {
  readonly findings: Findings = { looked: 0, breaches: 0, rows: [], notCheckable: 0, byHand: 0 };
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** @param row made only if it is kept */
  add(row: () => BreachRow): void {
    this.findings.breaches += 1;
    if (this.findings.rows.length < this.#limit) this.findings.rows.push(row());
  }
}

type Found = Omit<BreachRow, 'code'>;

/** A rule as one statement, which selects the rows that break it. */
export function addBreaches(collector: Collector, connection: Connection, code: Breach, sql: string): void {
  for (const row of connection.prepare<[], Found>(sql).iterate()) collector.add(() => ({ code, ...row }));
}

export const countOf = (connection: Connection, sql: string): number =>
  connection.prepare<[], number>(sql).pluck().get() ?? 0;

/** The columns of a breach that is about a message, for `message m`. */
export const MESSAGE = `m.id as messageId, m.enrolment_id as enrolmentId, m.prospect_id as prospectId,
  m.campaign_id as campaignId`;

/** The columns of a breach that is about an enrolment, for `enrolment e`. */
export const ENROLMENT = `null as messageId, e.id as enrolmentId, e.prospect_id as prospectId,
  e.campaign_id as campaignId`;

/** An instant in SQL as people and scripts read it. */
export const isoSql = (at: string): string =>
  `coalesce(strftime('%Y-%m-%dT%H:%M:%fZ', ${at} / 1000.0, 'unixepoch'), 'never')`;

/** Sent, or perhaps: handed to a provider, and no word that it did not go out. */
export const perhapsSent = (alias: string): string =>
  `(${alias}.state in ('sent', 'sending', 'uncertain') or (${alias}.state = 'ready' and ${alias}.idempotency_key is not null))`;
