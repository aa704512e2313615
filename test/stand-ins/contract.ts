/** The few words of JSON Schema that the fixtures in test/fixtures/contracts use. */
export interface Shape {
  type?: string;
  required?: string[];
  additionalProperties?: boolean;
  properties?: Record<string, Shape>;
  /** Every value of an object. */
  values?: Shape;
  items?: Shape;
  anyOf?: Shape[];
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
}

export interface Breach {
  /** The outermost field: `to`, `tags`. */
  field: string;
  missing: boolean;
  message: string;
}

type Fields = Record<string, unknown>;
export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The first breach of the contract, or null. */
export function breach(shape: Shape, value: unknown, field = ''): Breach | null {
  if (shape.anyOf) {
    const found = shape.anyOf.map((one) => breach(one, value, field));
    return found.includes(null) ? null : (found.find(Boolean) ?? null);
  }
  const wrong = (why: string): Breach => ({
    field,
    missing: false,
    message: `Invalid \`${field}\` field. ${why}`,
  });
  if (typeof value === 'string')
    return shape.type === 'string' ? badString(shape, value, wrong) : wrong(`No ${shape.type}.`);
  if (Array.isArray(value))
    return shape.type === 'array' ? badArray(shape, value, field, wrong) : wrong(`No ${shape.type}.`);
  if (isFields(value))
    return shape.type === 'object' ? badObject(shape, value, field, wrong) : wrong(`No ${shape.type}.`);
  return wrong(`No ${shape.type}.`);
}

type Wrong = (why: string) => Breach;

function badString(shape: Shape, value: string, wrong: Wrong): Breach | null {
  if (value.length < (shape.minLength ?? 0)) return wrong('Too short.');
  if (value.length > (shape.maxLength ?? Number.POSITIVE_INFINITY)) return wrong('Too long.');
  return shape.pattern && !new RegExp(shape.pattern, 'u').test(value)
    ? wrong('Characters that are not allowed.')
    : null;
}

function badArray(shape: Shape, value: unknown[], field: string, wrong: Wrong): Breach | null {
  if (value.length < (shape.minItems ?? 0)) return wrong('Too few.');
  if (value.length > (shape.maxItems ?? Number.POSITIVE_INFINITY)) return wrong('Too many.');
  const { items } = shape;
  return items ? (value.map((item) => breach(items, item, field)).find(Boolean) ?? null) : null;
}

function badObject(shape: Shape, value: Fields, field: string, wrong: Wrong): Breach | null {
  for (const name of shape.required ?? []) {
    if (value[name] === undefined)
      return { field: field || name, missing: true, message: `Missing \`${name}\` field.` };
  }
  for (const [name, inner] of Object.entries(value)) {
    const known = shape.properties?.[name] ?? shape.values;
    if (!known && shape.additionalProperties === false) return wrong(`\`${name}\` is not known.`);
    const found = known ? breach(known, inner, field || name) : null;
    if (found) return found;
  }
  return null;
}
