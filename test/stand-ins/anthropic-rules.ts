import { ANTHROPIC_MODELS, type ModelFacts } from './anthropic-models.ts';
import { isFields } from './contract.ts';

type Fields = Record<string, unknown>;

/** A refusal of `POST /v1/messages`, or of one request of a batch. */
export interface Breach {
  status: number;
  type: string;
  message: string;
}

const invalid = (message: string): Breach => ({ status: 400, type: 'invalid_request_error', message });

const KNOWN = [
  ...['model', 'max_tokens', 'messages', 'system', 'output_config', 'thinking', 'tools', 'tool_choice'],
  ...['stop_sequences', 'metadata', 'service_tier', 'inference_geo', 'cache_control', 'stream'],
];
const SAMPLING = ['temperature', 'top_p', 'top_k'];
const EFFORTS = ['low', 'medium', 'high', 'xhigh', 'max'];
const TIERS = ['auto', 'standard_only'];

/** The first rule that a body breaks, or null. */
export function breachOf(body: unknown): Breach | null {
  if (!isFields(body)) return invalid('The request body is not valid JSON.');
  if (typeof body.model !== 'string') return invalid('model: Field required');
  const facts = ANTHROPIC_MODELS[body.model];
  if (facts === undefined || facts.lifecycle === 'retired')
    return { status: 404, type: 'not_found_error', message: `model: ${body.model}` };
  const checks = [badFields, badMaxTokens, badMessages, badSystem, badThinking, badOutput, badTools];
  for (const check of checks) {
    const message = check(body, facts);
    if (message !== null) return invalid(message);
  }
  return null;
}

type Check = (body: Fields, facts: ModelFacts) => string | null;

const badFields: Check = (body, { sampling }) => {
  const used = SAMPLING.find((name) => body[name] !== undefined);
  if (used !== undefined && !sampling) return `${used}: sampling parameters are not supported by this model`;
  const unknown = Object.keys(body).find((name) => !KNOWN.includes(name) && !SAMPLING.includes(name));
  if (unknown !== undefined) return `${unknown}: Extra inputs are not permitted`;
  if (body.service_tier !== undefined && !TIERS.includes(String(body.service_tier)))
    return "service_tier: Input should be 'auto' or 'standard_only'";
  return body.stream === true ? 'stream: this stand-in does not stream' : null;
};

const badMaxTokens: Check = ({ max_tokens: asked }, { maxTokens }) => {
  if (asked === undefined) return 'max_tokens: Field required';
  if (typeof asked !== 'number' || !Number.isInteger(asked) || asked < 1)
    return 'max_tokens: Input should be greater than or equal to 1';
  return asked > maxTokens ? `max_tokens: ${asked} > ${maxTokens}, the maximum of this model` : null;
};

const badMessages: Check = ({ messages }, { prefill }) => {
  if (!Array.isArray(messages)) return 'messages: Field required';
  if (messages.length === 0) return 'messages: at least one message is required';
  for (const [index, message] of messages.entries()) {
    if (!isFields(message) || !['user', 'assistant', 'system'].includes(String(message.role)))
      return `messages.${index}.role: Input should be 'user', 'assistant' or 'system'`;
    const wrong = badBlocks(message.content, `messages.${index}.content`);
    if (wrong !== null) return wrong;
  }
  if (roleOf(messages[0]) !== 'user') return 'messages: first message must use the "user" role';
  return roleOf(messages.at(-1)) === 'assistant' && !prefill
    ? 'This model does not support assistant message prefill. The conversation must end with a user message.'
    : null;
};

const roleOf = (message: unknown): unknown => (isFields(message) ? message.role : undefined);

const badSystem: Check = ({ system }) => {
  if (system === undefined || typeof system === 'string') return null;
  return (
    badBlocks(system, 'system') ?? (marksIn(system) > 4 ? 'A maximum of 4 blocks with cache_control.' : null)
  );
};

const marksIn = (blocks: unknown): number =>
  Array.isArray(blocks)
    ? blocks.filter((block) => isFields(block) && block.cache_control !== undefined).length
    : 0;

function badBlocks(content: unknown, where: string): string | null {
  if (typeof content === 'string')
    return content === '' ? `${where}: text content blocks must be non-empty` : null;
  if (!Array.isArray(content) || content.length === 0) return `${where}: Input should be a valid array`;
  for (const [index, block] of content.entries()) {
    if (!isFields(block) || block.type !== 'text' || typeof block.text !== 'string')
      return `${where}.${index}: this stand-in knows text blocks`;
    if (block.text.trim() === '')
      return `${where}.${index}: text content blocks must contain non-whitespace text`;
    const { cache_control: mark } = block;
    const ttl = isFields(mark) ? (mark.ttl ?? '5m') : null;
    if (
      mark !== undefined &&
      (!isFields(mark) || mark.type !== 'ephemeral' || (ttl !== '5m' && ttl !== '1h'))
    )
      return `${where}.${index}.cache_control: Input tag should be 'ephemeral'`;
  }
  return null;
}

