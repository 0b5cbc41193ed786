import { calendarDaysAfter, londonDate } from '@accord/kernel';
import { hiddenFrom, key, look, provider, PUBLIC, type OperationCase, type Variables } from './operation-kit.js';
import { sharingInput } from './standing.js';
import { COURT, JUNIPERFIELD } from './world.js';

export function newHold() {
  const today = londonDate(new Date());
  return {
    providerId: JUNIPERFIELD,
    homeId: COURT,
    kind: 'SAFEGUARDING_CONCERN',
    startsOn: today,
    reviewOn: calendarDaysAfter(today, 60),
    reason: 'Nobody new there until we have been again.',
  };
}

/** An operation of Brent's assistant director on a hold of Brent's: Barnet may know of it, Camden may not. */
const holdAction = (name: string, kind: string, input: Variables): OperationCase => ({
  field: `Mutation.${name}`,
  document: `mutation($input: ${kind}!) { ${name}(input: $input) { hold { id reason sharingReason } } }`,
  variables: async (scene, hold) => ({ input: { holdId: await scene.hold(hold), ...input } }),
  owner: 'brent-director',
  sharedWith: { who: 'barnet ASSISTANT_DIRECTOR', code: 'FORBIDDEN' },
  notShared: hiddenFrom('camden ASSISTANT_DIRECTOR'),
  wrongRole: 'brent-placements',
});

export const HOLD_OPERATIONS: readonly OperationCase[] = [
  {
    ...look('hold', '{ id reason reviewOn }', '($id: ID!)', {}, '(id: $id)'),
    variables: async (scene, hold) => ({ id: await scene.hold(hold) }),
    sharedWith: 'barnet-placements',
    notShared: hiddenFrom('camden DASHBOARD'),
    wrongRole: 'brent-admin',
  },
  {
    ...look('provider', '{ id holds(first: 5) { nodes { id reason } } }', '($id: ID!)', provider, '(id: $id)'),
    field: 'Provider.holds',
    sharedWith: 'barnet-placements',
    notShared: { none: 'a list leaves out what is hidden (hold.test.ts)' },
    wrongRole: 'brent-admin',
  },
  {
    field: 'Mutation.startHold',
    document: 'mutation($input: StartHoldInput!) { startHold(input: $input) { hold { id reason startsOn } } }',
    variables: () => ({ input: { ...newHold(), idempotencyKey: key() } }),
    owner: 'brent-director',
    sharedWith: 'barnet ASSISTANT_DIRECTOR',
    notShared: PUBLIC,
    wrongRole: 'brent-placements',
  },
  holdAction('reviewHold', 'ReviewHoldInput', { note: 'No change.', reviewOn: newHold().reviewOn, expectedVersion: 1 }),
  {
    ...holdAction('liftHold', 'LiftHoldInput', {}),
    variables: async (scene, hold) => ({
      input: { holdId: await scene.hold(hold), reason: 'Put right.', idempotencyKey: key() },
    }),
  },
  {
    ...holdAction('changeHoldSharing', 'ChangeHoldSharingInput', {}),
    variables: async (scene, hold) => ({
      input: {
        holdId: await scene.hold(hold),
        expectedVersion: 1,
        sharing: sharingInput({ level: 'ALLIANCE' }),
        idempotencyKey: key(),
      },
    }),
  },
];
