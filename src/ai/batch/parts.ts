import type { BatchStore } from '../../engine/ports/batches.ts';
import type { WriteRequest } from '../../engine/ports/writer.ts';
import { UserError } from '../../errors.ts';
import type { Assignment } from '../assignment.ts';
import type { Claude } from '../claude/client.ts';
import { assignmentFor, type ClaudeWriterParts } from '../claude-writer.ts';

export interface BatchParts extends Omit<ClaudeWriterParts, 'claude'> {
  claude: Pick<Claude, 'model' | 'submit' | 'batch' | 'results'>;
  batches: BatchStore;
}

/** What is asked of Claude for a text, or why it is not asked. */
export async function assignmentOf(
  request: WriteRequest,
  parts: BatchParts,
): Promise<Assignment | 'variants' | 'voice'> {
  if (request.step.variants.length > 0) return 'variants';
  try {
    return await assignmentFor(request, parts);
  } catch (error) {
    if (error instanceof UserError) return 'voice';
    throw error;
  }
}
