import type { Liquid } from 'liquidjs';
import { isTemplateVariable, type TemplateFacts } from '../engine/texts/template-facts.ts';
import { type LiquidFault, type Parsed, parseLiquid, type Rendered, renderLiquid } from './engine.ts';
import { splitTemplate, type TemplateSource } from './source.ts';

/** A template file, read and parsed. Places count from 1 in the file. */
export interface CompiledTemplate {
  source: TemplateSource;
  subject: Parsed | null;
  body: Parsed;
  /** Every variable it reads, in subject and body, with its place. */
  variables: Parsed['variables'];
}

export type Compiled = { ok: true; template: CompiledTemplate } | { ok: false; faults: LiquidFault[] };

export function compileTemplate(liquid: Liquid, text: string): Compiled {
  const split = splitTemplate(text);
  if (!split.ok) return { ok: false, faults: [{ line: split.line, column: 1, message: split.message }] };
  const { source } = split;
  const subject = source.subject === null ? null : parseLiquid(liquid, source.subject);
  const body = parseLiquid(liquid, source.body);
  const faults: LiquidFault[] = [];
  if (subject?.ok === false) faults.push(inSubject(source, subject.fault));
  if (!body.ok) faults.push(inBody(source, body.fault));
  if (subject?.ok === false || !body.ok) return { ok: false, faults };
  const variables = [
    ...(subject?.parsed.variables ?? []).map((variable) => inSubject(source, variable)),
    ...body.parsed.variables.map((variable) => inBody(source, variable)),
  ];
  return { ok: true, template: { source, subject: subject?.parsed ?? null, body: body.parsed, variables } };
}

interface Place {
  line: number;
  column: number;
}

/** From a place in the subject to the one in the file. */
export const inSubject = <T extends Place>({ subjectLine, subjectColumn }: TemplateSource, place: T): T => ({
  ...place,
  line: subjectLine,
  column: place.column + subjectColumn - 1,
});

/** From a place in the body to the one in the file. */
export const inBody = <T extends Place>({ bodyLine }: TemplateSource, place: T): T => ({
  ...place,
  line: place.line + bodyLine - 1,
});

export const unknownVariables = ({ variables }: CompiledTemplate): CompiledTemplate['variables'] =>
  variables.filter(({ name }) => !isTemplateVariable(name));

export type RenderedTemplate =
  | { ok: true; subject: string | null; body: string }
  | Exclude<Rendered, { ok: true }>;

export function renderTemplate(
  liquid: Liquid,
  template: CompiledTemplate,
  facts: TemplateFacts,
): RenderedTemplate {
  const { source } = template;
  const subject = template.subject === null ? null : renderLiquid(liquid, template.subject, facts);
  if (subject?.ok === false) return { ...subject, fault: inSubject(source, subject.fault) };
  const body = renderLiquid(liquid, template.body, facts);
  if (!body.ok) return { ...body, fault: inBody(source, body.fault) };
  return { ok: true, subject: subject?.text ?? null, body: body.text };
}
