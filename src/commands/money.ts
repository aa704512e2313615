const MILLION = 1_000_000;

/** Millionths of a US dollar for a person: `$1.25`, and `under $0.01` where two decimals would say nothing. */
export const dollars = (millionths: number): string =>
  millionths > 0 && millionths < MILLION / 100 ? 'under $0.01' : `$${(millionths / MILLION).toFixed(2)}`;

/** The same for a program: US dollars, to the millionth. */
export const usd = (millionths: number): number => Math.round(millionths) / MILLION;

/** Of a single text, which costs a fraction of a cent: `$0.0042`. */
export const costText = (millionths: number): string => `$${(millionths / MILLION).toFixed(4)}`;
