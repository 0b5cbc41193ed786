import { registerEnumType } from 'type-graphql';

/** What somebody does in their organisation. Tokens carry these names as app roles. */
export enum Role {
  PLACEMENTS = 'PLACEMENTS',
  QUALITY = 'QUALITY',
  PRACTITIONER = 'PRACTITIONER',
  ASSISTANT_DIRECTOR = 'ASSISTANT_DIRECTOR',
  INFORMATION_GOVERNANCE = 'INFORMATION_GOVERNANCE',
  OUT_OF_HOURS = 'OUT_OF_HOURS',
  CARE_EXPERIENCED_VISITOR = 'CARE_EXPERIENCED_VISITOR',
  BOROUGH_ADMIN = 'BOROUGH_ADMIN',
  ACCREDITATION_OFFICER = 'ACCREDITATION_OFFICER',
  ACCREDITATION_LEAD = 'ACCREDITATION_LEAD',
  ALLIANCE_SAFEGUARDING_LEAD = 'ALLIANCE_SAFEGUARDING_LEAD',
  ALLIANCE_ADMIN = 'ALLIANCE_ADMIN',
  DASHBOARD = 'DASHBOARD',
}

registerEnumType(Role, { name: 'Role', description: 'What somebody does in their organisation.' });

/** Roles that only the alliance gives; the others are a borough's. A role of the other kind has no effect. */
export const ALLIANCE_ROLES: ReadonlySet<Role> = new Set([
  Role.ACCREDITATION_OFFICER,
  Role.ACCREDITATION_LEAD,
  Role.ALLIANCE_SAFEGUARDING_LEAD,
  Role.ALLIANCE_ADMIN,
  Role.DASHBOARD,
]);

export const BOROUGH_ROLES: ReadonlySet<Role> = new Set([
  ...Object.values(Role).filter((role) => !ALLIANCE_ROLES.has(role)),
  Role.DASHBOARD,
]);
