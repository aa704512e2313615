/** What the model must answer: objects closed, no length keywords, which the provider does not take (checked by the guard). */
export const answerSchema = (wantsSubject: boolean): Record<string, unknown> => ({
  type: 'object',
  additionalProperties: false,
  required: ['subject', 'body', 'claims'],
  properties: {
    subject: wantsSubject ? { type: 'string' } : { type: 'null' },
    body: { type: 'string', description: 'The text, without signature and without opt-out sentence' },
    claims: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['statement', 'fact'],
        properties: {
          statement: { type: 'string', description: 'The words as they stand in the text' },
          fact: { type: 'string', description: 'The id of the fact that they rest on' },
        },
      },
    },
  },
});
