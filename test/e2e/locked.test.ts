import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { shown, temporaryFolder } from './hector.ts';
import { contradictions, liveCampaign, nextDate, reached, runToEnd, setClock } from './live-campaign.ts';

const PEOPLE = 120;

/** Another program that holds the write lock, from when it says so until it is killed. */
async function locker(folder: string): Promise<{ release(): Promise<void> }> {
  const script = `
    const base = new (require('better-sqlite3'))(${JSON.stringify(join(folder, 'hector.db'))});
    base.exec('begin immediate');
    console.log('locked');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return {
    async release() {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

describe('a base that another program has locked in the middle of a tick', () => {
  it('is waited for: everything is sent once and recorded, and nobody reads of it', async () => {
    const campaign = await liveCampaign(PEOPLE);
    await campaign.work.ok('tick');
    setClock(campaign, nextDate(campaign.work) ?? 0);
    let over: Promise<void> | null = null;
    campaign.gates.phone.at({
      call: 30,
      when: 'called',
      async act() {
        const lock = await locker(campaign.work.folder);
        over = new Promise((resolve) => setTimeout(() => resolve(lock.release()), 1500));
      },
    });
    expect(await campaign.work.hector('tick')).toEqual({ code: 0, signal: null, stdout: '', stderr: '' });
    expect(over).not.toBeNull();
    await over;
    expect(await contradictions(campaign)).toEqual([]);
    expect(reached(campaign).size).toBe(2 * PEOPLE);
  });
});

/** A disk of its own, of so many megabytes; null where one may not be mounted. */
function smallDisk(megabytes: number): string | null {
  if (process.getuid?.() !== 0 || process.platform !== 'linux') return null;
  const folder = temporaryFolder();
  const mount = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]);
  return mount.status === 0 ? folder : null;
}

const DISK_MB = 20;
const disk = smallDisk(DISK_MB);
afterAll(() => {
  if (disk) spawnSync('umount', [disk]);
});

describe.skipIf(disk === null)('a disk that fills up in a tick (skipped where none can be mounted)', () => {
  it('one line, and once there is room the next tick goes on: nobody twice, nobody lost', async () => {
    const campaign = await liveCampaign(PEOPLE, disk ?? undefined);
    const filling = join(campaign.work.folder, 'filling');
    await campaign.work.ok('tick');
    setClock(campaign, nextDate(campaign.work) ?? 0);
    campaign.gates.phone.at({
      call: 30,
      when: 'accepted',
      act: () => void spawnSync('dd', ['if=/dev/zero', `of=${filling}`, 'bs=4k', `count=${DISK_MB * 256}`]),
    });
    const { code, stdout, stderr } = shown(await campaign.work.hector('tick'), campaign.work);
    campaign.gates.phone.at(null);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^hector: [^\n]+ Try: df -h W\n$/);
    expect(campaign.phone.accepted.length).toBeLessThan(PEOPLE);
    rmSync(filling);
    await runToEnd(campaign);
    expect(await contradictions(campaign)).toEqual([]);
    expect(reached(campaign).size).toBeGreaterThan(PEOPLE);
  });
});
