import type { WriteRequest } from '../../engine/ports/writer.ts';
import type { Fact } from '../../engine/texts/facts.ts';
import { visibleFacts } from '../../engine/texts/template-facts.ts';
import type { Voice } from '../voice/voice.ts';
import { cutLine } from './block.ts';

/** A cell of a list is no essay; a longer one is cut, and said to be cut. */
const VALUE_LIMIT = 400;
const CUSTOM_LIMIT = 30;
const SOURCE_LIMIT = 80;

/** Where to write to and by which number a firm is filed says nothing that a text could use; Claude need not know it. */
const WITHHELD = new Set([
  'email',
  'phone',
  'mobile',
  'siren',
  'siret',
  'naf',
  'zip',
  'language',
  'disc',
  'website',
]);
const OF_FIRM = new Set(['company', 'industry', 'headcount', 'revenue', 'city', 'region', 'country']);

/** What Claude is told, each with where it comes from: nothing else may be said about the person or the firm. */
export function factsFor(
  { step, prospect, sender, campaign }: WriteRequest,
  voice: Pick<Voice, 'offers' | 'proofs'>,
  options: { notes: boolean; custom: 'all' | readonly string[] },
): Fact[] {
  const source = cutLine(prospect.source ?? 'import', SOURCE_LIMIT);
  const visible = visibleFacts(prospect).filter(({ name }) => !WITHHELD.has(name));
  // A list has columns of its own trade (a score, a status): only those that somebody has named may be spoken of.
  const named = new Set(`${step.prompt} ${step.objective}`.match(/custom\.[\p{L}\p{N}_-]+/gu));
  const isNamed = (name: string): boolean =>
    options.custom === 'all' ||
    options.custom.some((each) => `custom.${each.replace(/^custom\./, '')}` === name) ||
    named.has(name);
  const custom = visible
    .filter(({ name }) => name.startsWith('custom.') && isNamed(name))
    .slice(0, CUSTOM_LIMIT);
  const known = visible.filter(({ name }) => !name.startsWith('custom.'));
  const facts: Fact[] = [...known, ...custom].map(({ name, value }) => ({
    id: cutLine(name, SOURCE_LIMIT),
    value,
    about: OF_FIRM.has(name) ? 'firm' : 'person',
    source,
  }));
  const add = (id: string, value: string | null, about: Fact['about'], from: string): void => {
    if (value !== null && value.trim() !== '') facts.push({ id, value: value.trim(), about, source: from });
  };
  if (options.notes) add('notes', prospect.notes, 'person', source);
  for (const field of ['name', 'title', 'company', 'phone', 'website'] as const)
    add(`sender.${field}`, sender[field], 'sender', 'hector.yaml');
  add('campaign.objective', campaign.objective, 'campaign', 'campaign');
  for (const [index, { name, what }] of voice.offers.entries())
    add(`voice.offer.${index + 1}`, `${name}: ${what}`, 'house', 'voice');
  for (const [index, { claim, source: proof }] of voice.proofs.entries())
    add(`voice.proof.${index + 1}`, claim, 'house', proof);
  return facts.map((fact) => ({ ...fact, value: cutLine(fact.value, VALUE_LIMIT) }));
}
