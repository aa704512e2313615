/** A line of hector in a crontab. */
export interface InstalledLine {
  line: string;
  /** False: it was commented out by hand. */
  active: boolean;
  /** Minutes between two ticks; null where the line was changed by hand beyond that. */
  every: number | null;
}

export interface Unit {
  /** `hector-ads-1a2b3c4d.timer` */
  name: string;
  text: string;
}

/** The crontab of this user, as far as this workspace goes. */
export interface Cron {
  /** Where the ticks of cron are told. */
  readonly log: string;
  /** `15m` as minutes. @throws UserError (usage) naming the allowed ones */
  parseEvery(text: string): number;
  /** The line that would be installed. @throws UserError for a path that no crontab can hold */
  line(every: number): string;
  /** For those who have systemd instead; printed, never installed. */
  units(every: number): { service: Unit; timer: Unit };
  /** Lines of this workspace; null where there is no crontab program. */
  installed(): Promise<InstalledLine[] | null>;
  /** Nothing is written where the line is there already, nor where reading failed. */
  install(every: number): Promise<'added' | 'replaced' | 'present'>;
  /** The lines that were taken out. */
  remove(): Promise<InstalledLine[]>;
}
