/** Small words inside a family name: these stay in lower case. `Le`, `La` and `Les` do not. */
const PARTICLES = new Set(['de', 'du', 'des']);

/**
 * A name as its owner writes it, when the list has it in capitals or small letters only: `LE GOFF` is `Le Goff`,
 * `DE LA TOUR` is `de La Tour`, `D'ORMESSON` is `d'Ormesson`. A name in mixed case is left as it is.
 */
export function recaseName(name: string): string {
  const lower = name.toLowerCase();
  if (name !== lower && name !== name.toUpperCase()) return name;
  return ONE_PART.test(lower) ? capital(lower) : lower.split(' ').map(recaseWord).join(' ');
}

/** Most names: nothing to take apart. */
const ONE_PART = /^(?!mc|d[eu]s?$)[^ '’-]+$/;

/** As recaseName, but initials stay: `JP`, `J.-B.`. */
export function recaseFirstName(name: string): string {
  if (/^(?:[B-DF-HJ-NP-TV-XZ]{2}|(?:\p{Lu}\.[ -]?)+)$/u.test(name)) return name;
  return recaseName(name);
}

const recaseWord = (word: string): string =>
  PARTICLES.has(word) ? word : word.split('-').map(recasePart).join('-');

function recasePart(part: string): string {
  if (PARTICLES.has(part)) return part;
  const elided = /^([dlo])(['’])(.+)$/u.exec(part);
  if (elided) {
    const [, letter = '', apostrophe = '', rest = ''] = elided;
    return `${letter === 'd' ? 'd' : letter.toUpperCase()}${apostrophe}${capital(rest)}`;
  }
  const scottish = /^mc(\p{L}{3,})$/u.exec(part);
  return scottish ? `Mc${capital(scottish[1] ?? '')}` : capital(part);
}

function capital(word: string): string {
  const first = String.fromCodePoint(word.codePointAt(0) ?? 32);
  return word === '' ? '' : first.toUpperCase() + word.slice(first.length);
}
