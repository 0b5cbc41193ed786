import type { Contestant } from './contestant.ts';
import type { ListVariables } from './list-statement.ts';

/** A page as all of them must say it. */
export interface Page {
  readonly ids: readonly string[];
  readonly names: readonly string[];
  readonly openFlagCounts: readonly number[];
  readonly totalCount: number;
  readonly hasNextPage: boolean;
}

/** `ProviderList` of the contract, to the letter. */
const PROVIDER_LIST = `query ProviderList($filter: ProviderFilter, $orderBy: ProviderOrder, $first: Int!, $after: String) {
  providers(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
    totalCount
    pageInfo { hasNextPage endCursor }
    edges { cursor node { id name openFlagCount } }
  }
}`;

interface ProviderListData {
  readonly data: {
    readonly providers: {
      readonly totalCount: number;
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
      readonly edges: readonly {
        readonly node: { readonly id: string; readonly name: string; readonly openFlagCount: number };
      }[];
    };
  };
}

const speaksTheContract = (name: string): Contestant<ListVariables, Page> => ({
  name,
  body: (variables) => JSON.stringify({ query: PROVIDER_LIST, operationName: 'ProviderList', variables }),
  read: (text) => {
    const { totalCount, pageInfo, edges } = (JSON.parse(text) as ProviderListData).data.providers;
    return {
      said: {
        ids: edges.map(({ node }) => node.id),
        names: edges.map(({ node }) => node.name),
        openFlagCounts: edges.map(({ node }) => node.openFlagCount),
        totalCount,
        hasNextPage: pageInfo.hasNextPage,
      },
      endCursor: pageInfo.endCursor,
    };
  },
});

/** The same question in PostGraphile's words: flags that have not ended are counted through the relation. */
const PROVIDER_LIST_OF_POSTGRAPHILE = `query ProviderList($orderBy: [ProviderOrderBy!], $first: Int!, $after: Cursor) {
  allProviders(orderBy: $orderBy, first: $first, after: $after) {
    totalCount
    pageInfo { hasNextPage endCursor }
    edges { cursor node { rowId name sharingsByProviderId(condition: { kind: "FLAG", endedAt: null }) { totalCount } } }
  }
}`;

interface AllProvidersData {
  readonly data: {
    readonly allProviders: {
      readonly totalCount: number;
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
      readonly edges: readonly {
        readonly node: {
          readonly rowId: string;
          readonly name: string;
          readonly sharingsByProviderId: { readonly totalCount: number };
        };
      }[];
    };
  };
}

const POSTGRAPHILE_ORDER: Record<string, string> = { NAME: 'LOWER_NAME', UPDATED_AT: 'UPDATED_AT' };

const postgraphile: Contestant<ListVariables, Page> = {
  name: 'PostGraphile',
  body: ({ first, after, orderBy, filter }) => {
    const field = POSTGRAPHILE_ORDER[orderBy?.field ?? 'NAME'];
    if (field === undefined || filter !== undefined) throw new Error('PostGraphile cannot express this one.');
    const direction = orderBy?.direction ?? 'ASC';
    const variables = { first, after, orderBy: [`${field}_${direction}`, `PRIMARY_KEY_${direction}`] };
    return JSON.stringify({ query: PROVIDER_LIST_OF_POSTGRAPHILE, operationName: 'ProviderList', variables });
  },
  read: (text) => {
    const { totalCount, pageInfo, edges } = (JSON.parse(text) as AllProvidersData).data.allProviders;
    return {
      said: {
        ids: edges.map(({ node }) => node.rowId),
        names: edges.map(({ node }) => node.name),
        openFlagCounts: edges.map(({ node }) => node.sharingsByProviderId.totalCount),
        totalCount,
        hasNextPage: pageInfo.hasNextPage,
      },
      endCursor: pageInfo.endCursor,
    };
  },
};

export const LIST_CONTESTANTS = {
  gateway: speaksTheContract('Accord'),
  handWritten: speaksTheContract('hand-written'),
  postgraphile,
} as const;
