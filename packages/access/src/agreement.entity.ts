import { Entity, Index, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import {
  ROLE,
  TENANT,
  TODAY,
  readableByAudienceRole,
  readableByMembers,
  tenantInserts,
  tenantReads,
  tenantUpdates,
} from '@accord/persistence';

/** SQL: whether a period, whose end is its first day outside, holds on a day. */
export const holdsOn = (day: string, from: string, until: string): string =>
  `(${from} <= ${day} and (${until} is null or ${day} < ${until}))`;

/** SQL: whether such a period holds today. */
export const holdsToday = (from: string, until: string): string => holdsOn(TODAY, from, until);

/** SQL: whether the calling tenant is a member of a group today. */
export const inGroup = (groupId: string): string => `exists (
  select from borough_group_member m
  where m.group_id = ${groupId} and m.organisation_id = ${TENANT} and ${holdsToday('m.member_from', 'm.member_until')}
)`;

/** What can be shared under an agreement; the kind of a `Sharing` is one of these. */
export const SHARING_CLASSES = ['FLAG', 'HOLD', 'VISIT', 'DUE_DILIGENCE', 'INTELLIGENCE'] as const;
export type SharingClass = (typeof SHARING_CLASSES)[number];

const BY_THE_ALLIANCE = '(select tenant_is_alliance())';

/**
 * One version of a data sharing agreement between organisations (ICO data sharing code; rules 2), in force from its
 * date to its end. Its words never change: other classes, purpose or basis are a new version, which takes over on a
 * day and counts for those who have accepted it by then (infra/decisions/0013-agreements.md).
 */
@Entity({
  tableName: 'sharing_agreement',
  policies: [
    readableByMembers(),
    readableByAudienceRole(),
    tenantInserts(BY_THE_ALLIANCE),
    tenantUpdates(BY_THE_ALLIANCE),
  ],
})
@Unique({ properties: ['replacesId'] })
export class SharingAgreement {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ columnType: 'text' })
  name!: string;

  /** 1, 2, 3 … */
  @Property({ columnType: 'int', default: 1 })
  version: number = 1;

  /** The version that this one takes over from; one version has one successor. */
  @Property({ type: 'uuid', nullable: true })
  replacesId: string | null = null;

  @Property({ columnType: 'text[]' })
  classes!: SharingClass[];

  @Property({ columnType: 'text' })
  purpose!: string;

  /** `LawfulBasis`; none of agreements that were there before Accord kept it. */
  @Property({ columnType: 'text[]', defaultRaw: `'{}'` })
  lawfulBases: string[] = [];

  @Property({ columnType: 'text', nullable: true })
  dpiaReference: string | null = null;

  @Property({ columnType: 'date' })
  inForceFrom!: string;

  /** The first day on which it is no longer in force; null while no end is agreed. */
  @Property({ columnType: 'date', nullable: true })
  inForceUntil: string | null = null;

  @Property({ columnType: 'text', nullable: true })
  endedBecause: string | null = null;

  @Property({ columnType: 'date' })
  reviewOn!: string;
}

/**
 * That the alliance asks an organisation to be a member of a version, and for which days. Whoever has only been asked
 * is none: nothing of the audience looks here.
 */
@Entity({
  tableName: 'agreement_invitation',
  policies: [readableByMembers(), tenantInserts(BY_THE_ALLIANCE), tenantUpdates(BY_THE_ALLIANCE)],
})
@Index({ properties: ['agreementId'] })
export class AgreementInvitation {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  agreementId!: string;

  @Property({ type: 'uuid' })
  organisationId!: string;

  @Property({ columnType: 'date' })
  memberFrom!: string;

  @Property({ columnType: 'date', nullable: true })
  memberUntil: string | null = null;

  @Property({ columnType: 'timestamptz' })
  invitedAt!: Date;

  @Property({ columnType: 'timestamptz', nullable: true })
  withdrawnAt: Date | null = null;
}

const INVITED = `exists (select from agreement_invitation i where i.id = agreement_member.invitation_id
  and i.agreement_id = agreement_member.agreement_id and i.organisation_id = agreement_member.organisation_id
  and i.withdrawn_at is null and i.member_from <= agreement_member.member_from
  and coalesce(i.member_until, 'infinity') >= coalesce(agreement_member.member_until, 'infinity'))`;

