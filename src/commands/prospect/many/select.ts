import type { Context } from '../../../context.ts';
import { EVERYBODY, type StandingFilter } from '../../../engine/ports/people.ts';
import { PEOPLE_PROBLEMS } from '../../../engine/ports/people-changes.ts';
import { shellWord } from '../../../engine/shell-word.ts';
import { EXIT, UserError, usageError } from '../../../errors.ts';
import { whereFilter } from '../filter.ts';
import { personNamed } from '../view.ts';
import { readReferences } from './stdin.ts';

export interface Unknown {
  reference: string;
  /** In words, with the reference in them. */
  why: string;
}

export interface Selected {
  ids: number[];
  /** What names nobody, or several people. */
  unknown: Unknown[];
  /** How --where says that they stand; its campaign is the one it speaks of, or null. */
  standing: StandingFilter;
  /** How they were said, for a command to type again: ` --where 'tag=vip'`. */
  said: string;
}

export interface SelectOptions {
  prospects: readonly string[];
  where?: string | undefined;
}

/** What every command over many people takes. */
export interface ManyOptions extends SelectOptions {
  campaign?: string | undefined;
  yes?: boolean | undefined;
}

/** As it is written, whatever was typed. */
export const campaignName = async (context: Context, typed: string | null): Promise<string | null> =>
  typed === null ? null : (await (await context.stores.campaigns()).find(typed)).name;

/** Several people, or one who may be one of many: not the plain case of a single person who is named. */
export const isMany = ({ prospects, where }: SelectOptions): boolean =>
  where !== undefined || prospects.length !== 1 || prospects[0] === '-';

/**
 * Who is meant by --where, by a list on stdin (`-`), or by several arguments.
 * @throws UserError when nobody is said
 */
export async function selectPeople(
  context: Context,
  options: SelectOptions,
  help: string,
): Promise<Selected> {
  const { prospects, where } = options;
  if (where !== undefined) {
    if (prospects.length > 0)
      throw usageError('people by name and --where exclude each other', `${help} --help`);
    const filter = whereFilter(where);
    const ids = await (await context.stores.people()).ids(filter);
    return { ids, unknown: [], standing: filter, said: ` --where ${shellWord(where)}` };
  }
  if (prospects.length === 0)
    throw usageError('who? A person, several, - for a list on stdin, or --where', `${help} --help`);
  if (prospects.includes('-'))
    return { ...(await fromStdin(context, prospects, help)), standing: EVERYBODY, said: ' -' };
  const said = prospects.map((each) => ` ${shellWord(each)}`).join('');
  return { ...(await byName(context, prospects)), standing: EVERYBODY, said };
}

async function byName(context: Context, prospects: readonly string[]): Promise<Who> {
  const ids = new Set<number>();
  const unknown: Unknown[] = [];
  for (const reference of prospects)
    try {
      ids.add((await personNamed(context, reference)).id);
    } catch (error) {
      if (!(error instanceof UserError) || error.exitCode === EXIT.config) throw error;
      unknown.push({ reference, why: error.message });
    }
  return { ids: [...ids], unknown };
}

type Who = Pick<Selected, 'ids' | 'unknown'>;

async function fromStdin(context: Context, prospects: readonly string[], help: string): Promise<Who> {
  if (prospects.length > 1) throw usageError('- stands alone: the list is on stdin', `${help} --help`);
  const references = await readReferences(context, help);
  const [people, { country }] = await Promise.all([context.stores.people(), context.config()]);
  const { ids, unknown } = await people.resolve(references, country);
  const why = (reference: string): string => `${reference}: ${PEOPLE_PROBLEMS.nobody}`;
  return { ids, unknown: unknown.map((reference) => ({ reference, why: why(reference) })) };
}
