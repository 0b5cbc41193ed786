import type { Contestants } from './contestant.ts';
import type { Dossier } from './dossier.ts';
import { POSTGRAPHILE_DOSSIER } from './dossier-postgraphile.ts';
import { speaksTheContract, type ProviderVariables } from './provider-contestants.ts';

/** Of a provider, as the contract's `ProviderDossier` asks. */
export const DOSSIER = `
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
`;

export const DOSSIER_CONTESTANTS: Contestants<ProviderVariables, Dossier> = {
  ...speaksTheContract<Dossier>('ProviderDossier', DOSSIER),
  postgraphile: POSTGRAPHILE_DOSSIER,
};