const badThinking: Check = ({ thinking, output_config: output, max_tokens: most }, facts) => {
  if (thinking === undefined) return null;
  if (!isFields(thinking) || !facts.thinking.some((type) => type === thinking.type)) {
    const type = isFields(thinking) ? String(thinking.type) : '';
    return `"thinking.type.${type}" is not supported for this model. Use one of ${facts.thinking.join(', ')}.`;
  }
  if (thinking.type === 'enabled') {
    const budget = thinking.budget_tokens;
    if (typeof budget !== 'number' || budget < 1024) return 'thinking.enabled.budget_tokens: at least 1024';
    if (budget >= Number(most)) return '`max_tokens` must be greater than `thinking.budget_tokens`';
  }
  const effort = isFields(output) ? String(output.effort) : '';
  const off = thinking.type === 'disabled' || thinking.type === 'between_tools';
  return off && ['xhigh', 'max'].includes(effort) ? `thinking cannot be off at effort ${effort}` : null;
};

const badOutput: Check = ({ output_config: output }, { effort: takesEffort }) => {
  if (output === undefined) return null;
  if (!isFields(output)) return 'output_config: Input should be an object';
  const { effort, format, ...more } = output;
  const [extra] = Object.keys(more);
  if (extra !== undefined) return `output_config.${extra}: Extra inputs are not permitted`;
  if (effort !== undefined && !takesEffort) return 'This model does not support the effort parameter.';
  if (effort !== undefined && !EFFORTS.includes(String(effort)))
    return `output_config.effort: Input should be one of ${EFFORTS.join(', ')}`;
  if (format === undefined) return null;
  if (!isFields(format) || format.type !== 'json_schema')
    return "output_config.format: should be 'json_schema'";
  return badSchema(format.schema, 'output_config.format.schema');
};

const FORMATS = ['date-time', 'time', 'date', 'duration', 'email', 'hostname', 'uri', 'ipv4', 'ipv6', 'uuid'];
const NOT_IN_SCHEMAS = [
  ...['oneOf', 'minLength', 'maxLength', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'],
  ...['multipleOf', 'maxItems', 'uniqueItems', 'minProperties', 'maxProperties', 'patternProperties'],
];

/** Limits of structured outputs: platform.claude.com/docs, "Structured outputs". */
function badSchema(schema: unknown, where: string): string | null {
  if (!isFields(schema)) return `${where}: Input should be a valid object`;
  const banned = NOT_IN_SCHEMAS.find((name) => schema[name] !== undefined);
  if (banned !== undefined) return `${where}: property '${banned}' is not supported`;
  if (schema.minItems !== undefined && schema.minItems !== 0 && schema.minItems !== 1)
    return `${where}: 'minItems' other than 0 or 1 is not supported`;
  if (schema.format !== undefined && !FORMATS.includes(String(schema.format)))
    return `${where}: format '${String(schema.format)}' is not supported`;
  if (schema.type === 'object' && schema.additionalProperties !== false)
    return `${where}: For 'object' type, 'additionalProperties' must be explicitly set to false`;
  for (const [name, inner] of insideOf(schema)) {
    const wrong = badSchema(inner, `${where}.${name}`);
    if (wrong !== null) return wrong;
  }
  return null;
}

function insideOf({ properties, items, anyOf, allOf, $defs }: Fields): [string, unknown][] {
  const lists = [anyOf, allOf].flatMap((list) => (Array.isArray(list) ? list : []));
  return [
    ...(isFields(properties) ? Object.entries(properties) : []),
    ...(isFields($defs) ? Object.entries($defs) : []),
    ...(items === undefined ? [] : [['items', items] satisfies [string, unknown]]),
    ...lists.map((each, index): [string, unknown] => [String(index), each]),
  ];
}

const badTools: Check = ({ tools, tool_choice: choice }, { forcedTool }) => {
  if (tools !== undefined && !Array.isArray(tools)) return 'tools: Input should be a valid array';
  const forced = isFields(choice) && (choice.type === 'tool' || choice.type === 'any');
  return forced && !forcedTool ? 'tool_choice: forced tool use is not supported by this model' : null;
};
