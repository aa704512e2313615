/** What Claude has cost, and what came of it. Money is in millionths of a US dollar. */
export interface Spending {
  /** All calls, those for texts that were never sent included. */
  cost: number;
  /** Sent messages by who wrote them. */
  claude: number;
  template: number;
}

export interface CostRow extends Spending {
  /** For each message that was sent; null: none was. */
  perSent: number | null;
  /** For each person who answered; null: nobody did. */
  perReply: number | null;
}

/** Null where Claude had no part in it. */
export function costRow(spending: readonly Spending[], replied: number): CostRow | null {
  const sum: Spending = { cost: 0, claude: 0, template: 0 };
  for (const { cost, claude, template } of spending) {
    sum.cost += cost;
    sum.claude += claude;
    sum.template += template;
  }
  if (sum.cost === 0 && sum.claude === 0) return null;
  const each = (number: number): number | null => (number === 0 ? null : sum.cost / number);
  return { ...sum, perSent: each(sum.claude + sum.template), perReply: each(replied) };
}
