import type { Contestants } from './contestant.ts';
import type { Answered } from './due-diligence.ts';
import { POSTGRAPHILE_DUE_DILIGENCE } from './due-diligence-postgraphile.ts';
import { speaksTheContract, type ProviderVariables } from './provider-contestants.ts';

/** Of a provider, as the contract's `ProviderDueDiligence` asks. */
export const DUE_DILIGENCE =
  'dueDiligence(first: 40) { nodes { question { code text category } value state assurance answeredOn validUntil answeredBy { name } } }';

export const DUE_DILIGENCE_CONTESTANTS: Contestants<ProviderVariables, Answered> = {
  ...speaksTheContract<Answered>('ProviderDueDiligence', `id ${DUE_DILIGENCE}`),
  postgraphile: POSTGRAPHILE_DUE_DILIGENCE,
};
