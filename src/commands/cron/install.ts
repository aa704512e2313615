import type { Context } from '../../context.ts';
import { printJson } from '../../io/table.ts';
import { hectorCommand, type OpenContext } from '../command.ts';

export const command = (open: OpenContext) =>
  hectorCommand('install', {
    summary: 'let cron tick: one line in your crontab',
    description:
      'Puts one line into the crontab of this user, with absolute paths, and leaves all other lines as they are; a second time it changes nothing. The ticks are told in logs/tick.log; what needs a person is mailed by cron as well, where cron can mail.',
    examples: [
      'hector cron install',
      'hector cron install --every 15m',
      'hector cron install --dry-run   # the line, and nothing is changed',
      'hector cron install --systemd   # a timer and a service, to be put in place by hand',
    ],
  })
    .option('--every <minutes>', '5m, 6m, 10m, 12m, 15m, 20m, 30m or 60m', '60m')
    .option('--dry-run', 'print the line; change nothing')
    .option('--systemd', 'print systemd units instead; change nothing')
    .action(async ({ every, dryRun, systemd, ...common }) =>
      installCron(open(common), { every, dryRun: dryRun === true, systemd: systemd === true }),
    );

export interface InstallOptions {
  every: string;
  dryRun: boolean;
  systemd: boolean;
}

export async function installCron(context: Context, options: InstallOptions): Promise<void> {
  const cron = await context.cron();
  const every = cron.parseEvery(options.every);
  const { log } = cron;
  if (options.systemd) return printUnits(context, cron.units(every));
  const line = cron.line(every);
  const result = options.dryRun ? 'dry_run' : await cron.install(every);
  if (context.json) return printJson(context.io, { result, line, every_minutes: every, log });
  context.io.whole(line);
  context.io.note(`${WORDS[result]} Told in ${log}.`);
}

const WORDS = {
  added: 'This line was added to your crontab; its other lines are as they were.',
  replaced: 'This line took the place of the one before; the other lines are as they were.',
  present: 'This line is there already; nothing was changed.',
  dry_run: 'This line would be in your crontab; nothing was changed. Next: hector cron install.',
};

type Units = ReturnType<Awaited<ReturnType<Context['cron']>>['units']>;

function printUnits({ io, json }: Context, { service, timer }: Units): void {
  if (json) {
    printJson(io, { service, timer });
    return;
  }
  for (const { name, text } of [service, timer]) io.whole(`# ~/.config/systemd/user/${name}\n${text}`);
  io.note(
    [
      'Nothing was installed. Save both under the names above, then:',
      `  systemctl --user daemon-reload && systemctl --user enable --now ${timer.name}`,
      '  loginctl enable-linger    # so that it runs while nobody is logged in',
    ].join('\n'),
  );
}
