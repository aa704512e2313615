import type { Context } from '../../context.ts';
import type { VoiceCard } from '../../engine/ports/voices.ts';
import { printJson } from '../../io/table.ts';
import { wrapped } from '../../io/wrap.ts';
import { type Io, printable } from '../../io.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { entryJson } from './list.ts';

export const command = (open: OpenContext) =>
  hectorCommand('show', {
    summary: 'one voice in full',
    description:
      'Who writes, what may be claimed, the words, the signature, and what each DISC profile changes.',
    examples: [
      'hector voice show',
      'hector voice show groupe-services',
      'hector voice show ./voice.yaml --json',
    ],
  })
    .argument('[voice]', 'its name, or a YAML file (default: voice.yaml of the workspace, else neutral)')
    .action(async (voice, options) => showVoice(open(options), { voice: voice ?? null }));

export async function showVoice(context: Context, options: { voice: string | null }): Promise<void> {
  const voice = await (await context.voices()).load(options.voice);
  if (context.json) printJson(context.io, cardJson(voice));
  else printVoice(context.io, voice);
}

function printVoice(io: Io, voice: VoiceCard): void {
  const paragraph = (text: string, indent = '') => {
    for (const line of wrapped(printable(text), io.width, indent)) io.out(line.trimEnd());
  };
  const { name, reference, language, address, emoji, file, version } = voice;
  io.out(`${io.color.bold(printable(name))} (${printable(reference)})`);
  paragraph(
    `Texts in ${language}${language === 'fr' ? `, ${address}` : ''}, ${emoji ? 'emoji' : 'no emoji'}`,
  );
  paragraph(voice.whoWeAre || 'Says nothing of us beyond the sender in hector.yaml.');
  io.out(`File: ${printable(file)} (version ${version})`);
  for (const { title, lines } of sectionsOf(voice)) {
    if (lines.length === 0) continue;
    io.out('');
    io.out(io.color.bold(title));
    for (const line of lines) paragraph(line, '  ');
  }
}

function sectionsOf(voice: VoiceCard): { title: string; lines: readonly string[] }[] {
  const { offers, proofs, words, tone, links, signature, legalIdentity, disc } = voice;
  const guides = Object.entries(disc).map(([profile, { opening, rhythm, evidence, cta }]) => ({
    title: `DISC ${profile}`,
    lines: [`Opening: ${opening}`, `Rhythm: ${rhythm}`, `Evidence: ${evidence}`, `Asks: ${cta}`],
  }));
  return [
    {
      title: 'Offers',
      lines: offers.map(
        ({ name, what, forWhom }) => `${name}: ${what}${forWhom ? ` (for: ${forWhom})` : ''}`,
      ),
    },
    { title: 'Proofs', lines: proofs.map(({ claim, source }) => `${claim} [${source}]`) },
    { title: 'Words we use', lines: words.use.length > 0 ? [words.use.join(', ')] : [] },
    { title: 'Words we never use', lines: words.avoid.length > 0 ? [words.avoid.join(', ')] : [] },
    { title: 'Tone', lines: tone },
    { title: 'Links allowed', lines: links },
    { title: 'Signature', lines: signature?.split('\n') ?? [] },
    { title: 'Legal identity', lines: legalIdentity ? [legalIdentity] : [] },
    ...guides,
  ];
}

const cardJson = (voice: VoiceCard) => ({
  ...entryJson(voice),
  version: voice.version,
  who_we_are: voice.whoWeAre,
  offers: voice.offers.map(({ name, what, forWhom }) => ({ name, what, for: forWhom })),
  proofs: voice.proofs,
  words: voice.words,
  tone: voice.tone,
  address: voice.address,
  emoji: voice.emoji,
  signature: voice.signature,
  legal_identity: voice.legalIdentity,
  links: voice.links,
  disc: voice.disc,
});
