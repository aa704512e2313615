import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Context } from '../../../context.ts';
import type { CampaignAnswers } from '../../../engine/ports/campaign-drafts.ts';
import { filesOf, parseFrom } from '../people.ts';
import { type Into, type Selection, selectPeople } from './roster.ts';

/** Who is in a campaign that is still being made: looked at anew only where something may have changed. */
export class Selections {
  readonly #context: Context;
  #last: { key: string; selection: Selection } | null = null;

  constructor(context: Context) {
    this.#context = context;
  }

  /**
   * @param hash of the scenario
   * @param rest called now and then; what it throws ends it
   */
  async of(
    answers: CampaignAnswers,
    into: Into,
    hash: string,
    rest: () => Promise<void>,
  ): Promise<Selection> {
    const { from, person, includeAnswered, again } = answers;
    const { mode, channels } = into;
    const outside = [await this.#listsOf(from ?? []), await (await this.#context.stores.roster()).changes()];
    const key = JSON.stringify([from, person, includeAnswered, again, mode, channels, hash, outside]);
    if (this.#last?.key !== key)
      this.#last = { key, selection: await selectPeople(this.#context, answers, into, rest) };
    return this.#last.selection;
  }

  /** After something of ours was written. */
  forget(): void {
    this.#last = null;
  }

  /** What tells a list from what it was. */
  #listsOf(from: readonly string[]): Promise<unknown[]> {
    const { cwd } = this.#context;
    const files = filesOf(from.map((text) => parseFrom(text, cwd, this.#context.now())));
    return Promise.all(
      files.map(async (path) => {
        const { mtimeMs, size, ino } = await stat(resolve(cwd, path));
        return [mtimeMs, size, ino];
      }),
    );
  }
}
