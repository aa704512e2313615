/** What a shell may be asked to complete by the names there are. */
export type NameKind = 'campaign' | 'prospect' | 'scenario' | 'voice';
