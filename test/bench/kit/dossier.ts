interface Staff {
  readonly displayName: string;
}

/** A dossier as all of them must say it: the contract's `provider`. */
export interface Dossier {
  readonly id: string;
  readonly name: string;
  readonly tradingNames: readonly string[];
  readonly companyNumber: string | null;
  readonly version: number;
  readonly accreditation: {
    readonly status: string;
    readonly effectiveFrom: string;
    readonly reviewDue: string | null;
    readonly conditions: readonly string[];
    readonly stages: readonly Stage[];
    readonly decisions: {
      readonly nodes: readonly {
        readonly id: string;
        readonly state: string;
        readonly status: string;
        readonly reason: string;
        readonly proposedAt: string;
        readonly proposedBy: Staff;
        readonly decidedAt: string | null;
        readonly decidedBy: Staff | null;
      }[];
    };
  } | null;
  readonly homes: {
    readonly nodes: readonly {
      readonly id: string;
      readonly name: string;
      readonly hostBorough: { readonly name: string; readonly gssCode: string | null } | null;
      readonly placementTypes: readonly string[];
      readonly registrations: readonly {
        readonly regulator: string;
        readonly reference: string;
        readonly status: string;
      }[];
      readonly latestInspection: {
        readonly inspectedOn: string;
        readonly publishedOn: string | null;
        readonly kind: string;
        readonly judgements: readonly Judgement[];
      } | null;
    }[];
  };
  readonly flags: {
    readonly nodes: readonly {
      readonly id: string;
      readonly kind: string | null;
      readonly severity: string | null;
      readonly status: string | null;
      readonly summary: string | null;
      readonly raisedAt: string | null;
      readonly raisedBy: { readonly name: string } | null;
    }[];
  };
  readonly usedBy: readonly { readonly borough: { readonly name: string }; readonly youngPeople: number | null }[];
}

export interface Stage {
  readonly stage: string;
  readonly outcome: string;
  readonly assessedOn: string | null;
}

export interface Judgement {
  readonly aspect: string;
  readonly judgement: string;
}

const MOMENTS = new Set(['proposedAt', 'decidedAt', 'raisedAt']);

/** The same moment in the same words, whatever the time zone and the digits in which it was said. */
export const momentsAlike = (key: string, value: unknown): unknown =>
  MOMENTS.has(key) && typeof value === 'string' ? new Date(value).toISOString() : value;
