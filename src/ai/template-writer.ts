import type { Channel } from '../engine/model.ts';
import { BY_TEMPLATE, type WriteRequest, type Writer, type Written } from '../engine/ports/writer.ts';
import { defaultTemplate, kindOn } from '../engine/texts/kinds.ts';
import { leftOver, type TextLimits, tidyBody, tidySubject, tooLong } from '../engine/texts/message-text.ts';
import { type TemplateFacts, templateFacts } from '../engine/texts/template-facts.ts';
import { templateFor } from '../engine/texts/variant.ts';
import { createLiquid } from '../liquid/engine.ts';
import {
  type CompiledTemplate,
  compileTemplate,
  renderTemplate,
  unknownVariables,
} from '../liquid/template.ts';
import { factsKey } from './facts-key.ts';

type Held = Omit<Extract<Written, { status: 'held' }>, 'writing'>;
type Text = { status: 'written'; subject: string | null; body: string };

/**
 * Writes from the templates kept with the scenario version: the step's own, else the channel's default when the
 * step's misses a fact, is broken or grows too long for this person. A text with a blank in it is never returned.
 */
export function createTemplateWriter(limits: TextLimits): Writer {
  const compile = createCompiler();

  const attempt = (name: string, request: WriteRequest, facts: TemplateFacts): Text | Held => {
    const text = request.templates[name];
    if (text === undefined) return held('bad_template', `there is no template "${name}"`);
    const compiled = compile(text);
    if (typeof compiled === 'string') return held('bad_template', `${name}: ${compiled}`);
    return finish(name, compiled.render(facts), request, facts, limits);
  };

  const write = (request: WriteRequest): Written => {
    const facts = templateFacts(request);
    const own = request.step.kind === kindOn(request.step.kind, request.channel);
    const chosen = own ? templateFor(request.step, request.prospect.id) : null;
    const fallback = defaultTemplate(request.step.kind, request.channel);
    const first = chosen === null ? null : attempt(chosen, request, facts);
    if (first?.status === 'written')
      return { ...first, source: 'template', template: chosen, writing: BY_TEMPLATE };
    const second = chosen === fallback ? first : attempt(fallback, request, facts);
    if (second?.status === 'written')
      return { ...second, source: 'channel_template', template: fallback, writing: BY_TEMPLATE };
    // The step's own template is the one a person would mend.
    const why = first ?? second ?? held('bad_template', `there is no template "${fallback}"`);
    return { ...why, writing: BY_TEMPLATE };
  };
  return { write: async (request) => write(request), factsKey };
}

interface Template {
  render(facts: TemplateFacts): ReturnType<typeof renderTemplate>;
}

/** Parsing costs far more than rendering: each source is parsed once in a writer's life. */
function createCompiler(): (text: string) => Template | string {
  const liquid = createLiquid();
  const known = new Map<string, Template | string>();
  const fresh = (text: string): Template | string => {
    const compiled = compileTemplate(liquid, text);
    if (!compiled.ok)
      return compiled.faults.map(({ line, message }) => `line ${line}: ${message}`).join('; ');
    const [unknown] = unknownVariables(compiled.template);
    if (unknown) return `line ${unknown.line}: unknown variable "${unknown.name}"`;
    const template: CompiledTemplate = compiled.template;
    return { render: (facts) => renderTemplate(liquid, template, facts) };
  };
  return (text) => {
    let compiled = known.get(text);
    if (compiled === undefined) {
      compiled = fresh(text);
      known.set(text, compiled);
    }
    return compiled;
  };
}

/** A rendered text is only good when nothing in it is missing, left over, or beyond what the channel takes. */
function finish(
  name: string,
  rendered: ReturnType<typeof renderTemplate>,
  { step, channel }: WriteRequest,
  facts: TemplateFacts,
  limits: TextLimits,
): Text | Held {
  if (!rendered.ok)
    return rendered.missing === null
      ? held('bad_template', `${name}: ${rendered.fault.message}`)
      : held('missing_variable', rendered.missing);
  const body = withOptOut(tidyBody(rendered.body), channel, facts.opt_out);
  const subject = channel === 'email' ? tidySubject(rendered.subject ?? '') : null;
  if (body === '') return held('bad_template', `${name}: the text is empty`);
  if (subject === '') return held('bad_template', `${name}: the e-mail has no subject`);
  const blank = leftOver(`${subject ?? ''}\n${body}`);
  if (blank !== null) return held('bad_template', `${name}: "${blank}" is left in the text`);
  const excess = tooLong({ kind: kindOn(step.kind, channel), channel, subject, body }, limits);
  return excess === null ? { status: 'written', subject, body } : held('too_long', `${name}: ${excess}`);
}

/** The law wants a way out in each e-mail and SMS, whatever a template forgot (lint says so as well). */
function withOptOut(body: string, channel: Channel, optOut: TemplateFacts[string] | undefined): string {
  if (channel === 'linkedin' || body === '' || typeof optOut !== 'string' || body.includes(tidyBody(optOut)))
    return body;
  return `${body}${channel === 'email' ? '\n\n' : ' '}${tidyBody(optOut)}`;
}

const held = (reason: Held['reason'], detail: string): Held => ({ status: 'held', reason, detail });
