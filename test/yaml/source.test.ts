import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTextFile } from '../../src/yaml/source.ts';
import { aWorkspace } from '../scenarios/workspace.ts';

const reading = (content: string | Buffer) =>
  readTextFile(join(aWorkspace({ 'x.yaml': content }).root, 'x.yaml'), 'x');
const message = (file: ReturnType<typeof readTextFile>) => (file.ok ? file.text : file.problem.message);

describe('a text file', () => {
  it('may begin with a byte order mark', () => expect(message(reading('\ufeffslug: a'))).toBe('slug: a'));
  it('that is not UTF-8 is refused', () =>
    expect(message(reading(Buffer.from([0x6e, 0xe9, 0x65])))).toBe(
      'the text is not UTF-8: save the file as UTF-8',
    ));
  it('with a zero byte is none', () => expect(message(reading('a\0b'))).toBe('this is no text file'));
  it('of more than a megabyte is refused', () =>
    expect(message(reading('#'.repeat(1024 * 1024 + 1)))).toBe(
      'the file is too big: 1048577 bytes, at most 1048576',
    ));
  it('that is not there is told', () =>
    expect(message(readTextFile('/nowhere/x.yaml'))).toBe('no such file'));
  it('that is a folder is told', () =>
    expect(message(readTextFile(aWorkspace().root))).toBe('this is no file'));
});
