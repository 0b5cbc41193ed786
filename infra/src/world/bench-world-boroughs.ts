import { organisationId } from './example-rows.js';
import type { Random } from './bench-world-random.js';
import type { Rows } from './bench-world-rows.js';

/** Boroughs of the alliance outside the sharing agreement. Ealing is, in the example world too. */
const OUTSIDE = ['E09000009', 'E09000021', 'E09000027'];
const ALLIANCE = 'ALLIANCE';
const SINCE = '2025-01-01';

/** Somebody of the bench world's directory. Whoever issues its tokens finds here what to put into them. */
export interface BenchPrincipal {
  readonly id: string;
  /** `sub` of its tokens: `e09000005-placements` is Brent's placements officer. */
  readonly subject: string;
  /** `accord_tenant` of its tokens. */
  readonly tenant: string;
  readonly roles: readonly string[];
  readonly kind: 'PERSON' | 'MACHINE';
  readonly displayName: string;
}

export const BOROUGH_CODES: readonly string[] = Array.from(
  { length: 33 },
  (_, index) => `E09${String(index + 1).padStart(6, '0')}`,
);

/** Members of the agreement: thirty boroughs and the alliance. */
export const AGREED_CODES: readonly string[] = [ALLIANCE, ...BOROUGH_CODES.filter((code) => !OUTSIDE.includes(code))];

export function benchPrincipals(random: Random): BenchPrincipal[] {
  const somebody = (
    tenant: string,
    duty: string,
    kind: BenchPrincipal['kind'],
    ...roles: string[]
  ): BenchPrincipal => ({
    id: random.id(),
    subject: `${tenant.toLowerCase()}-${duty}`,
    tenant,
    roles,
    kind,
    displayName: `${tenant} ${duty}`,
  });
  return [
    somebody(ALLIANCE, 'safeguarding', 'PERSON', 'ALLIANCE_SAFEGUARDING_LEAD'),
    somebody(ALLIANCE, 'dashboard', 'MACHINE', 'DASHBOARD'),
    ...BOROUGH_CODES.flatMap((code) => [
      somebody(code, 'placements', 'PERSON', 'PLACEMENTS'),
      somebody(code, 'dashboard', 'MACHINE', 'DASHBOARD'),
    ]),
  ];
}

export interface BenchGroup {
  readonly id: string;
  readonly keeper: string;
  readonly members: readonly string[];
}

/** Groups to share with: four that the alliance keeps, one of a borough's own. */
export function benchGroups(random: Random): BenchGroup[] {
  const agreed = random.shuffled(AGREED_CODES.filter((code) => code !== ALLIANCE));
  const group = (keeper: string, members: readonly string[]): BenchGroup => ({ id: random.id(), keeper, members });
  return [0, 1, 2, 3]
    .map((quarter) => group(ALLIANCE, agreed.slice(quarter * 7, quarter * 7 + 9)))
    .concat(group('E09000005', ['E09000003', 'E09000005', 'E09000015']));
}

/** Directory, agreement and groups. (Organisations come from the same list as the example world's.) */
export function boroughRows(
  random: Random,
  principals: readonly BenchPrincipal[],
  groups: readonly BenchGroup[],
): Rows {
  const agreementId = random.id();
  const member = (code: string, until: string | null) => ({
    agreement_id: agreementId,
    organisation_id: organisationId(code),
    member_from: SINCE,
    member_until: until,
  });
  return {
    principal: principals.map(({ id, subject, tenant, roles, kind, displayName }) => ({
      id,
      tenant_id: organisationId(tenant),
      kind,
      subject,
      display_name: displayName,
      roles,
      created_at: `${SINCE}T09:00:00Z`,
    })),
    sharing_agreement: [
      {
        id: agreementId,
        name: 'Alliance safeguarding and quality agreement',
        classes: ['FLAG', 'HOLD', 'VISIT', 'DUE_DILIGENCE', 'INTELLIGENCE'],
        purpose: 'To keep looked-after children and care leavers safe where boroughs use the same providers',
        in_force_from: SINCE,
        review_on: '2027-01-01',
      },
    ],
    // One has left: whoever forgets to look at the dates shares with it still.
    agreement_member: [...AGREED_CODES.map((code) => member(code, null)), member('E09000027', '2026-01-01')],
    borough_group: groups.map(({ id, keeper }, index) => ({
      id,
      keeper_id: organisationId(keeper),
      name: `Placements leads ${index + 1}`,
    })),
    borough_group_member: groups.flatMap(({ id, keeper, members }) =>
      members.map((code, index) => ({
        group_id: id,
        organisation_id: organisationId(code),
        member_from: SINCE,
        member_until: index === members.length - 1 && members.length > 3 ? '2026-06-01' : null,
        keeper_id: organisationId(keeper),
      })),
    ),
  };
}
