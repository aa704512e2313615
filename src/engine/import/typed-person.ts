import type { Parsed } from '../dates/window.ts';
import { PROSPECT_FIELDS, type ProspectField } from '../model.ts';
import { didYouMean } from '../suggest.ts';

export type TypedFacts = Partial<Record<ProspectField, string>>;

const PAIR = /^([^\s=,]+)=(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([^\s,]*))(?:[\s,]+|$)/;
const EXAMPLE = 'first_name=Claire last_name="de La Tour" company=Durand email=claire@durand.example';

const bad = (problem: string): { ok: false; problem: string } => ({ ok: false, problem });

/** `first_name=Claire company="Durand SA"`: facts of one person, as they were typed. */
export function parseTypedPerson(text: string): Parsed<TypedFacts> {
  const facts: TypedFacts = {};
  for (let rest = text.trim(); rest !== ''; ) {
    const pair = PAIR.exec(rest);
    if (!pair) return bad(`cannot be read from "${rest.slice(0, 40)}" on; such as ${EXAMPLE}`);
    const [whole, key = '', double, single, bare = ''] = pair;
    const field = PROSPECT_FIELDS.find((each) => each === key.toLowerCase());
    if (!field) return bad(`"${key}" is no fact of a person${didYouMean(key, PROSPECT_FIELDS)}`);
    if (facts[field] !== undefined) return bad(`${field} is given twice`);
    facts[field] = double?.replace(/\\(.)/gs, '$1') ?? single ?? bare;
    rest = rest.slice(whole.length);
  }
  return Object.keys(facts).length > 0 ? { ok: true, value: facts } : bad(`says nothing; such as ${EXAMPLE}`);
}

/** As `parseTypedPerson` reads it; what is empty is left out. */
export const typedPersonText = (facts: TypedFacts): string =>
  PROSPECT_FIELDS.flatMap((field) => {
    const value = facts[field]?.trim();
    if (!value) return [];
    const plain = /^[^\s,"'\\]+$/.test(value);
    return [`${field}=${plain ? value : `"${value.replace(/[\\"]/g, '\\$&')}"`}`];
  }).join(' ');
