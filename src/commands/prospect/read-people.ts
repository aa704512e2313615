import type { Context } from '../../context.ts';
import type { PeopleFilter, PeopleSort, PersonRow } from '../../engine/ports/people.ts';
import { createProgress } from '../../io/progress.ts';

export interface Reading {
  filter: PeopleFilter;
  /** Null: all of them. */
  limit: number | null;
  sort?: PeopleSort | undefined;
  /** What is being done, for the line of progress; null: none, since people are shown on the same terminal. */
  label: string | null;
}

/** People between two looks at the world: a terminal that is drawn, Ctrl-C, a reader who has gone. */
const STRETCH = 500;

/** The people of a filter as they are read, with a line of progress where that takes long. */
export async function* readPeople(
  context: Context,
  { filter, limit, sort, label }: Reading,
): AsyncGenerator<PersonRow> {
  const store = await context.stores.people();
  const drawn = label !== null && context.io.live;
  const total = drawn ? Math.min(await store.count(filter), limit ?? Number.POSITIVE_INFINITY) : undefined;
  const progress = drawn ? createProgress(context.io, label) : null;
  let done = 0;
  try {
    for await (const row of store.list(filter, limit, sort)) {
      yield row;
      done += 1;
      if (done % STRETCH !== 0) continue;
      progress?.at(done, total);
      await new Promise((resolve) => setImmediate(resolve));
    }
  } finally {
    progress?.end();
  }
}
