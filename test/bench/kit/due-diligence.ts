/** One question with its answer, as all of them must say it: a node of the contract's `dueDiligence`. */
export interface Item {
  readonly question: { readonly code: string; readonly text: string; readonly category: string };
  readonly value: string | null;
  readonly state: string;
  readonly assurance: string | null;
  readonly answeredOn: string | null;
  readonly validUntil: string | null;
  readonly answeredBy: { readonly name: string } | null;
}

/** The contract's `provider` of `ProviderDueDiligence`. */
export interface Answered {
  readonly id: string;
  readonly dueDiligence: { readonly nodes: readonly Item[] };
}

/** How many the contract asks for. */
export const FIRST = 40;
