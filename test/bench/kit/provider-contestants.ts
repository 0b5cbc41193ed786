import type { Contestant, Contestants } from './contestant.ts';
import { momentsAlike } from './dossier.ts';

/** The variables of the contract's operations about one provider. */
export interface ProviderVariables {
  readonly id: string;
}

/** Accord and the hand-written server, asked for a provider in the words of the contract. */
export function speaksTheContract<T>(
  operationName: string,
  fields: string,
): Pick<Contestants<ProviderVariables, T>, 'gateway' | 'handWritten'> {
  const query = `query ${operationName}($id: ID!) { provider(id: $id) { ${fields} } }`;
  const contestant = (name: string): Contestant<ProviderVariables, T> => ({
    name,
    body: (variables) => JSON.stringify({ query, operationName, variables }),
    read: (text) => {
      const { data } = JSON.parse(text, momentsAlike) as { readonly data: { readonly provider: T } };
      return { said: data.provider, endCursor: null };
    },
  });
  return { gateway: contestant('Accord'), handWritten: contestant('hand-written') };
}
