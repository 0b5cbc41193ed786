import type { ItemFacts } from './scene.js';
import { GROUP, TENANTS, type TenantName } from './world.js';

/** How Brent's item is shared, and who else may see it. Written by hand, from the rules. */
export interface ItemScenario {
  readonly title: string;
  readonly facts: ItemFacts;
  readonly audience: readonly TenantName[];
}

const CONCERNED: readonly TenantName[] = ['barnet', 'city', 'havering', 'hammersmith'];

export const ITEM_SCENARIOS: readonly ItemScenario[] = [
  { title: 'kept in the own borough', facts: { level: 'OWN_BOROUGH' }, audience: [] },
  {
    title: 'kept, and one may ask for it',
    facts: { level: 'OWN_BOROUGH', mayBeAskedFor: true },
    audience: [],
  },
  {
    title: 'for a borough and the alliance by name',
    facts: { level: 'NAMED', named: [{ borough: 'havering' }, { borough: 'alliance' }] },
    audience: ['havering', 'alliance'],
  },
  {
    title: 'for a group, of which some are no longer members and some not yet',
    facts: { level: 'NAMED', named: [{ group: GROUP }] },
    audience: ['barnet', 'hammersmith', 'enfield'],
  },
  {
    title: 'for boroughs by name that are outside the agreement',
    facts: { level: 'NAMED', named: [{ borough: 'ealing' }, { borough: 'camden' }, { borough: 'hackney' }] },
    audience: [],
  },
  { title: 'for the boroughs concerned', facts: {}, audience: CONCERNED },
  {
    title: 'for the boroughs concerned with the provider, about no home',
    facts: { home: null },
    audience: [...CONCERNED, 'islington'],
  },
  {
    title: 'for the alliance and its boroughs',
    facts: { level: 'ALLIANCE' },
    audience: [...CONCERNED, 'enfield', 'islington', 'alliance'],
  },
  { title: 'for the boroughs concerned, without a name', facts: { anonymous: true }, audience: CONCERNED },
  { title: 'withdrawn, without a name', facts: { anonymous: true, withdrawn: true }, audience: CONCERNED },
  {
    title: 'from the police, for the boroughs concerned of which they consented to one',
    facts: { consent: ['barnet', 'camden', 'alliance'] },
    audience: ['barnet'],
  },
  {
    title: 'from the police, kept, without any consent',
    facts: { level: 'OWN_BOROUGH', consent: [], mayBeAskedFor: true, granted: [{ to: 'barnet' }] },
    audience: [],
  },
  {
    title: 'kept, and granted to some for a time or disclosed urgently',
    facts: {
      level: 'OWN_BOROUGH',
      granted: [
        { to: 'enfield' },
        { to: 'barnet', state: 'ended' },
        { to: 'city', state: 'revoked' },
        { to: 'camden' },
        // Outside the agreement.
        { to: 'ealing' },
      ],
      disclosed: [{ to: 'hackney' }, { to: 'haringey', ended: true }],
    },
    audience: ['enfield', 'hackney'],
  },
];

export const outside = ({ audience }: ItemScenario): TenantName[] =>
  TENANTS.filter((tenant) => tenant !== 'brent' && !audience.includes(tenant));
