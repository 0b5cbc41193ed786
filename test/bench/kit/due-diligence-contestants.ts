import type { Contestant, Contestants } from './contestant.ts';
import type { Answered, DueDiligenceVariables } from './due-diligence.ts';
import { POSTGRAPHILE_DUE_DILIGENCE } from './due-diligence-postgraphile.ts';

/** `ProviderDueDiligence` of the contract, to the letter. */
const PROVIDER_DUE_DILIGENCE = `query ProviderDueDiligence($id: ID!) {
  provider(id: $id) { id dueDiligence(first: 40) { nodes { question { code text category } value state assurance answeredOn validUntil answeredBy { name } } } }
}`;

const speaksTheContract = (name: string): Contestant<DueDiligenceVariables, Answered> => ({
  name,
  body: (variables) =>
    JSON.stringify({ query: PROVIDER_DUE_DILIGENCE, operationName: 'ProviderDueDiligence', variables }),
  read: (text) => {
    const { data } = JSON.parse(text) as { readonly data: { readonly provider: Answered } };
    return { said: data.provider, endCursor: null };
  },
});

export const DUE_DILIGENCE_CONTESTANTS = {
  gateway: speaksTheContract('Accord'),
  handWritten: speaksTheContract('hand-written'),
  postgraphile: POSTGRAPHILE_DUE_DILIGENCE,
} as const satisfies Contestants<DueDiligenceVariables, Answered>;
