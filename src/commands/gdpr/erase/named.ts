import type { Context } from '../../../context.ts';
import type { SuppressionKey } from '../../../engine/model.ts';
import { parseSuppression } from '../../../engine/parse-suppression.ts';
import { UserError } from '../../../errors.ts';
import { countryFor } from '../../country.ts';
import { personNamed } from '../../prospect/view.ts';

export interface EraseOptions {
  references: readonly string[];
  alsoUnknown: boolean;
  dryRun: boolean;
  yes: boolean;
}

export interface Named {
  people: number[];
  unknown: SuppressionKey[];
}

/** Who is meant; with --also-unknown also addresses of nobody. One that cannot be told refuses all. */
export async function named(context: Context, { references, alsoUnknown }: EraseOptions): Promise<Named> {
  const people = new Set<number>();
  const unknown: SuppressionKey[] = [];
  for (const reference of references)
    try {
      people.add((await personNamed(context, reference)).id);
    } catch (error) {
      const key = alsoUnknown && error instanceof UserError ? await ownKey(context, reference) : null;
      // Somebody has it, and it was refused for another reason: several people, for one.
      if (key === null || (await isHeld(context, key))) throw error;
      unknown.push(key);
    }
  return { people: [...people], unknown };
}

const isHeld = async ({ stores }: Context, key: SuppressionKey): Promise<boolean> =>
  (await stores.gdpr()).isHeld(key);

/** Of one person: a domain or SIREN is a firm's, and belongs on the blacklist. */
async function ownKey(context: Context, reference: string): Promise<SuppressionKey | null> {
  const parsed = await parseSuppression(reference, { country: await countryFor(context, reference) });
  const personal = parsed.ok && ['email', 'phone', 'linkedin'].includes(parsed.value.kind);
  return personal && !/^[a-z0-9]+:/.test(parsed.value.value) ? parsed.value : null;
}
