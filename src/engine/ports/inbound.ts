/** A place where answers and delivery events come from (provider lists, mailboxes). Asked before anything is sent. */
export interface InboundSource {
  readonly name: string;
  /** Records what is new; returns how many events. */
  collect(now: number): Promise<number>;
}
