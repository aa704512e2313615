export interface ImportOptions {
  map?: readonly string[] | undefined;
  campaign?: string | undefined;
  /** The number of that campaign, while it is launched: its name may be another's by then. */
  campaignId?: number | undefined;
  update?: boolean | undefined;
  dryRun?: boolean | undefined;
  encoding?: string | undefined;
  delimiter?: string | undefined;
  undo?: string | undefined;
  /** A part of something larger, which says what came of it and what comes next: the table alone is printed, or nothing. */
  part?: 'table' | 'silent' | undefined;
  /** With a campaign: also people who answered in an earlier one. */
  includeAnswered?: boolean | undefined;
  /** With a campaign: also people who have had its scenario before. */
  again?: boolean | undefined;
}
