import type { CampaignAnswers } from '../../../engine/ports/campaign-drafts.ts';
import { shellWord } from '../../../engine/shell-word.ts';

/** The command that makes the same campaign without a question. An empty answer is none. */
export function commandLine(answers: CampaignAnswers): string {
  const words = ['hector', 'campaign', 'create', shellWord(answers.name)];
  const add = (flag: string, value: string | undefined): void => {
    if (value) words.push(flag, shellWord(value));
  };
  add('--objective', answers.objective);
  add('--scenario', answers.scenario);
  for (const from of answers.from ?? []) add('--from', from);
  for (const person of answers.person ?? []) add('--person', person);
  add('--days', answers.days);
  add('--hours', answers.hours);
  add('--timezone', answers.timezone);
  // Nothing, where hector.yaml has some, is an answer too.
  if (answers.daysOff !== undefined) words.push('--days-off', shellWord(answers.daysOff));
  add('--start', answers.start);
  add('--language', answers.language);
  add('--approval', answers.approval);
  add('--voice', answers.voice);
  add('--caps', answers.caps);
  add('--sender', answers.sender);
  if (answers.includeAnswered) words.push('--include-answered');
  if (answers.again) words.push('--again');
  if (answers.mode === 'live' || answers.mode === 'rehearsal') words.push(`--${answers.mode}`);
  return words.join(' ');
}
