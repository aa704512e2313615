import { fold } from '../../engine/import/fold.ts';
import { leftOver } from '../../engine/texts/message-text.ts';
import type { VoiceVerdict } from './rule.ts';
import type { VoiceFile } from './schema.ts';

/** What keeps a voice from being used: messages made of it would be half filled, unproven or badly linked. */
export const voiceFaults = (file: VoiceFile): VoiceVerdict[] => [
  ...unproven(file),
  ...badLinks(file),
  ...bothWays(file),
  ...placeholders(file),
];

/** A number with its sign or unit: `94 %`, `1 200`, `3,5`. */
export const FIGURE = /\d+(?:[.,\u00a0\u202f ]\d+)*(?:[\u00a0\u202f ]?[%€])?/g;

const unproven = ({ proofs }: VoiceFile): VoiceVerdict[] =>
  proofs.flatMap(({ claim, source }, index) => {
    if (/\p{L}{3}/u.test(source ?? '')) return [];
    const figure = claim.match(FIGURE)?.[0];
    const message = figure
      ? `a figure without a source: where can "${figure}" be checked?`
      : 'a proof without a source: where can it be checked?';
    return [{ rule: 'proof-without-source', path: ['proofs', index], message }];
  });

const badLinks = ({ links }: VoiceFile): VoiceVerdict[] =>
  links.flatMap((link, index) => {
    const message = linkProblem(link);
    return message === null ? [] : [{ rule: 'link', path: ['links', index], message }];
  });

function linkProblem(link: string): string | null {
  if (!URL.canParse(link)) return `"${link}" is no address such as https://exemple.example/offres`;
  const { protocol, hostname, username, password } = new URL(link);
  if (protocol !== 'https:') return `"${link}" does not begin with https://`;
  if (username !== '' || password !== '')
    return `"${link}" has a name before the @, which hides where it leads`;
  return hostname.includes('.') ? null : `"${link}" names no site`;
}

function bothWays({ words }: VoiceFile): VoiceVerdict[] {
  const used = new Set(words.use.map(fold));
  return words.avoid.flatMap((word, index) =>
    used.has(fold(word))
      ? [
          {
            rule: 'word-both-ways',
            path: ['words', 'avoid', index],
            message: `"${word}" is to be used and to be avoided`,
          },
        ]
      : [],
  );
}

/** `[Votre nom]`, `<poste>`, `%NOM%`; an address in angle brackets is none. */
const BLANK = /\[[^\]\n]{1,40}\]|<[^>@\n]{1,40}>|%\w+%|(?<!\p{L})(?:TODO|à compléter)(?!\p{L})/iu;

function placeholders(file: VoiceFile): VoiceVerdict[] {
  const sent = [
    { path: ['signature'], text: file.signature },
    { path: ['legal_identity'], text: file.legal_identity },
  ].map(({ path, text }) => ({ path, blank: leftOver(text ?? '') ?? BLANK.exec(text ?? '')?.[0] }));
  const told = promptTexts(file).map(({ path, text }) => ({ path, blank: leftOver(text) }));
  return [...told, ...sent].flatMap(({ path, blank }) =>
    blank
      ? [{ rule: 'placeholder', path, message: `"${blank}" was never filled in: texts stand as they are` }]
      : [],
  );
}

/** What the model is told to draw on. */
export const promptTexts = ({ who_we_are, offers, proofs, words }: VoiceFile) => [
  { path: ['who_we_are'], text: who_we_are ?? '' },
  ...offers.flatMap(({ name, what, for: whom }, index) => [
    { path: ['offers', index, 'name'], text: name },
    { path: ['offers', index, 'what'], text: what },
    { path: ['offers', index, 'for'], text: whom ?? '' },
  ]),
  ...proofs.flatMap(({ claim, source }, index) => [
    { path: ['proofs', index, 'claim'], text: claim },
    { path: ['proofs', index, 'source'], text: source ?? '' },
  ]),
  ...words.use.map((text, index) => ({ path: ['words', 'use', index], text })),
];
