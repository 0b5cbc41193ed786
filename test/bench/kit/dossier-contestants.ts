import type { Contestant, Contestants } from './contestant.ts';
import { momentsAlike, type Dossier } from './dossier.ts';
import type { DossierVariables } from './dossier-statement.ts';
import { POSTGRAPHILE_DOSSIER } from './dossier-postgraphile.ts';

/** `ProviderDossier` of the contract, to the letter. */
const PROVIDER_DOSSIER = `query ProviderDossier($id: ID!) {
  provider(id: $id) {
    id name tradingNames companyNumber version
    accreditation {
      status effectiveFrom reviewDue conditions
      stages { stage outcome assessedOn }
      decisions(first: 5) { nodes { id state status reason proposedAt proposedBy { displayName } decidedAt decidedBy { displayName } } }
    }
    homes(first: 20) {
      nodes {
        id name hostBorough { name gssCode } placementTypes
        registrations { regulator reference status }
        latestInspection { inspectedOn publishedOn kind judgements { aspect judgement } }
      }
    }
    flags(first: 10) { nodes { id kind severity status summary raisedAt raisedBy { name } } }
    usedBy { borough { name } youngPeople }
  }
}`;

const speaksTheContract = (name: string): Contestant<DossierVariables, Dossier> => ({
  name,
  body: (variables) => JSON.stringify({ query: PROVIDER_DOSSIER, operationName: 'ProviderDossier', variables }),
  read: (text) => {
    const { data } = JSON.parse(text, momentsAlike) as { readonly data: { readonly provider: Dossier } };
    return { said: data.provider, endCursor: null };
  },
});

export const DOSSIER_CONTESTANTS = {
  gateway: speaksTheContract('Accord'),
  handWritten: speaksTheContract('hand-written'),
  postgraphile: POSTGRAPHILE_DOSSIER,
} as const satisfies Contestants<DossierVariables, Dossier>;
