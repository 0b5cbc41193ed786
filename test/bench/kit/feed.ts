interface Named {
  readonly id: string;
  readonly name: string;
}

/** An item as all of them must say it: the contract's node of `intelligence`. */
export interface FeedItem {
  readonly id: string;
  readonly version: number;
  readonly summary: string | null;
  readonly category: string;
  readonly observedOn: string;
  readonly sharedOn: string;
  readonly sharing: string;
  readonly tlp: string;
  readonly provider: Named;
  readonly home: Named | null;
  readonly borough: Named | null;
}

/** A page of the feed as all of them must say it. */
export interface Feed {
  readonly items: readonly FeedItem[];
  readonly hasNextPage: boolean;
}

/** The label that follows from how far something is shared (TLP 2.0). */
export const TRAFFIC_LIGHTS: Readonly<Record<string, string>> = {
  OWN_BOROUGH: 'AMBER_STRICT',
  NAMED: 'RED',
  BOROUGHS_CONCERNED: 'AMBER',
  ALLIANCE: 'GREEN',
};

/** The variables of the contract's `IntelligenceFeed`. */
export interface FeedVariables {
  readonly first: number;
  readonly after?: string | null;
  readonly filter?: FeedFilter;
}

export interface FeedFilter {
  readonly providerId?: string;
  readonly homeId?: string;
  readonly category?: readonly string[];
  readonly observedFrom?: string;
  readonly observedTo?: string;
  readonly mine?: boolean;
  readonly search?: string;
}
