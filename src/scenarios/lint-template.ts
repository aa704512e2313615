import type { Liquid } from 'liquidjs';
import { error, type Finding, type Verdict, warning } from '../engine/lint/finding.ts';
import { sampleFacts, USUAL_VARIABLES, without } from '../engine/lint/sample.ts';
import {
  type LintSettings,
  lintComfort,
  lintLimit,
  lintWords,
  type TextUse,
} from '../engine/lint/text-rules.ts';
import { ownWords } from '../engine/lint/typography.ts';
import { didYouMean } from '../engine/suggest.ts';
import { tidyBody, tidySubject } from '../engine/texts/message-text.ts';
import { TEMPLATE_VARIABLES, type TemplateFacts } from '../engine/texts/template-facts.ts';
import {
  type CompiledTemplate,
  compileTemplate,
  inBody,
  inSubject,
  renderTemplate,
  unknownVariables,
} from '../liquid/template.ts';
import type { TemplateText } from './read.ts';

type Placed = Verdict & { line: number; column: number };

/** Everything to say about one template in one use. */
export function lintTemplate(
  liquid: Liquid,
  text: TemplateText,
  use: TextUse,
  settings: LintSettings,
): Finding[] {
  const compiled = compileTemplate(liquid, text.text);
  const placed = compiled.ok
    ? lintCompiled(liquid, compiled.template, use, settings)
    : compiled.faults.map((fault) => ({ ...fault, ...error('template-syntax', fault.message) }));
  return placed.map((finding) => ({ file: text.file, ...finding }));
}

function lintCompiled(
  liquid: Liquid,
  template: CompiledTemplate,
  use: TextUse,
  settings: LintSettings,
): Placed[] {
  const found = [...shapeFindings(template, use), ...wordFindings(template, use, settings)];
  const unknown = unknownVariables(template).map(({ name, line, column }) => {
    const message = `unknown variable "${name}"${didYouMean(name, TEMPLATE_VARIABLES)}`;
    return { ...error('unknown-variable', message), line, column };
  });
  // With an unknown variable every rendering fails, and says nothing more.
  return unknown.length > 0
    ? [...found, ...unknown]
    : [...found, ...renderFindings(liquid, template, use, settings)];
}

function shapeFindings({ source, variables }: CompiledTemplate, { channel }: TextUse): Placed[] {
  const start = { line: source.bodyLine, column: 1 };
  const findings: Placed[] = [];
  if (channel === 'email' && !source.subject)
    findings.push({
      ...error('missing-subject', 'an e-mail needs a front matter with "subject:"'),
      line: 1,
      column: 1,
    });
  if (channel !== 'email' && source.subject !== null)
    findings.push({
      ...warning('unused-subject', `${channel} has no subject`),
      line: source.subjectLine,
      column: 1,
    });
  if (channel !== 'linkedin' && !variables.some(({ name }) => name === 'opt_out'))
    findings.push({ ...error('missing-opt-out', 'no {{ opt_out }}: the reader has no way out'), ...start });
  return findings;
}

function wordFindings({ source }: CompiledTemplate, use: TextUse, settings: LintSettings): Placed[] {
  const look = (liquid: string): Placed[] =>
    lintWords(ownWords(liquid), use, settings).map(({ offset, ...verdict }) => ({
      ...verdict,
      ...placeOf(liquid, offset),
    }));
  return [
    ...look(source.subject ?? '').map((finding) => inSubject(source, finding)),
    ...look(source.body).map((finding) => inBody(source, finding)),
  ];
}

function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/**
 * Writes the text for people of whom all is known, then without each fact in turn, then with hardly any: what
 * fails there would hold real people, and the longest text is the one to measure.
 */
function renderFindings(
  liquid: Liquid,
  template: CompiledTemplate,
  use: TextUse,
  settings: LintSettings,
): Placed[] {
  const names = [...new Set(template.variables.map(({ name }) => name.replace(/\.size$/, '')))];
  const custom = names
    .filter((name) => name.startsWith('custom.'))
    .map((name) => name.slice('custom.'.length));
  const seldom = names.filter((name) => !USUAL_VARIABLES.has(name));
  const findings = (['usual', 'long'] as const).flatMap((size) => {
    const full = sampleFacts(use, size, custom);
    const bare = seldom.reduce<TemplateFacts>(without, full);
    const measure = (facts: TemplateFacts) => (text: RenderedText) => {
      if (size === 'long') return lintLimit(text, use, settings);
      return facts === full ? lintComfort(text, use) : [];
    };
    return [full, ...seldom.map((name) => without(full, name)), bare].flatMap((facts) =>
      judge(liquid, template, facts, measure(facts)),
    );
  });
  return firstOfEach(findings);
}

interface RenderedText {
  subject: string | null;
  body: string;
}

function judge(
  liquid: Liquid,
  template: CompiledTemplate,
  facts: TemplateFacts,
  measure: (text: RenderedText) => Verdict[],
): Placed[] {
  const rendered = renderTemplate(liquid, template, facts);
  if (rendered.ok) {
    const subject = rendered.subject === null ? null : tidySubject(rendered.subject);
    return measure({ subject, body: tidyBody(rendered.body) }).map((verdict) => ({
      ...verdict,
      line: 1,
      column: 1,
    }));
  }
  const { line, column, message } = rendered.fault;
  if (rendered.missing === null) return [{ ...error('template-syntax', message), line, column }];
  const advice = `"${rendered.missing}" is missing for many: put it behind "| default:" or an if`;
  return [{ ...warning('unguarded-variable', advice), line, column }];
}

/** Renderings repeat one another: one finding a rule and place, with the first number, which is of the full text. */
function firstOfEach(findings: readonly Placed[]): Placed[] {
  const first = new Map<string, Placed>();
  for (const finding of findings) {
    const key = `${finding.rule}:${finding.line}:${finding.column}`;
    if (!first.has(key)) first.set(key, finding);
  }
  return [...first.values()];
}
