/** A wait such as `3d`, `2bd` (business days) or `6h`. Days are calendar days in the prospect's zone. */
export interface Duration {
  amount: number;
  unit: 'h' | 'd' | 'bd';
}

const PATTERN = /^(\d{1,3})(h|d|bd)$/;

/** Null when the text is no duration; the caller knows where it stands and reports it. */
export function parseDuration(text: string): Duration | null {
  const match = PATTERN.exec(text.trim());
  if (!match?.[1] || !match[2]) return null;
  const unit = match[2];
  return unit === 'h' || unit === 'd' || unit === 'bd' ? { amount: Number(match[1]), unit } : null;
}

/** For comparing sums of waits with a scenario's length: five business days make a week. */
export function approximateDays({ amount, unit }: Duration): number {
  switch (unit) {
    case 'h':
      return amount / 24;
    case 'd':
      return amount;
    case 'bd':
      return (amount * 7) / 5;
  }
}
