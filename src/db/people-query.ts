import { and, asc, count, gt, type SQL, sql } from 'drizzle-orm';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import type { PeopleFilter, PeopleSort, PersonRow } from '../engine/ports/people.ts';
import { suppressionKeys } from '../engine/suppression.ts';
import type { Connection } from './connection.ts';
import { enrolmentViews } from './enrolment-views.ts';
import { findCampaign } from './find-campaign.ts';
import { conditions } from './people/conditions.ts';
import { requireStep, stepsOn } from './people/steps.ts';
import { defineFolded, prospectsById } from './prospect-rows.ts';
import { prospect } from './schema.ts';
import { findSuppressed } from './suppression-lookup.ts';

/** People read at once: memory does not grow with the base. */
const PAGE = 1000;

/** Which people a filter means; drizzle composes what is optional. Loaded only by the listings. */
export class PeopleQuery {
  readonly #connection: Connection;
  readonly #drizzle: BetterSQLite3Database;
  readonly #where: SQL | undefined;
  readonly #campaignId: number | null;
  readonly #now: number;

  /** @param now UTC ms @throws UserError for an unknown campaign or step. */
  constructor(connection: Connection, filter: PeopleFilter, now: number) {
    defineFolded(connection);
    this.#connection = connection;
    this.#now = now;
    this.#drizzle = drizzle({ client: connection });
    const { campaign, channel, step } = filter;
    const campaignId = campaign === null ? null : findCampaign(connection, campaign).id;
    if (step !== null) requireStep(connection, step, campaignId);
    const places = channel === null ? null : stepsOn(connection, channel, campaignId);
    this.#campaignId = campaignId;
    this.#where = conditions(this.#drizzle, filter, { campaignId, places, now });
  }

  count(): number {
    return this.#drizzle.select({ people: count() }).from(prospect).where(this.#where).get()?.people ?? 0;
  }

  ids(sort: PeopleSort = 'id', limit: number | null = null): number[] {
    return this.#drizzle
      .select({ id: prospect.id })
      .from(prospect)
      .where(this.#where)
      .orderBy(...this.#order(sort), asc(prospect.id))
      .limit(limit ?? -1)
      .all()
      .map(({ id }) => id);
  }

  /** Each page is read when it is asked for. */
  *pages(limit: number | null, sort: PeopleSort): Generator<PersonRow[]> {
    if (sort === 'id') return yield* this.#pagesById(limit);
    const ids = this.ids(sort, limit);
    for (let from = 0; from < ids.length; from += PAGE) yield this.#rows(ids.slice(from, from + PAGE));
  }

  *#pagesById(limit: number | null): Generator<PersonRow[]> {
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

  /** Whoever has nothing to sort by comes last. */
  #order(sort: PeopleSort): SQL[] {
    const here = this.#campaignId;
    const own = sql`e.prospect_id = ${prospect.id} and (${here} is null or e.campaign_id = ${here})`;
    switch (sort) {
      case 'id':
        return [];
      case 'name':
        return [sql`folded(${prospect.lastName}) nulls last`, sql`folded(${prospect.firstName}) nulls last`];
      case 'company':
        return [sql`folded(${prospect.company}) nulls last`];
      case 'next':
        return [
          sql`(select min(e.next_at) from enrolment e where ${own} and e.status = 'active') nulls last`,
        ];
      case 'contacted':
        return [
          sql`(select max(m.sent_at) from message m where m.prospect_id = ${prospect.id}
          and m.mode = 'live') desc nulls last`,
        ];
      case 'added':
        return [sql`${prospect.createdAt} desc`];
    }
  }

  #rows(ids: readonly number[]): PersonRow[] {
    const people = prospectsById(this.#connection, ids);
    const views = enrolmentViews(this.#connection, ids, this.#campaignId);
    const legalBases = this.#legalBases(ids);
    // Hashing everybody's addresses takes longer than all the rest: only for whoever asks.
    let suppressed: ReturnType<typeof findSuppressed> | null = null;
    const suppressedBy = (id: number) => {
      suppressed ??= findSuppressed(
        this.#connection,
        people.map((one) => ({ id: one.id, keys: suppressionKeys(one) })),
        this.#now,
      );
      return suppressed.get(id) ?? null;
    };
    return people.map((one) => ({
      prospect: one,
      enrolments: views.get(one.id) ?? [],
      legalBasis: legalBases.get(one.id) ?? null,
      get suppressedBy() {
        return suppressedBy(one.id);
      },
    }));
  }

  /** Of whom one was said for them alone. */
  #legalBases(ids: readonly number[]): Map<number, string> {
    const rows = this.#connection
      .prepare<[string], { id: number; basis: string }>(
        `select id, legal_basis as basis from prospect
         where id in (select value from json_each(?)) and legal_basis is not null`,
      )
      .all(JSON.stringify(ids));
    return new Map(rows.map(({ id, basis }) => [id, basis]));
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
