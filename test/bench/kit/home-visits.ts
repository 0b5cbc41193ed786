/** A visit as all of them must say it: a node of the contract's `visits`. */
export interface SeenVisit {
  readonly id: string;
  readonly visitedOn: string;
  readonly reason: string | null;
  readonly mode: string | null;
  readonly unannounced: boolean | null;
  readonly outcome: string | null;
  readonly borough: { readonly name: string } | null;
}

/** A home with the latest of its visits. */
export interface VisitedHome {
  readonly id: string;
  readonly visits: { readonly nodes: readonly SeenVisit[] };
}

/** The contract's `provider` of `HomeVisits`. */
export interface Visited {
  readonly id: string;
  readonly homes: { readonly nodes: readonly VisitedHome[] };
}
