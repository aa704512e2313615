import type { CampaignAnswers } from '../../../engine/ports/campaign-drafts.ts';

/** Stable keys, documented in docs/json.md: those of a campaign, as they were typed; what was not said is null. */
export const draftJson = (answers: CampaignAnswers) => ({
  name: answers.name,
  status: 'draft',
  mode: answers.mode === 'live' || answers.mode === 'rehearsal' ? answers.mode : null,
  scenario: answers.scenario ?? null,
  objective: answers.objective || null,
  from: answers.from ?? [],
  people_by_hand: answers.person?.length ?? 0,
});
