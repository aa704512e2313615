export interface ImportOptions {
  map?: readonly string[] | undefined;
  campaign?: string | undefined;
  update?: boolean | undefined;
  dryRun?: boolean | undefined;
  encoding?: string | undefined;
  delimiter?: string | undefined;
  undo?: string | undefined;
  /** With --json: the caller prints one document for all it does. */
  silentJson?: boolean | undefined;
  /** With a campaign: also people who answered in an earlier one. */
  includeAnswered?: boolean | undefined;
  /** With a campaign: also people who have had its scenario before. */
  again?: boolean | undefined;
}
