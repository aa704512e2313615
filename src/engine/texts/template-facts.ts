import { PROSPECT_FIELDS, type ProspectField } from '../model.ts';
import type { PastTouch, SenderFacts, WriteRequest } from '../ports/writer.ts';

/** Ours, not theirs: notes and the like never belong in a text a person reads. */
const INTERNAL: readonly ProspectField[] = [
  'linkedin',
  'company_linkedin',
  'timezone',
  'consent',
  'notes',
  'tags',
  'source',
];
const VISIBLE = PROSPECT_FIELDS.filter((field) => !INTERNAL.includes(field));

const SENDER_FIELDS = [
  'name',
  'title',
  'company',
  'email',
  'phone',
  'website',
] as const satisfies readonly (keyof SenderFacts)[];

/** Every variable a template may use, beside `custom.*`. */
export const TEMPLATE_VARIABLES: readonly string[] = [
  ...VISIBLE,
  ...SENDER_FIELDS.map((field) => `sender.${field}`),
  'campaign.name',
  'campaign.objective',
  'opt_out',
  'data_source',
  'previous.subject',
];

const KNOWN = new Set(TEMPLATE_VARIABLES);

/** A text has a size, which a condition may ask for. */
export function isTemplateVariable(name: string): boolean {
  const bare = name.replace(/\.size$/, '');
  return KNOWN.has(bare) || /^custom\.[^.[\]]+$/.test(bare);
}

export interface TemplateFacts {
  [name: string]: string | TemplateFacts;
}

/** The facts of one message as template variables. What is empty is absent, so that `default` and `if` work. */
export function templateFacts(request: Omit<WriteRequest, 'step' | 'templates'>): TemplateFacts {
  const { prospect, sender, campaign } = request;
  const facts: TemplateFacts = {
    custom: present(Object.entries(prospect.custom)),
    sender: present(SENDER_FIELDS.map((field) => [field, sender[field]])),
    previous: present([['subject', previousSubject(request.history)]]),
    campaign: present(Object.entries({ name: campaign.name, objective: campaign.objective })),
  };
  for (const field of VISIBLE) put(facts, field, prospect[field]);
  put(facts, 'opt_out', request.optOut);
  put(facts, 'data_source', request.dataSource);
  return facts;
}

function present(entries: Iterable<readonly [string, string | null]>): TemplateFacts {
  const facts: TemplateFacts = {};
  for (const [name, value] of entries) put(facts, name, value);
  return facts;
}

/** A cell with line breaks must not become paragraphs of ours. */
function put(facts: TemplateFacts, name: string, value: string | null): void {
  const text = value?.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
  if (!text) return;
  if (name === '__proto__') Object.defineProperty(facts, name, { value: text, enumerable: true });
  else facts[name] = text;
}

/** Of the latest e-mail, without the `Re :` it may have had itself. */
function previousSubject(history: readonly PastTouch[]): string | null {
  const subject = history.findLast((touch) => touch.channel === 'email' && touch.subject)?.subject ?? '';
  return subject.replace(/^(?:re\s*:\s*)+/i, '').trim() || null;
}
