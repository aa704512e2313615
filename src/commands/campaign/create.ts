import { Option } from '@commander-js/extra-typings';
import { APPROVALS } from '../../engine/model.ts';
import { usageError } from '../../errors.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import type { ModeChoice } from './settings.ts';

export const command = (open: OpenContext) =>
  hectorCommand('create', {
    summary: 'start a campaign: a scenario, a window, and people',
    description:
      'Creates a campaign and enrols people in it. It keeps the scenario as it is now, texts included. Without keys for its channels it is a rehearsal: texts go to the outbox folder and nothing leaves this machine. On a terminal, without what it needs, it asks in five steps, shows who gets what when, and keeps every answer: a draft can be resumed.',
    examples: [
      'hector campaign create                              # asks',
      'hector campaign create --resume                     # goes on with a draft',
      "hector campaign create 'PME Ouest' --scenario connexion-douce --from prospects.csv",
      "hector campaign create Relance --scenario relance-douce --from 'campaign:PME Ouest' --days lun-jeu --hours 9h-12h",
      'hector campaign create Test --scenario approche-premium --from all --start 2026-12-01 --rehearsal',
    ],
  })
    .argument('[name]', 'the name of the campaign')
    .option('--scenario <slug or file>', 'see hector scenario list')
    .option(
      '--from <source>',
      'a CSV file, import:ID, campaign:NAME, all, or where:FILTER as prospect list takes it (repeatable)',
      collect,
    )
    .option(
      '--person <facts>',
      "somebody by hand: 'first_name=Claire email=claire@durand.example' (repeatable)",
      collect,
    )
    .option('--timezone <zone>', 'such as Europe/Paris (default: hector.yaml)')
    .option('--days <days>', 'such as lun-ven, mon-fri or "mar, jeu" (default: hector.yaml)')
    .option('--hours <hours>', 'such as 9h-18h or 09:00-18:00 (default: hector.yaml)')
    .option(
      '--days-off <dates>',
      'such as 2026-12-24..2027-01-02 or 24/12/2026; "" for none (default: hector.yaml)',
    )
    .option('--start <date>', 'first day, such as 2026-12-01 or 01/12/2026 (default: now)')
    .option('--objective <text>', 'what the campaign is for; templates may use it')
    .option('--language <language>', 'fr or en (default: hector.yaml)')
    .addOption(
      new Option('--approval <which>', 'texts that wait for a person: hector message review').choices(
        APPROVALS,
      ),
    )
    .option('--voice <file or name>', 'the voice of its texts (default: hector.yaml); see hector voice list')
    .option('--caps <caps>', "touches a day of this campaign, such as 'email=40 invitation=10'; off for none")
    .option(
      '--sender <name and address>',
      "who signs and sends, such as 'Claire Martin <claire@ads.example>'",
    )
    .option('--include-answered', 'also people who answered in an earlier campaign')
    .option('--again', 'also people who have had this scenario before: they get its steps once more')
    .option('--rehearsal', 'write everything to the outbox folder, whatever keys are there')
    .option('--live', 'send for real; channels without a provider are passed over')
    .option('--wizard', 'ask, with what is given here as the answers to begin with')
    .option('--draft', 'keep it as a draft, and launch nothing')
    .option('--resume [draft]', 'go on with a draft: the newest, or the one of this name')
    .option('-y, --yes', 'with --resume: launch the draft as it is, without a question')
    .action(async (name, options) => {
      if (options.live && options.rehearsal)
        throw usageError('--live and --rehearsal exclude each other', HELP);
      const mode: ModeChoice | undefined = options.live
        ? 'live'
        : options.rehearsal
          ? 'rehearsal'
          : undefined;
      const { wizard, draft, resume, yes, live, rehearsal, workspace, json, quiet, color, ...answers } =
        options;
      const { beginCampaign } = await import('./create/begin.ts');
      const given = { ...answers, ...(name === undefined ? {} : { name }), ...(mode ? { mode } : {}) };
      await beginCampaign(open(options), given, {
        ...{ wizard: wizard === true, draft: draft === true, yes: yes === true },
        resume: resume === true ? '' : resume,
      });
    });

const HELP = 'hector campaign create --help';

const collect = (value: string, before: string[] = []): string[] => [...before, value];
