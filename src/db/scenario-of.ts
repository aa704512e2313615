/** SQL for the slug of the scenario that a campaign follows now. @param campaign SQL for its number */
export const scenarioOf = (campaign: string): string =>
  `(select v.slug from campaign c join scenario_version v on v.id = c.scenario_version_id where c.id = ${campaign})`;

/** SQL for the slug of the scenario that message `m` is of; an older version, still running, stores none. */
export const SCENARIO = `coalesce(m.scenario, ${scenarioOf('m.campaign_id')})`;
