import { newId } from '@accord/kernel';
import type { OperationCase } from './operation.js';
import { addMerged, newTwins } from './twins.js';
import { JUNIPERFIELD } from './world.js';

/** What alliance staff do about providers that are one: no borough has a role for it. */
const STAFF = {
  owner: 'alliance-accreditation',
  sharedWith: { none: 'merging is the alliance’s alone' },
  notShared: { who: 'brent-director', code: 'FORBIDDEN' },
  wrongRole: 'alliance-safeguarding',
} as const;

const PREVIEW = 'kept { id } merged { id } moves { what count } differences { field } obstacles reachingFurther';

export const MERGE_OPERATIONS: readonly OperationCase[] = [
  {
    ...STAFF,
    field: 'Query.likelyDuplicates',
    document: '{ likelyDuplicates(first: 5) { nodes { provider { id } other { id } grounds } } }',
    variables: () => ({}),
  },
  {
    ...STAFF,
    field: 'Query.previewProviderMerge',
    document: `query($input: PreviewProviderMergeInput!) { previewProviderMerge(input: $input) { ${PREVIEW} } }`,
    variables: async (scene) => {
      const { keptId, mergedId } = await newTwins(scene);
      return { input: { keptId, mergedId } };
    },
  },
  {
    ...STAFF,
    field: 'Mutation.mergeProviders',
    document:
      'mutation($input: MergeProvidersInput!) { mergeProviders(input: $input) { merge { id } provider { id } } }',
    variables: async (scene) => {
      const { keptId, mergedId } = await newTwins(scene);
      const versions = { expectedVersion: 1, expectedMergedVersion: 1 };
      return { input: { keptId, mergedId, ...versions, reason: 'One company.', idempotencyKey: newId() } };
    },
  },
  {
    ...STAFF,
    field: 'Mutation.undoProviderMerge',
    document:
      'mutation($input: UndoProviderMergeInput!) { undoProviderMerge(input: $input) { merge { id } provider { id } } }',
    variables: async (scene) => {
      const mergeId = await addMerged(scene, await newTwins(scene));
      return { input: { mergeId, reason: 'Two companies.', idempotencyKey: newId() } };
    },
  },
  {
    ...STAFF,
    field: 'Provider.merges',
    document: 'query($id: ID!) { provider(id: $id) { id merges { id merged { reason by } } } }',
    variables: () => ({ id: JUNIPERFIELD }),
  },
];
