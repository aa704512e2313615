/** What ending a campaign touches. */
export interface Completion {
  /** Enrolments that are still open, and their messages that could still go out. */
  enrolments: number;
  messages: number;
  /** Messages of which nobody knows whether they went out: they stay, as tasks. */
  uncertain: number;
}

/** What deleting a campaign takes away. */
export interface Deletion {
  people: number;
  messages: number;
  /** People whom it has touched for real, or perhaps has: then it is not deleted. */
  contacted: number;
  /** Live LinkedIn texts that wait for a person, who may have sent them: then it is not deleted either. */
  inHands: number;
}

export interface CampaignEnds {
  /** What `complete` would do. */
  completion(id: number): Promise<Completion>;
  /** Ends it and all that is open in it, in one act; what was sent stays, and counts. Once more does no harm. */
  complete(id: number, now: number): Promise<Completion>;
  /**
   * Takes back a campaign that was never started, with the people it had taken in.
   * @returns false: somebody has started or ended it meanwhile, and it stays
   * @throws UserError while another process takes people into it
   */
  discard(id: number): Promise<boolean>;
  deletion(id: number): Promise<Deletion>;
  /**
   * The campaign, its enrolments, messages and events go in one act; what people have answered stays theirs.
   * @throws UserError where it has touched somebody for real, or somebody may be about to, and while a tick is at work
   */
  remove(id: number): Promise<Deletion>;
}
