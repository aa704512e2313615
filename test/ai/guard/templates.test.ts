import { describe, expect, it } from 'vitest';
import { sampleFacts } from '../../../src/engine/lint/sample.ts';
import type { Language, MessageKind } from '../../../src/engine/model.ts';
import type { LoadedScenario } from '../../../src/engine/ports/texts.ts';
import { kindOn } from '../../../src/engine/texts/kinds.ts';
import { createLiquid } from '../../../src/liquid/engine.ts';
import { compileTemplate, renderTemplate } from '../../../src/liquid/template.ts';
import { createLibrary } from '../../../src/scenarios/library.ts';
import { inWords, judge, wrote } from './situation.ts';

const library = createLibrary(null);
const slugs = (await library.list()).map(({ scenario }) => scenario.slug);
const all = (
  await Promise.all(
    slugs.flatMap((slug) =>
      (['fr', 'en'] as const).map(async (language) => textsOf(await library.load(slug, language), language)),
    ),
  )
).flat();

interface Text {
  name: string;
  language: Language;
  kind: MessageKind;
  length: string | null;
  source: string;
}

/** Each step with its own template; the defaults with no length to keep. */
function textsOf({ scenario, templates }: LoadedScenario, language: Language): Text[] {
  return scenario.steps.flatMap((step) => {
    if (step.channel === 'auto') return [];
    const kind = kindOn(step.kind, step.channel);
    return [
      { name: step.template, kind, length: step.length ?? null },
      { name: `default/${kind}`, kind, length: null },
    ].map((text) => ({ ...text, language, source: templates[text.name] ?? '' }));
  });
}

const liquid = createLiquid();

describe('what our templates say', () => {
  it('is there to be judged', () => expect(all.length).toBe(100));

  it.each(all)('passes as an answer: $language $name', ({ kind, language, length, source }) => {
    const compiled = compileTemplate(liquid, source);
    if (!compiled.ok) throw new Error('a template that does not compile');
    const channel = kind === 'sms' || kind === 'email' ? kind : 'linkedin';
    const rendered = renderTemplate(
      liquid,
      compiled.template,
      sampleFacts({ channel, language }, 'usual', ['accroche']),
    );
    if (!rendered.ok) throw new Error('a template that does not render');
    const guarded = judge({
      kind,
      language,
      subject: rendered.subject,
      body: unsigned(rendered.body),
      sender: { name: 'Claire Martin', company: 'Atelier Martin', phone: '06 12 34 56 78' },
      facts: { industry: 'mécanique' },
      voice: { proofs: [], offers: [] },
      step: { length, objective: 'présenter notre offre de services' },
      exchanges: [
        wrote('out', 'email', 'Bonjour Christophe,\n\nTout autre chose.', 'Une question sur vos ateliers'),
      ],
    });
    expect(inWords(guarded)).toEqual([]);
  });
});

/** Without what the program adds: name and address under an e-mail, the way out under an SMS. */
const unsigned = (body: string): string =>
  body
    .replace(/\n(Bonne journée|Bien à vous|Kind regards),\n[\s\S]*$/, '\n$1,')
    .replace(/ *STOP: \S+\s*$/, '');
