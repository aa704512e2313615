import { and, asc, count, eq, exists, gt, not, type SQL, sql } from 'drizzle-orm';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import type { PeopleFilter, PersonRow } from '../engine/ports/people.ts';
import { folded } from '../engine/suggest.ts';
import { suppressionKeys } from '../engine/suppression.ts';
import { findCampaign } from './campaign-store.ts';
import type { Connection } from './connection.ts';
import { enrolmentViews } from './enrolment-views.ts';
import { defineFolded, foldedSql, prospectsById } from './prospect-rows.ts';
import { enrolment, prospect } from './schema.ts';
import { findSuppressed } from './suppression-lookup.ts';

/** People read at once: memory does not grow with the base. */
const PAGE = 1000;

/** Which people a filter means; drizzle composes what is optional. Loaded only by the listings. */
export class PeopleQuery {
  readonly #connection: Connection;
  readonly #drizzle: BetterSQLite3Database;
  readonly #where: SQL | undefined;
  readonly #campaignId: number | null;

  /** @throws UserError for an unknown campaign. */
  constructor(connection: Connection, filter: PeopleFilter) {
    defineFolded(connection);
    this.#connection = connection;
    this.#drizzle = drizzle({ client: connection });
    this.#campaignId = filter.campaign === null ? null : findCampaign(connection, filter.campaign).id;
    this.#where = this.#conditions(filter);
  }

  #conditions({ status, text, company }: PeopleFilter): SQL | undefined {
    return and(
      this.#enrolled(status),
      text === null ? undefined : contains(EVERYTHING, text),
      company === null ? undefined : contains(COMPANY, company),
    );
  }

  #enrolled(status: PeopleFilter['status']): SQL | undefined {
    if (this.#campaignId === null && status === null) return undefined;
    const found = this.#drizzle
      .select({ one: sql`1` })
      .from(enrolment)
      .where(
        and(
          eq(enrolment.prospectId, prospect.id),
          this.#campaignId === null ? undefined : eq(enrolment.campaignId, this.#campaignId),
          status === null || status === 'none' ? undefined : eq(enrolment.status, status),
        ),
      );
    return status === 'none' ? not(exists(found)) : exists(found);
  }

  count(): number {
    return this.#drizzle.select({ people: count() }).from(prospect).where(this.#where).get()?.people ?? 0;
  }

  /** By id. Each page is read when it is asked for. */
  *pages(limit: number | null): Generator<PersonRow[]> {
    let after = 0;
    for (let left = limit ?? Number.POSITIVE_INFINITY; left > 0; left -= PAGE) {
      const ids = this.#drizzle
        .select({ id: prospect.id })
        .from(prospect)
        .where(and(gt(prospect.id, after), this.#where))
        .orderBy(asc(prospect.id))
        .limit(Math.min(left, PAGE))
        .all()
        .map(({ id }) => id);
      const last = ids.at(-1);
      if (last === undefined) return;
      after = last;
      yield this.#rows(ids);
    }
  }

  #rows(ids: readonly number[]): PersonRow[] {
    const people = prospectsById(this.#connection, ids);
    const views = enrolmentViews(this.#connection, ids, this.#campaignId);
    const suppressed = findSuppressed(
      this.#connection,
      people.map((one) => ({ id: one.id, keys: suppressionKeys(one) })),
    );
    return people.map((one) => ({
      prospect: one,
      enrolments: views.get(one.id) ?? [],
      suppressedBy: suppressed.get(one.id) ?? null,
    }));
  }

  customFields(): string[] {
    const names = this.#drizzle
      .selectDistinct({ name: sql<string>`json_each.key` })
      .from(sql`${prospect}, json_each(${prospect.custom})`)
      .where(this.#where)
      .all();
    return names.map(({ name }) => name).sort();
  }
}

const EVERYTHING = sql.raw(
  foldedSql(
    "concat_ws(' ', prospect.first_name, prospect.last_name, prospect.company, prospect.title, prospect.email)",
  ),
);
const COMPANY = sql.raw(foldedSql('prospect.company'));

/** Nothing in the words typed acts as a wildcard. */
const contains = (value: SQL, words: string): SQL => sql`instr(${value}, ${folded(words)}) > 0`;
