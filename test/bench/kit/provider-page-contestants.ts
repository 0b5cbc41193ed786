import type { Contestant, Contestants } from './contestant.ts';
import { DOSSIER } from './dossier-contestants.ts';
import { dossierFields, dossierOf, type DossierData } from './dossier-postgraphile.ts';
import { momentsAlike, type Dossier } from './dossier.ts';
import { DUE_DILIGENCE } from './due-diligence-contestants.ts';
import { answeredOf, ANSWERS, QUESTIONS, type DueDiligenceData } from './due-diligence-postgraphile.ts';
import type { Answered } from './due-diligence.ts';
import { HOME_VISITS } from './home-visits-contestants.ts';
import { VISITS_OF_HOME, visitedHomeOf, type HomeWithVisits } from './home-visits-postgraphile.ts';
import type { VisitedHome } from './home-visits.ts';
import { speaksTheContract, type ProviderVariables } from './provider-contestants.ts';

/** The dossier, the answers and the visits of one provider. */
type ProviderPage = Omit<Dossier, 'homes'> &
  Answered & { readonly homes: { readonly nodes: readonly (Dossier['homes']['nodes'][number] & VisitedHome)[] } };

const QUERY = `query ProviderPage($id: UUID!) {
  ${QUESTIONS}
  providerByRowId(rowId: $id) { ${dossierFields(VISITS_OF_HOME)} ${ANSWERS} }
}`;

type Data = DossierData &
  DueDiligenceData & {
    readonly providerByRowId: { readonly homes: { readonly nodes: readonly HomeWithVisits[] } };
  };

const POSTGRAPHILE: Contestant<ProviderVariables, ProviderPage> = {
  name: 'PostGraphile',
  body: (variables) => JSON.stringify({ query: QUERY, operationName: 'ProviderPage', variables }),
  read: (text) => {
    const { data } = JSON.parse(text, momentsAlike) as { readonly data: Data };
    const dossier = dossierOf(data);
    const visited = data.providerByRowId.homes.nodes.map(visitedHomeOf);
    const nodes = dossier.homes.nodes.map((home, index) => ({
      ...home,
      visits: visited[index]?.visits ?? { nodes: [] },
    }));
    return { said: { ...dossier, ...answeredOf(data), homes: { nodes } }, endCursor: null };
  },
};

/** What the contract's `ProviderDossier`, `ProviderDueDiligence` and `HomeVisits` ask, in one operation. */
export const PROVIDER_PAGE_CONTESTANTS: Contestants<ProviderVariables, ProviderPage> = {
  ...speaksTheContract<ProviderPage>('ProviderPage', `${DOSSIER} ${DUE_DILIGENCE} ${HOME_VISITS}`),
  postgraphile: POSTGRAPHILE,
};
