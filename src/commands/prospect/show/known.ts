import type { Context } from '../../../context.ts';
import { legalBasisOf, type StatedBasis } from '../../../engine/gdpr/legal-basis.ts';
import type { KnownDisc } from '../../../engine/ports/disc.ts';
import type { PersonCard } from '../../../engine/ports/people.ts';
import { UserError } from '../../../errors.ts';

/** What is not in the store. */
export interface Known {
  disc: KnownDisc | null;
  basis: StatedBasis | null;
  zone: CardZone;
}

/** In which all times of a card are shown, and whose it is. */
export interface CardZone {
  name: string;
  /** The campaign's name; null: the workspace's. */
  campaign: string | null;
}

export async function knownOf(context: Context, card: PersonCard): Promise<Known> {
  const [disc, basis, zone] = await Promise.all([
    proposedDisc(context, card),
    basisOf(context, card),
    zoneOf(context, card),
  ]);
  return { disc, basis, zone };
}

/** Not what the list itself says; and where hector.yaml cannot be read, nothing that may be unwanted. */
const proposedDisc = (context: Context, { prospect }: PersonCard): Promise<KnownDisc | null> =>
  whereReadable(null, async () => {
    const known = (await (await context.disc())?.of(prospect)) ?? null;
    return known?.source === 'column' ? null : known;
  });

/** Where hector.yaml cannot be read, it is not known. */
const basisOf = (context: Context, { prospect, legalBasis }: PersonCard): Promise<StatedBasis | null> =>
  whereReadable(null, async () => {
    const { consent, custom } = prospect;
    const { gdpr } = await context.config();
    return legalBasisOf({ consent, custom, legalBasis }, gdpr.legalBasis);
  });

/** That of the campaign they are in, or were in last: what is to come goes by it. */
async function zoneOf(context: Context, { enrolments }: PersonCard): Promise<CardZone> {
  const [latest] = enrolments;
  if (latest) return { name: latest.timezone, campaign: latest.campaign };
  const name = await whereReadable('UTC', async () => (await context.config()).timezone);
  return { name, campaign: null };
}

async function whereReadable<T>(otherwise: T, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof UserError) return otherwise;
    throw error;
  }
}
