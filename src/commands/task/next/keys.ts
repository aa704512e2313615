import type { Task } from '../../../engine/ports/tasks.ts';
import type { Key } from '../../../io/press-key.ts';
import { wrapped } from '../../../io/wrap.ts';

interface SessionKey<V extends string> extends Key<V> {
  help: string;
}

export type Answer =
  | 'sent'
  | 'later'
  | 'skip'
  | 'not_found'
  | 'connected'
  | 'accepted'
  | 'replied'
  | 'edit'
  | 'rewrite'
  | 'copy'
  | 'open'
  | 'stop'
  | 'undo'
  | 'help'
  | 'quit';

const KEYS: readonly SessionKey<Answer>[] = [
  { key: 's', name: 'sent', value: 'sent', help: 'I have pasted and sent it' },
  { key: 'l', name: 'later', value: 'later', help: 'to the end of the queue for today' },
  { key: 'k', name: 'skip', value: 'skip', help: 'not this step; they go on with the next one' },
  {
    key: 'n',
    name: 'not found',
    value: 'not_found',
    help: 'there is no such profile: it is not used again, and the step goes its other ways',
  },
  {
    key: 'a',
    name: 'connected',
    value: 'connected',
    help: 'a connection already: no invitation, on with the next step',
  },
  { key: 'y', name: 'accepted', value: 'accepted', help: 'they have accepted the earlier invitation' },
  { key: 'r', name: 'replied', value: 'replied', help: 'they have written: asks what, and stops the rest' },
  { key: 'e', name: 'edit', value: 'edit', help: 'change the text in your editor' },
  { key: 'w', name: 'rewrite', value: 'rewrite', help: 'Claude writes it anew, by a remark of yours' },
  { key: 'c', name: 'copy', value: 'copy', help: 'the text into the clipboard once more' },
  { key: 'o', name: 'open', value: 'open', help: 'the profile in your browser' },
  {
    key: 'x',
    name: 'stop',
    value: 'stop',
    help: 'take them out of all campaigns (never again: hector blacklist add)',
  },
  { key: 'u', name: 'undo', value: 'undo', help: 'take back the last key that has recorded something' },
  { key: '?', name: 'help', value: 'help', help: 'this' },
  { key: 'q', name: 'quit', value: 'quit', help: 'the rest stays in the list' },
];

/** Those that make sense for a task: nobody is a connection already who gets a message to one. */
export const keysFor = (task: Task | null, only?: readonly Answer[]): readonly SessionKey<Answer>[] =>
  KEYS.filter(({ value }) => {
    if (only) return only.includes(value);
    return value !== (task?.kind === 'invitation' ? 'accepted' : 'connected');
  });

const WIDEST = 72;

/** `s sent  l later ...` in lines that fit, none of them torn within a key, and a mark to type at. */
export function question(keys: readonly Key<string>[], width: number): string {
  const room = Math.min(width, WIDEST);
  const lines: string[] = [];
  for (const { key, name } of keys) {
    const each = `${key} ${name}`;
    const last = lines.at(-1);
    if (last === undefined || last.length + 2 + each.length > room) lines.push(each);
    else lines[lines.length - 1] = `${last}  ${each}`;
  }
  return `${lines.join('\n')}\n> `;
}

export const keyHelp = (keys: readonly SessionKey<string>[], width: number): string[] =>
  keys.flatMap(({ key, name, help }) => wrapped(`${key}  ${name}: ${help}`, Math.min(width, WIDEST)));
