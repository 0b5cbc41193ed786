import type { Contestant, Contestants } from './contestant.ts';
import { TRAFFIC_LIGHTS, type Feed, type FeedItem, type FeedVariables } from './feed.ts';

/** `IntelligenceFeed` of the contract, to the letter. */
const INTELLIGENCE_FEED = `query IntelligenceFeed($first: Int!, $after: String, $filter: IntelligenceFilter) {
  intelligence(first: $first, after: $after, filter: $filter) {
    pageInfo { hasNextPage endCursor }
    nodes { id version summary category observedOn sharedOn sharing tlp provider { id name } home { id name } borough { id name } }
  }
}`;

interface PageInfo {
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

interface IntelligenceFeedData {
  readonly data: { readonly intelligence: { readonly pageInfo: PageInfo; readonly nodes: readonly FeedItem[] } };
}

const speaksTheContract = (name: string): Contestant<FeedVariables, Feed> => ({
  name,
  body: (variables) => JSON.stringify({ query: INTELLIGENCE_FEED, operationName: 'IntelligenceFeed', variables }),
  read: (text) => {
    const { pageInfo, nodes } = (JSON.parse(text) as IntelligenceFeedData).data.intelligence;
    return { said: { items: nodes, hasNextPage: pageInfo.hasNextPage }, endCursor: pageInfo.endCursor };
  },
});

/** The same question in PostGraphile's words; the label follows from the level, and an anonymous owner is left out here. */
const INTELLIGENCE_FEED_OF_POSTGRAPHILE = `query IntelligenceFeed($first: Int!, $after: Cursor, $condition: SharingCondition!) {
  allSharings(first: $first, after: $after, condition: $condition, orderBy: [SHARED_ON_DESC, PRIMARY_KEY_DESC]) {
    pageInfo { hasNextPage endCursor }
    nodes {
      rowId sharedOn level isNamed
      item { version summary category observedOn }
      provider { rowId name } home { rowId name } owner { rowId name }
    }
  }
}`;

interface Row {
  readonly rowId: string;
  readonly name: string;
}

interface AllSharingsData {
  readonly data: {
    readonly allSharings: {
      readonly pageInfo: PageInfo;
      readonly nodes: readonly {
        readonly rowId: string;
        readonly sharedOn: string;
        readonly level: string;
        readonly isNamed: boolean;
        readonly item: Pick<FeedItem, 'version' | 'summary' | 'category' | 'observedOn'>;
        readonly provider: Row;
        readonly home: Row | null;
        readonly owner: Row;
      }[];
    };
  };
}

const named = ({ rowId: id, name }: Row) => ({ id, name });

const postgraphile: Contestant<FeedVariables, Feed> = {
  name: 'PostGraphile',
  body: ({ first, after, filter: { mine, providerId, ...others } = {} }) => {
    if (Object.keys(others).length > 0) throw new Error('PostGraphile cannot express this one.');
    const condition = {
      kind: 'INTELLIGENCE',
      endedAt: null,
      isKnown: true,
      ...(mine !== undefined && { isMine: mine }),
      ...(providerId !== undefined && { providerId }),
    };
    const variables = { first, after, condition };
    return JSON.stringify({ query: INTELLIGENCE_FEED_OF_POSTGRAPHILE, operationName: 'IntelligenceFeed', variables });
  },
  read: (text) => {
    const { pageInfo, nodes } = (JSON.parse(text) as AllSharingsData).data.allSharings;
    const items = nodes.map(({ rowId: id, item, level, ...sharing }): FeedItem => ({
      id,
      version: item.version,
      summary: item.summary,
      category: item.category,
      observedOn: item.observedOn,
      sharedOn: sharing.sharedOn,
      sharing: level,
      tlp: TRAFFIC_LIGHTS[level] ?? '',
      provider: named(sharing.provider),
      home: sharing.home && named(sharing.home),
      borough: sharing.isNamed ? named(sharing.owner) : null,
    }));
    return { said: { items, hasNextPage: pageInfo.hasNextPage }, endCursor: pageInfo.endCursor };
  },
};

export const FEED_CONTESTANTS = {
  gateway: speaksTheContract('Accord'),
  handWritten: speaksTheContract('hand-written'),
  postgraphile,
} as const satisfies Contestants<FeedVariables, Feed>;
