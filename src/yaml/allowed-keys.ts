import { z } from 'zod';

/** zod does not say which keys it would have taken; the JSON schema it generates does. */
export function allowedKeys(schema: z.ZodType, path: PropertyKey[]): string[] {
  let nodes: unknown[] = [z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })];
  for (const segment of path)
    nodes = nodes.flatMap((node) => {
      const found = branches(node).map((branch) =>
        typeof segment === 'number'
          ? property(branch, 'items')
          : (property(property(branch, 'properties'), String(segment)) ??
            property(branch, 'additionalProperties')),
      );
      return found.filter((child) => child !== undefined);
    });
  return nodes.flatMap(branches).flatMap((node) => Object.keys(asObject(property(node, 'properties'))));
}

function branches(node: unknown): unknown[] {
  const unions = [property(node, 'anyOf'), property(node, 'oneOf'), property(node, 'allOf')];
  return [node, ...unions.flatMap((union) => (Array.isArray(union) ? union.flatMap(branches) : []))];
}

const asObject = (value: unknown): object => (typeof value === 'object' && value !== null ? value : {});

const property = (node: unknown, key: string): unknown =>
  Object.getOwnPropertyDescriptor(asObject(node), key)?.value;
