import { CONDITIONS, SHARING_REASON, type FlagFacts } from './scene.js';
import { COURT, GROUP, TENANT, TENANTS, type TenantName } from './world.js';

/** How a tenant stands to a flag. */
export type Standing =
  | 'owner'
  /** It is shared with them. */
  | 'audience'
  /** They place there and learn that it exists. */
  | 'existence'
  | 'hidden';

export interface Scenario {
  readonly title: string;
  readonly facts: FlagFacts;
  readonly standings: Readonly<Record<TenantName, Standing>>;
}

const PLACES_OUTSIDE_THE_AGREEMENT: TenantName[] = ['ealing', 'hackney', 'haringey'];

function scenario(title: string, facts: FlagFacts, audience: TenantName[], existence: TenantName[]): Scenario {
  const standing = (tenant: TenantName): Standing => {
    if (tenant === 'brent') return 'owner';
    if (audience.includes(tenant)) return 'audience';
    return existence.includes(tenant) ? 'existence' : 'hidden';
  };
  const standings = Object.fromEntries(TENANTS.map((tenant) => [tenant, standing(tenant)])) as Scenario['standings'];
  return { title, facts, standings };
}

const CONCERNED: TenantName[] = ['barnet', 'city', 'havering', 'hammersmith', 'alliance'];

/** Brent's flags: how far each goes, and where that leaves everybody else. Written by hand, from the rules. */
export const SCENARIOS: readonly Scenario[] = [
  scenario('kept in the own borough', { level: 'OWN_BOROUGH' }, [], []),
  scenario(
    'for a borough by name',
    { level: 'NAMED', named: [{ borough: 'havering' }] },
    ['havering'],
    ['barnet', 'city', 'hammersmith', ...PLACES_OUTSIDE_THE_AGREEMENT],
  ),
  scenario(
    'for the alliance by name',
    { level: 'NAMED', named: [{ borough: 'alliance' }] },
    ['alliance'],
    ['barnet', 'city', 'hammersmith', ...PLACES_OUTSIDE_THE_AGREEMENT],
  ),
  scenario(
    'for a group, of which some are no longer members and some not yet',
    { level: 'NAMED', named: [{ group: GROUP }] },
    ['barnet', 'hammersmith', 'enfield'],
    ['city', ...PLACES_OUTSIDE_THE_AGREEMENT],
  ),
  scenario(
    'for boroughs by name that are outside the agreement',
    { level: 'NAMED', named: [{ borough: 'ealing' }, { borough: 'camden' }, { borough: 'hackney' }] },
    [],
    ['barnet', 'city', 'hammersmith', ...PLACES_OUTSIDE_THE_AGREEMENT],
  ),
  scenario('for the boroughs concerned', {}, CONCERNED, PLACES_OUTSIDE_THE_AGREEMENT),
  scenario(
    'for the boroughs concerned with the provider, about no home',
    { home: null },
    [...CONCERNED, 'islington'],
    PLACES_OUTSIDE_THE_AGREEMENT,
  ),
  scenario(
    'for the alliance and its boroughs',
    { level: 'ALLIANCE' },
    [...CONCERNED, 'enfield', 'islington'],
    PLACES_OUTSIDE_THE_AGREEMENT,
  ),
  scenario('for the boroughs concerned, without a name', { anonymous: true }, CONCERNED, PLACES_OUTSIDE_THE_AGREEMENT),
  scenario('resolved', { outcome: 'RESOLVED' }, CONCERNED, []),
  scenario('withdrawn, without a name', { outcome: 'WITHDRAWN', anonymous: true }, CONCERNED, []),
];

/** The tenants that stand in one of these ways. */
export const standing = ({ standings }: Scenario, ...ways: Standing[]): TenantName[] =>
  TENANTS.filter((tenant) => ways.includes(standings[tenant]));

/** What a client sends to share so far. */
export function sharingInput({
  level = 'BOROUGHS_CONCERNED',
  named = [],
  anonymous = false,
}: FlagFacts): Record<string, unknown> {
  const boroughIds = named.flatMap(({ borough }) => (borough === undefined ? [] : [TENANT[borough]]));
  const groupIds = named.flatMap(({ group }) => group ?? []);
  return {
    level,
    ...(level === 'NAMED' && { boroughIds, groupIds }),
    anonymous,
    reason: SHARING_REASON,
    conditions: CONDITIONS,
  };
}

export const homeOf = ({ home }: FlagFacts): string | null => (home === undefined ? COURT : home);
