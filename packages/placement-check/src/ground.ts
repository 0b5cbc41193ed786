import type { Facts } from './facts.js';
import type { PlacementGroundCode } from './vocabulary.js';

/** Something that blocks a placement or warns of it. */
export interface Finding {
  readonly code: PlacementGroundCode;
  readonly blocks: boolean;
  /** The law leaves nobody the choice: it is not overridden (rules 19). */
  readonly isAbsolute?: boolean;
  /** What was found and, where something can be done about it, what. Without names of children and words of others. */
  readonly message: string;
  /** Where it comes from. */
  readonly source: string;
  /** The day of which it is; null where that is not known, or would give an anonymous author away. */
  readonly asOf: string | null;
}

/** One source of a check: looks at the facts, and says what it finds. It reads nothing itself. */
export type Ground = (facts: Facts) => readonly Finding[];
