import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { run, temporaryFolder } from './hector.ts';

it('the demo plays a whole campaign and prints its funnel', async () => {
  const cwd = temporaryFolder();
  const ran = await run(['demo', '--folder', 'play'], { cwd });
  expect(ran.code).toBe(0);
  const lines = ran.stdout.split('\n');
  const funnel = lines.slice(
    lines.findIndex((line) => line.startsWith('rehearsal\tfunnel\tenrolled\t')),
    lines.findIndex((line) => line.startsWith('rehearsal\tfunnel\tstopped\t')) + 1,
  );
  expect(funnel).toEqual([
    'rehearsal\tfunnel\tenrolled\t33\t100.0 %\t\t',
    'rehearsal\tfunnel\tcontacted\t33\t100.0 %\t0\t0.0 %',
    'rehearsal\tfunnel\taccepted\t12\t36.4 %\t21\t63.6 %',
    'rehearsal\tfunnel\tdelivered\t33\t100.0 %\t\t',
    'rehearsal\tfunnel\treplied\t6\t18.2 %\t27\t81.8 %',
    'rehearsal\tfunnel\tmeeting\t2\t6.1 %\t4\t66.7 %',
    'rehearsal\tfunnel\tcompleted\t20\t60.6 %\t\t',
    'rehearsal\tfunnel\tstopped\t7\t21.2 %\t\t',
  ]);
  expect(lines).toContain('rehearsal\tchannel\tlinkedin\t44\t44\t2\t4.5 %');
  expect(lines).toContain('rehearsal\tchannel\temail\t45\t45\t2\t4.4 %');
  expect(lines).toContain('rehearsal\tchannel\tsms\t20\t20\t2\t10.0 %');
  expect(ran.stderr).toContain('Nothing left this machine. 65 messages in ');
  expect(ran.stderr.match(/from templates; with ANTHROPIC_API_KEY/g)).toHaveLength(1);
  const outbox = readdirSync(join(cwd, 'play', 'outbox'));
  expect(outbox.filter((file) => file.endsWith('.eml'))).toHaveLength(45);
  expect(outbox.filter((file) => file.endsWith('.txt'))).toHaveLength(20);
});

it('the demo reaches no provider, whatever keys are there, and repeats itself to the letter', async () => {
  const folders = [temporaryFolder(), temporaryFolder()];
  const [first, second] = await Promise.all(
    folders.map(async (cwd) => {
      const { code, stdout } = await run(['demo', '--folder', 'play', '--no-color'], {
        cwd,
        env: {
          RESEND_API_KEY: 're_wrong_987654321',
          RESEND_BASE_URL: 'http://127.0.0.1:9',
          ANTHROPIC_API_KEY: 'sk-ant-wrong-987654321',
          ANTHROPIC_BASE_URL: 'http://127.0.0.1:9',
        },
      });
      return { code, stdout: stdout.replaceAll(cwd, 'W') };
    }),
  );
  expect(first?.code).toBe(0);
  expect(second).toEqual(first);
});

it('a demo never writes into a folder that is in use', async () => {
  const cwd = temporaryFolder();
  await run(['init', 'used'], { cwd });
  const ran = await run(['demo', '--folder', 'used'], { cwd });
  expect({ ...ran, stderr: ran.stderr.replaceAll(cwd, 'W') }).toMatchObject({
    code: 2,
    stdout: '',
    stderr: 'hector: W/used is not empty. Try: hector demo --folder NEW-FOLDER\n',
  });
});
