/** What a database holds, to compare two of them by. */
export interface Holdings {
  prospects: number;
  campaigns: number;
  /** Touches that have gone out, rehearsals included. */
  sent: number;
  events: number;
  blacklist: number;
}

export interface Damage {
  /** What SQLite says of pages and indexes, ten lines at most. */
  integrity: readonly string[];
  /** Rows that point nowhere, by table. */
  foreignKeys: Readonly<Record<string, number>>;
  /** Tables and indexes that are missing, strange, or not as this version makes them. */
  drift: readonly string[];
}

export interface DatabaseHealth extends Damage {
  file: string;
  bytes: number;
  /** Of the write-ahead log. */
  walBytes: number;
  /** Migrations that were applied, and those that this version knows. */
  schema: number;
  schemaKnown: number;
  holdings: Holdings;
}

export interface Backup {
  file: string;
  bytes: number;
  schema: number;
  /** UTC ms: its last event or tick; null where nothing has happened in it. */
  latestAt: number | null;
  holdings: Holdings;
}

/** What is in the place of a backup that is to be made. */
export interface Standing {
  /** Null: nothing of it can be read. */
  holdings: Holdings | null;
  /** UTC ms of what happened last in it. */
  latestAt: number | null;
}

/** A backup looked at before it is put in place. */
export interface Candidate extends Backup {
  /** False: it belongs to another workspace; null: the present one cannot be read, or there is none. */
  sameWorkspace: boolean | null;
  present: Holdings | null;
}

export interface Restored {
  holdings: Holdings;
  /** Where the one before was put; null: there was none. */
  aside: string | null;
  /** Entries of the blacklist that only the present one knew. */
  blacklisted: number;
  /** Enrolments that went on after the backup: where they stand, and what they got, was kept. */
  kept: number;
  /** People who came after the backup and got something: taken over with it. */
  people: number;
  /** Names of live campaigns made after the backup that have sent something: taken over, for who got it. */
  campaigns: readonly string[];
  /** People who got something after the backup that has no place in it: another has their number or address. */
  unknownPeople: number;
  /** UTC ms: until then caps and the one touch a day may lack touches that are not known here; null: they lack none. */
  uncountedUntil: number | null;
  /** Running campaigns that were paused; a person lets them go on. */
  paused: readonly string[];
  /** False: nothing could be read of the one before, so that nothing of what went out since is known. */
  merged: boolean;
  /** Tables of the one before, which was damaged, that could not be read to the end. */
  unread: readonly string[];
}

/** Every page and index; every page; or none, where the file is large and the time short. */
export type Pages = 'all' | 'quick' | 'none';

/** The database file as such. */
export interface DatabaseDesk {
  readonly file: string;
  /** Where backups go when nothing else is said. */
  readonly folder: string;
  health(pages: Pages): Promise<DatabaseHealth>;
  /** The youngest of ours in the folder of backups, UTC ms. */
  latestBackup(): Promise<number | null>;
  /** What to type to put the youngest one in place; null: there is none. */
  cure(): string | null;
  /**
   * What a backup to this file would replace; null: nothing is there.
   * @throws UserError where it may not: the database of a workspace, a backup of another one, any other file
   */
  standing(target: string): Promise<Standing | null>;
  /**
   * A whole copy while others go on working, verified. Written beside and put in place at the end.
   * @param options.keep of ours in the folder of backups, older ones are deleted; null: none are
   * @throws UserError where the file is there already and may not be replaced, is in use, or is none of this workspace's
   */
  backup(
    options: { target: string | null; replace: boolean; keep: number | null },
    progress: (done: number, of: number) => void,
  ): Promise<Backup & { deleted: readonly string[] }>;
  /** @throws UserError for a file that is no whole database of hector, or of a newer one */
  inspect(source: string): Promise<Candidate>;
  /**
   * Puts a backup in place of the present database, which is kept aside. What the present one knows of the blacklist,
   * and of live touches, with their people and campaigns, is carried over; running live campaigns are paused.
   * @throws UserError while a tick runs, or another program has the database open
   */
  restore(source: string): Promise<Restored>;
}
