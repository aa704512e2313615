import type { Ended } from '../../engine/explain/end.ts';
import type { Explanation } from '../../engine/explain/explain.ts';
import type { Prospect } from '../../engine/model.ts';
import type { LastTick, Standing } from '../../engine/ports/explain.ts';

/** One enrolment with its explanation, or its end. */
export interface Explained {
  standing: Standing;
  /** The person's own zone, where the hours count. */
  zone: string;
  open: Explanation | null;
  end: Ended | null;
}

export interface ExplainedPerson {
  prospect: Prospect;
  enrolments: Explained[];
  lastTick: LastTick | null;
}
