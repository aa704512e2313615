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
    lines.findIndex((line) => line.startsWith('enrolled\t')),
    lines.findIndex((line) => line.startsWith('stopped\t')) + 1,
  );
  expect(funnel).toEqual([
    'enrolled\t33\t100.0 %\t\t',
    'contacted\t33\t100.0 %\t0\t0.0 %',
    'accepted\t12\t36.4 %\t21\t63.6 %',
    'delivered\t33\t100.0 %\t\t',
    'replied\t6\t18.2 %\t27\t81.8 %',
    'meeting\t2\t6.1 %\t4\t66.7 %',
    'completed\t20\t60.6 %\t\t',
    'stopped\t7\t21.2 %\t\t',
  ]);
  expect(lines).toContain('linkedin\t44\t44\t2\t4.5 %');
  expect(lines).toContain('email\t45\t45\t2\t4.4 %');
  expect(lines).toContain('sms\t20\t20\t2\t10.0 %');
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
