import { Liquid, type Template } from 'liquidjs';

/**
 * Liquid without files, clock or chance: a text is a function of its template and its facts. An absent fact is an
 * error unless it stands behind `default` or in a condition. The limits are far above any message.
 */
export function createLiquid(): Liquid {
  const liquid = new Liquid({
    strictVariables: true,
    strictFilters: true,
    lenientIf: true,
    ownPropertyOnly: true,
    templates: {},
    parseLimit: 100_000,
    memoryLimit: 1_000_000,
    renderLimit: 500,
  });
  for (const tag of FILE_TAGS) delete liquid.tags[tag];
  for (const filter of CHANGING_FILTERS) delete liquid.filters[filter];
  return liquid;
}

const FILE_TAGS = ['include', 'render', 'layout', 'block'];
const CHANGING_FILTERS = [
  'date',
  'date_to_xmlschema',
  'date_to_rfc822',
  'date_to_string',
  'date_to_long_string',
  'sample',
];

/** One parsed Liquid text and the variables it reads, each with the places (from 1) where it does. */
export interface Parsed {
  templates: Template[];
  variables: { name: string; line: number; column: number }[];
}

export interface LiquidFault {
  line: number;
  column: number;
  message: string;
}

export type ParsedLiquid = { ok: true; parsed: Parsed } | { ok: false; fault: LiquidFault };

export function parseLiquid(liquid: Liquid, text: string): ParsedLiquid {
  try {
    const templates = liquid.parse(text);
    const globals = Object.values(liquid.analyzeSync(templates, { partials: false }).globals);
    const variables = globals.flat().map(({ segments, location }) => ({
      name: segments.every((segment) => typeof segment === 'string')
        ? segments.join('.')
        : `${segments[0]}[...]`,
      line: location.row,
      column: location.col,
    }));
    return { ok: true, parsed: { templates, variables } };
  } catch (error) {
    return { ok: false, fault: faultOf(error) };
  }
}

/** `missing` names the fact that was asked for and is not there. */
export type Rendered = { ok: true; text: string } | { ok: false; missing: string | null; fault: LiquidFault };

/** Facts that are absent must be absent from `facts`, not null. */
export function renderLiquid(liquid: Liquid, parsed: Parsed, facts: object): Rendered {
  // Liquid tells an absent fact in a condition by an exception of its own; their stack traces cost more than
  // all the rest of a rendering.
  const traced = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    const text: unknown = liquid.renderSync(parsed.templates, facts);
    return { ok: true, text: String(text) };
  } catch (error) {
    return { ok: false, missing: missingVariable(error), fault: faultOf(error) };
  } finally {
    Error.stackTraceLimit = traced;
  }
}

function missingVariable(error: unknown): string | null {
  for (let cause: unknown = error; cause instanceof Error; cause = property(cause, 'originalError')) {
    const name = property(cause, 'variableName');
    if (typeof name === 'string') return name;
  }
  return null;
}

/** Liquid's messages end with `, line:2, col:5`, which is said by the caller in its own way. */
function faultOf(error: unknown): LiquidFault {
  if (!(error instanceof Error)) throw error;
  const [, message, line, column] =
    /^(.*?)(?:, file:.*?)?(?:, line:(\d+), col:(\d+))?$/s.exec(error.message) ?? [];
  return { line: Number(line ?? 1), column: Number(column ?? 1), message: message ?? error.message };
}

const property = (value: object, key: string): unknown => Reflect.get(value, key);
