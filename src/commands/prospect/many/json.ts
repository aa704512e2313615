import { failure } from '../../../errors.ts';
import { printable } from '../../../io.ts';

/** Keys that say who is meant, best first; the `id` of a message or a task is not the person's. */
const NAMING = ['prospect_id', 'hector_id', 'id', 'email', 'linkedin', 'mobile', 'phone'];

/** Who is meant by JSON such as `hector prospect list --json` prints. @throws UserError where it does not say that */
export async function jsonReferences(bytes: AsyncIterable<Buffer>, help: string): Promise<string[]> {
  const chunks: Buffer[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  const next = `hector prospect list --json | ${help} - --yes`;
  const entries = parsed(Buffer.concat(chunks).toString('utf8').trim(), next);
  return entries.map((entry, index) => {
    const reference = isRecord(entry) ? namedIn(entry) : referenceOf(entry);
    if (reference !== null) return reference;
    const keys = 'id, email, linkedin, phone';
    throw failure(`entry ${index + 1} of the JSON on stdin does not say who is meant (${keys})`, next);
  });
}

function parsed(text: string, next: string): unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [];
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw failure(`the JSON on stdin cannot be read: ${printable(why)}`, next, error);
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const namedIn = (entry: Record<string, unknown>): string | null =>
  NAMING.map((name) => referenceOf(entry[name])).find((reference) => reference !== null) ?? null;

function referenceOf(value: unknown): string | null {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return `#${value}`;
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}
