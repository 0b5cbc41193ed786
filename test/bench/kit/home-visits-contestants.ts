import type { Contestant, Contestants } from './contestant.ts';
import { VISITS_OF_HOME, visitedHomeOf, type HomeWithVisits } from './home-visits-postgraphile.ts';
import type { Visited } from './home-visits.ts';
import { speaksTheContract, type ProviderVariables } from './provider-contestants.ts';

/** Of a provider, as the contract's `HomeVisits` asks. */
export const HOME_VISITS =
  'homes(first: 20) { nodes { id visits(first: 3) { nodes { id visitedOn reason mode unannounced outcome borough { name } } } } }';

const QUERY = `query HomeVisits($id: UUID!) {
  providerByRowId(rowId: $id) { rowId homes(first: 20, orderBy: [NAME_ASC, PRIMARY_KEY_ASC]) { nodes { rowId ${VISITS_OF_HOME} } } }
}`;

interface Data {
  readonly data: {
    readonly providerByRowId: { readonly rowId: string; readonly homes: { readonly nodes: readonly HomeWithVisits[] } };
  };
}

const POSTGRAPHILE: Contestant<ProviderVariables, Visited> = {
  name: 'PostGraphile',
  body: (variables) => JSON.stringify({ query: QUERY, operationName: 'HomeVisits', variables }),
  read: (text) => {
    const { rowId: id, homes } = (JSON.parse(text) as Data).data.providerByRowId;
    return { said: { id, homes: { nodes: homes.nodes.map(visitedHomeOf) } }, endCursor: null };
  },
};

export const HOME_VISITS_CONTESTANTS: Contestants<ProviderVariables, Visited> = {
  ...speaksTheContract<Visited>('HomeVisits', `id ${HOME_VISITS}`),
  postgraphile: POSTGRAPHILE,
};