const OWN_OR_ALLIANCE = `(organisation_id = ${TENANT} or ${BY_THE_ALLIANCE})`;

/**
 * An organisation's part in an agreement, from a day until the day it left. The row is the acceptance: only the
 * organisation itself writes it, once for each invitation; the alliance may end it.
 */
@Entity({
  tableName: 'agreement_member',
  policies: [
    readableByMembers(),
    readableByAudienceRole(),
    tenantInserts(`organisation_id = ${TENANT} and ${INVITED}`),
    // To end it, once: what has ended begins again by another acceptance.
    {
      name: 'tenant_updates',
      command: 'update',
      roles: [ROLE.gateway],
      using: `${OWN_OR_ALLIANCE} and (member_until is null or ${TODAY} < member_until)`,
      check: `${OWN_OR_ALLIANCE} and member_until is not null`,
    },
  ],
})
@Index({ properties: ['organisationId'] })
@Unique({ properties: ['invitationId'] })
export class AgreementMember {
  @PrimaryKey({ type: 'uuid' })
  agreementId!: string;

  @PrimaryKey({ type: 'uuid' })
  organisationId!: string;

  @PrimaryKey({ columnType: 'date' })
  memberFrom!: string;

  @Property({ columnType: 'date', nullable: true })
  memberUntil: string | null = null;

  /** Null of members from before Accord asked for acceptance. */
  @Property({ type: 'uuid', nullable: true })
  invitationId: string | null = null;

  @Property({ columnType: 'timestamptz', nullable: true })
  acceptedAt: Date | null = null;

  /** The name in the organisation's directory. */
  @Property({ columnType: 'text', nullable: true })
  acceptedBy: string | null = null;

  @Property({ columnType: 'text', nullable: true })
  endedBecause: string | null = null;
}

/**
 * A named group of boroughs to share with, kept by the alliance or by a borough for itself. Retired: nobody is in it
 * any more, and nobody can name it.
 */
@Entity({
  tableName: 'borough_group',
  policies: [
    tenantReads(`keeper_id = ${TENANT} or ${inGroup('borough_group.id')}`),
    readableByAudienceRole(),
    tenantInserts(`keeper_id = ${TENANT}`),
    tenantUpdates(`keeper_id = ${TENANT}`),
  ],
})
@Unique({ properties: ['id', 'keeperId'] })
export class BoroughGroup {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  keeperId!: string;

  @Property({ columnType: 'text' })
  name!: string;

  /** Members see neither one another nor that there are others. */
  @Property({ columnType: 'boolean', default: false })
  hidesMembers: boolean = false;

  @Property({ columnType: 'int', default: 1 })
  version: number = 1;

  @Property({ columnType: 'timestamptz', nullable: true })
  retiredAt: Date | null = null;
}

/**
 * Membership from a day until the day it ended. A member sees its own, and its fellows' where the group does not hide
 * them; the keeper sees all. `keeper_id` is the group's by a foreign key (agreements.sql.ts): nobody adds to another's.
 */
@Entity({
  tableName: 'borough_group_member',
  policies: [
    tenantReads(
      `organisation_id = ${TENANT} or keeper_id = ${TENANT}
       or exists (select from open_group_of_caller g where g.id = borough_group_member.group_id)`,
    ),
    readableByAudienceRole(),
    tenantInserts(`keeper_id = ${TENANT}`),
    tenantUpdates(`keeper_id = ${TENANT}`),
  ],
})
@Index({ properties: ['organisationId'] })
export class BoroughGroupMember {
  @PrimaryKey({ type: 'uuid' })
  groupId!: string;

  @PrimaryKey({ type: 'uuid' })
  organisationId!: string;

  @PrimaryKey({ columnType: 'date' })
  memberFrom!: string;

  @Property({ columnType: 'date', nullable: true })
  memberUntil: string | null = null;

  /** The group's keeper again, so that this table's policy need not read the group's, whose policy reads this one. */
  @Property({ type: 'uuid' })
  keeperId!: string;
}
