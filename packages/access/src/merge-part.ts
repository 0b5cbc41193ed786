import type { EntityManager } from '@mikro-orm/postgresql';
import type { SharingClass } from './agreement.entity.js';
import type { AlertKind } from './alert-kind.js';

/** A row goes where the row goes that one of its columns names: what is at a home goes with the home. */
export interface Follows {
  readonly column: string;
  readonly table: string;
}

/**
 * What becomes of a table's rows when two providers are found to be one, and when that is undone. A table that
 * names a provider and is in no feature's declaration fails the catalogue test.
 */
export type RowsOfProvider =
  /** They go to the provider that stays. Undone, these go back, and what follows them. `counted`: what a preview calls them. */
  | { readonly becomes: 'MOVED'; readonly counted?: string; readonly follows?: readonly Follows[] }
  /** As moved; but where both have one for the same `per`, the one that stays takes `combine` (SQL over `kept` and `merged`). */
  | {
      readonly becomes: 'COMBINED';
      readonly key: string;
      readonly per: readonly string[];
      readonly combine: Readonly<Record<string, string>>;
      readonly follows?: readonly Follows[];
    }
  /** Parts of the accreditation file: one file goes on as a whole, another is set aside under the merge's own id. */
  | { readonly becomes: 'FILE'; readonly column?: string }
  /** They keep the id that they were written with; whoever reads them asks for the provider of today. */
  | { readonly becomes: 'KEPT'; readonly because: string };

export type ProviderRows = Readonly<Record<string, RowsOfProvider>>;

/** The two providers of a merge, and whose accreditation file goes on where both have one. */
export interface MergePair {
  readonly keptId: string;
  readonly mergedId: string;
  readonly accreditationOf: string | null;
}

/** What a feature has to say to a merge. */
export interface MergePart {
  readonly rows: ProviderRows;
  /** What those are told who learn of something of this class because of a merge. */
  readonly tells?: Partial<Record<SharingClass, AlertKind>>;
  /** What stands in the way, in words that say what to do first. */
  readonly obstacles?: (em: EntityManager, pair: MergePair) => Promise<string[]>;
}
