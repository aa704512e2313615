import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { voiceFrom } from '../../../src/commands/campaign/settings.ts';
import { copyVoice } from '../../../src/commands/voice/copy.ts';
import { testContext } from '../../context.ts';

describe('voice copy', () => {
  it('begins a voice of the workspace, which then writes where no other is named', async () => {
    const { context, folder, stderr } = testContext();
    await copyVoice(context, 'groupe-services');
    expect(readFileSync(join(folder, 'voice.yaml'))).toEqual(
      readFileSync('examples/voices/groupe-services.yaml'),
    );
    expect(stderr()).toContain('hector voice lint');
    expect(await (await context.voices()).load(null)).toMatchObject({ reference: 'voice.yaml' });
  });

  it('never touches one that is there', async () => {
    const { context, folder } = testContext();
    writeFileSync(join(folder, 'voice.yaml'), 'name: La nôtre\n');
    await expect(copyVoice(context, 'neutral')).rejects.toMatchObject({
      exitCode: 1,
      next: 'hector voice show',
    });
    expect(readFileSync(join(folder, 'voice.yaml'), 'utf8')).toBe('name: La nôtre\n');
  });

  it('of an unknown one makes no file', async () => {
    const { context, folder } = testContext();
    await expect(copyVoice(context, 'groupe')).rejects.toMatchObject({ exitCode: 2 });
    expect(existsSync(join(folder, 'voice.yaml'))).toBe(false);
  });
});

describe('the example of an invented firm', () => {
  it('is no voice for a campaign', async () => {
    const { context } = testContext();
    await expect(voiceFrom(context, 'groupe-services')).rejects.toMatchObject({
      exitCode: 2,
      next: 'hector voice copy groupe-services',
    });
    expect(await voiceFrom(context, 'neutral')).toBe('neutral');
  });
});
