import type { Context } from '../../../context.ts';
import { kindOn } from '../../../engine/texts/kinds.ts';
import { dateTimeIn } from '../../../io/time.ts';
import { wrapped } from '../../../io/wrap.ts';
import { printable } from '../../../io.ts';
import { type FirstText, nameOf } from './previews.ts';
import type { Review } from './review.ts';

/** Whom, when, and the text as it would be. */
export function printTexts({ io }: Context, { campaign }: Review, texts: readonly FirstText[]): void {
  for (const { person, at, step } of texts) {
    const { channel, previewed, text } = step;
    const { written } = previewed;
    const who = [nameOf(person), person.title, person.company].filter(Boolean).join(', ');
    io.out('');
    io.out(io.color.bold(printable(who)));
    io.out(
      `${dateTimeIn(at, campaign.timezone)}, ${channel}, ${kindOn(step.step.kind, channel)}, ${written.status === 'written' && written.source === 'claude' ? 'by Claude' : 'by template'}`,
    );
    if (written.status === 'held') {
      for (const line of wrapped(printable(`Cannot be written: ${written.detail}`), io.width)) io.out(line);
      continue;
    }
    for (const line of [
      ...(written.subject === null ? [] : [written.subject, '']),
      ...(text ?? '').split('\n'),
    ])
      for (const part of wrapped(printable(line), io.width, '   | ')) io.out(part.trimEnd());
  }
  if (texts.length > 0) io.out('');
}
