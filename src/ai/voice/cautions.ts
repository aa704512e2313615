import { fold } from '../../engine/import/fold.ts';
import { FIGURE, promptTexts } from './faults.ts';
import type { VoiceVerdict } from './rule.ts';
import type { VoiceFile } from './schema.ts';
import { DISC_PROFILES } from './voice.ts';

/** What a person should judge before texts go out in this voice. */
export const voiceCautions = (file: VoiceFile): VoiceVerdict[] => [
  ...missing(file),
  ...tracking(file),
  ...otherAddress(file),
  ...superlatives(file),
  ...unprovenFigures(file),
  ...tooMuch(file),
  ...builtInGuides(file),
];

function missing({ who_we_are, offers, legal_identity }: VoiceFile): VoiceVerdict[] {
  const verdicts: VoiceVerdict[] = [];
  const absent = (rule: VoiceVerdict['rule'], key: string, message: string) =>
    verdicts.push({ rule, path: [key], message });
  if (who_we_are === null) absent('no-identity', 'who_we_are', 'no who_we_are: texts cannot say who writes');
  if (offers.length === 0) absent('no-offers', 'offers', 'no offers: texts can offer a conversation only');
  if (legal_identity === null)
    absent('no-legal-identity', 'legal_identity', 'no legal_identity: French law wants the firm named');
  return verdicts;
}

/** Parameters that mail and advertising tools add to follow a reader. */
const TRACKING =
  /^(?:utm_.*|mc_[ce]id|_?hs(?:enc|mi|_.*)|gclid|dclid|fbclid|msclkid|li_fat_id|trk|mkt_tok)$/i;

const tracking = ({ links }: VoiceFile): VoiceVerdict[] =>
  links.flatMap((link, index) => {
    const names = URL.canParse(link) ? [...new URL(link).searchParams.keys()] : [];
    const found = names.find((name) => TRACKING.test(name));
    return found
      ? [
          {
            rule: 'link-tracking',
            path: ['links', index],
            message: `"${found}" follows the reader: leave it out`,
          },
        ]
      : [];
  });

const OTHER_WAY = {
  vous: /(?<!\p{L})(?:tutoi\p{L}*|tutoy\p{L}*|tu|toi)(?!\p{L})/iu,
  tu: /(?<!\p{L})(?:vouvoi\p{L}*|vouvoy\p{L}*|vous)(?!\p{L})/iu,
} as const;
const REFUSED = /(?<!\p{L})(?:pas|jamais|sans|ne|n[’']|aucun|ni|évite[rz]?|plutôt que)(?!\p{L})/iu;

/** English has one word for both. */
function otherAddress({ tone, address, language }: VoiceFile): VoiceVerdict[] {
  if (language !== 'fr') return [];
  return tone.flatMap((line, index) =>
    OTHER_WAY[address].test(line) && !REFUSED.test(line)
      ? [{ rule: 'tone-address', path: ['tone', index], message: `"${line}", but address is ${address}` }]
      : [],
  );
}

const SUPERLATIVE =
  /(?<![\p{L}\p{N}])(?:n[°o]\s*1|numéro (?:1|un)|number one|#1|leaders?|les? meilleure?s?|la meilleure|the best|best-in-class|world-class|inégal(?:é|able)e?s?|incontournables?|incomparables?|révolutionnaires?|revolutionary|unrivall?ed|unmatched|market-leading|premi(?:er|ère)s? (?:acteur|groupe|cabinet|prestataire|réseau|entreprise)s?|référence (?:du|de la|des|en|sur))(?![\p{L}\p{N}])/iu;

/** A boast is fair where a proof says it too. */
function superlatives(file: VoiceFile): VoiceVerdict[] {
  const proven = file.proofs.map(({ claim }) => fold(claim)).join('\n');
  return promptTexts(file)
    .filter(({ path }) => path[0] === 'who_we_are' || path[0] === 'offers')
    .flatMap(({ path, text }) => {
      const found = SUPERLATIVE.exec(text)?.[0];
      return found && !proven.includes(fold(found))
        ? [{ rule: 'superlative', path, message: `"${found}" without a proof that says so` }]
        : [];
    });
}

function unprovenFigures({ offers, proofs }: VoiceFile): VoiceVerdict[] {
  const figuresIn = (text: string) =>
    (text.match(FIGURE) ?? []).map((each) => each.replace(/[\u00a0\u202f ]/g, ''));
  const proven = new Set(proofs.flatMap(({ claim }) => figuresIn(claim)));
  return offers.flatMap(({ name, what }, index) =>
    [...new Set(figuresIn(`${name}\n${what}`.replace(SUPERLATIVE, '')))]
      .filter((figure) => !proven.has(figure))
      .map((figure) => ({
        rule: 'offer-figure',
        path: ['offers', index],
        message: `"${figure}" stands in no proof`,
      })),
  );
}

/** Characters; all of it goes with each message that is written, and is paid for. */
const COMFORTABLE = 6000;

function tooMuch(file: VoiceFile): VoiceVerdict[] {
  const guides = Object.values(file.disc).flatMap((guide) => Object.values(guide ?? {}));
  const texts = [...promptTexts(file).map(({ text }) => text), ...file.words.avoid, ...file.tone, ...guides];
  const length = texts.reduce((sum, text) => sum + (text?.length ?? 0), 0);
  const message = `${length} characters altogether, more than ${COMFORTABLE}: each message pays for them`;
  return length > COMFORTABLE ? [{ rule: 'too-long', path: [], message }] : [];
}

function builtInGuides({ disc }: VoiceFile): VoiceVerdict[] {
  const missing = DISC_PROFILES.filter((profile) => {
    const guide = disc[profile];
    return guide === null || Object.values(guide).includes(null);
  });
  const message = `the guide of hector is used for ${missing.join(', ')}`;
  return missing.length > 0 ? [{ rule: 'disc-built-in', path: ['disc'], message }] : [];
}
