import type { ClaudeRequest } from '../claude/request.ts';
import type { Finding } from '../guard/finding.ts';
import { block } from './block.ts';

/** The model sees what it wrote and what is wrong with it. Findings quote texts and cells: they are data like these. */
export const repairOf = (
  ask: ClaudeRequest,
  refused: string,
  findings: readonly Finding[],
): ClaudeRequest => ({
  ...ask,
  messages: [
    ...ask.messages,
    { role: 'assistant', content: refused },
    {
      role: 'user',
      content: [
        'The text cannot be sent as it is, for the reasons in <findings>.',
        ...block('findings', findings),
        'Write it anew without these faults. Everything else that was asked still holds.',
      ].join('\n'),
    },
  ],
});
