import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { copyScenario } from '../../src/commands/scenario/copy.ts';
import { testContext } from '../context.ts';

describe('scenario copy', () => {
  it('brings the scenario and its texts into the workspace, where they win', async () => {
    const { context, folder, stdout, stderr } = testContext();
    await copyScenario(context, 'relance-douce');
    const copied = stdout().trim().split('\n');
    expect(copied[0]).toBe('scenarios/relance-douce.yaml');
    expect(copied.filter((file) => file.startsWith('templates/fr/relance-douce/'))).toHaveLength(5);
    expect(copied.filter((file) => file.startsWith('templates/en/relance-douce/'))).toHaveLength(5);
    expect(copied.some((file) => file.includes('default/'))).toBe(false);
    for (const file of copied) expect(readFileSync(join(folder, file))).toEqual(readFileSync(file));
    expect(stderr()).toContain('hector scenario lint relance-douce');
    const list = await (await context.library()).list();
    expect(list.find(({ scenario }) => scenario.slug === 'relance-douce')?.builtIn).toBe(false);
  });

  it('stands beside the other by a new name, with texts of its own', async () => {
    const { context, folder, stdout, stderr } = testContext();
    await copyScenario(context, 'relance-douce', 'pme-ouest');
    const copied = stdout().trim().split('\n');
    expect(copied[0]).toBe('scenarios/pme-ouest.yaml');
    expect(copied.slice(1).every((file) => /^templates\/(?:fr|en)\/pme-ouest\//.test(file))).toBe(true);
    expect(stderr()).toContain('hector scenario lint pme-ouest');
    expect(readFileSync(join(folder, 'scenarios/pme-ouest.yaml'), 'utf8')).not.toContain('relance-douce');
    const { findings } = await (await context.linter()).lint(['pme-ouest']);
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    const slugs = (await (await context.library()).list()).map(({ scenario }) => scenario.slug);
    expect(slugs).toEqual(expect.arrayContaining(['relance-douce', 'pme-ouest']));
  });

  it.each(['../x', 'PME Ouest', '', '-x'])('refuses the name "%s"', async (name) => {
    const { context } = testContext();
    await expect(copyScenario(context, 'relance-douce', name)).rejects.toMatchObject({ exitCode: 2 });
  });

  it('never touches a scenario that is there', async () => {
    const { context, folder } = testContext();
    await copyScenario(context, 'relance-douce');
    const file = join(folder, 'scenarios/relance-douce.yaml');
    writeFileSync(file, `${readFileSync(file, 'utf8')}# mine\n`);
    await expect(copyScenario(context, 'relance-douce')).rejects.toMatchObject({ exitCode: 1 });
    expect(readFileSync(file, 'utf8')).toContain('# mine');
  });

  it('keeps texts that are there', async () => {
    const { context, folder, stdout } = testContext({ json: true });
    const own = join(folder, 'templates/fr/relance-douce');
    mkdirSync(own, { recursive: true });
    const name = 'email-reprise.liquid';
    writeFileSync(join(own, name), 'Bonjour');
    await copyScenario(context, 'relance-douce');
    expect(readFileSync(join(own, name), 'utf8')).toBe('Bonjour');
    const printed = JSON.parse(stdout());
    expect(printed).toMatchObject({ scenario: 'relance-douce' });
    expect(printed.files).toHaveLength(10);
    expect(printed.files).not.toContain(`templates/fr/relance-douce/${name}`);
  });

  it('of an unknown one makes nothing', async () => {
    const { context, folder } = testContext();
    await expect(copyScenario(context, 'relance-duce')).rejects.toMatchObject({
      message: 'no scenario "relance-duce", did you mean "relance-douce"?',
    });
    expect(existsSync(join(folder, 'scenarios'))).toBe(false);
  });
});
