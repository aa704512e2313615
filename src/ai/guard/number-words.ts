import type { Finding } from './finding.ts';
import type { Known } from './known.ts';
import { foldedWords, type Reading } from './reading.ts';
import { matchesOf, quote } from './rule.ts';

const VALUES: Readonly<Record<string, number>> = {
  ...{
    deux: 2,
    trois: 3,
    quatre: 4,
    cinq: 5,
    six: 6,
    sept: 7,
    huit: 8,
    neuf: 9,
    dix: 10,
    onze: 11,
    douze: 12,
  },
  ...{ treize: 13, quatorze: 14, quinze: 15, seize: 16, vingt: 20, vingts: 20, trente: 30, quarante: 40 },
  ...{ cinquante: 50, soixante: 60, un: 1, une: 1, one: 1, two: 2, three: 3, four: 4, five: 5, seven: 7 },
  ...{
    eight: 8,
    nine: 9,
    ten: 10,
    eleven: 11,
    twelve: 12,
    thirteen: 13,
    fourteen: 14,
    fifteen: 15,
    sixteen: 16,
  },
  ...{ seventeen: 17, eighteen: 18, nineteen: 19, twenty: 20, thirty: 30, forty: 40, fifty: 50, sixty: 60 },
  ...{ seventy: 70, eighty: 80, ninety: 90 },
};
const WORD = `(?:${Object.keys(VALUES).join('|')}|cents?|hundred|mille|thousand)`;
const NUMBER = `${WORD}(?:[ -](?:et |and )?${WORD})*`;
const PEOPLE =
  'salaries?|collaborateurs?|collaboratrices?|employes?|personnes|techniciens?|employees?|people|staff|colleagues?';
const PLACES =
  'sites|usines|agences|ateliers|machines|magasins|filiales|entrepots|bureaux|vehicules|camions|plants|offices|shops|stores|warehouses|branches|trucks|factories';
/** `votre équipe de quatre personnes`, `vos trois sites`: counted for the reader, however few. */
const THEIRS = new RegExp(
  `(?<![a-z-])(?:(?:votre|your) (?:[a-z]+ ){1,2}(?:de|d'|of) ?(${NUMBER})|(?:vos|your|vous etes|you are) (${NUMBER})) (?:${PEOPLE}|${PLACES})(?![a-z])`,
  'g',
);
const MANY_PEOPLE = new RegExp(`(?<![a-z-])(${NUMBER}) (?:${PEOPLE}|${PLACES})(?![a-z])`, 'g');
const SOME = 10;

/** Quantities in words about the reader: 90 stands in a fact, or `quatre-vingt-dix` is invented. */
export function quantities({ plain }: Reading, known: Known): Finding[] {
  const findings: Finding[] = [];
  const judge = (found: string, number: string, least: number): void => {
    const value = numberOf(number);
    if (value >= least && !known.figure(String(value)) && !known.says(foldedWords(found)))
      findings.push({ rule: 'figure', detail: `${quote(found)} stands in no fact` });
  };
  for (const [found, one, other] of matchesOf(plain, THEIRS)) judge(found, one ?? other ?? '', 2);
  for (const [found, number = ''] of matchesOf(plain, MANY_PEOPLE)) judge(found, number, SOME);
  return findings;
}

/** `quatre-vingt-dix` is 4 × 20 + 10, `deux cent cinquante` 2 × 100 + 50. */
function numberOf(number: string): number {
  let total = 0;
  let part = 0;
  for (const word of number.split(/[ -]/)) {
    if (/^cents?$|^hundred$/.test(word)) part = Math.max(part, 1) * 100;
    else if (/^mille$|^thousand$/.test(word)) {
      total += Math.max(part, 1) * 1000;
      part = 0;
    } else if (/^vingts?$/.test(word) && part % 100 === 4) part += 76;
    else part += VALUES[word] ?? 0;
  }
  return total + part;
}
