import type { Previewer } from '../engine/ports/preview.ts';
import type { WriteRequest, Writer } from '../engine/ports/writer.ts';
import { visibleFacts } from '../engine/texts/template-facts.ts';
import { type ClaudeWriterParts, writeText } from './claude-writer.ts';

/** The facts are those that a template could use. */
export const templatePreviewer = (writer: Pick<Writer, 'write'>): Previewer => ({
  write: async (request) => ({
    written: await writer.write(request),
    facts: factsOf(request),
    refusals: [],
  }),
});

/** As a tick would write it: kept answers are used, and what is paid for is kept. */
export const claudePreviewer = (parts: ClaudeWriterParts): Previewer => ({
  async write(request) {
    const { written, facts, refusals } = await writeText(request, parts);
    return { written, facts: facts ?? factsOf(request), refusals };
  },
});

const factsOf = ({ prospect }: WriteRequest) =>
  visibleFacts(prospect).map(({ name, value }) => ({
    id: name,
    value,
    source: prospect.source ?? 'import',
  }));
