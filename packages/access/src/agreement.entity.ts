import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { TENANT, TODAY, readableByAudienceRole, readableByMembers, tenantReads } from '@accord/persistence';

/** SQL: whether a period, whose end is its first day outside, holds today. */
export const holdsToday = (from: string, until: string): string =>
  `(${from} <= ${TODAY} and (${until} is null or ${TODAY} < ${until}))`;

/** SQL: whether the calling tenant is a member of a group today. */
export const inGroup = (groupId: string): string => `exists (
  select from borough_group_member m
  where m.group_id = ${groupId} and m.organisation_id = ${TENANT} and ${holdsToday('m.member_from', 'm.member_until')}
)`;

/** What can be shared under an agreement; the kind of a `Sharing` is one of these. */
export const SHARING_CLASSES = ['FLAG', 'HOLD', 'VISIT', 'DUE_DILIGENCE', 'INTELLIGENCE'] as const;
export type SharingClass = (typeof SHARING_CLASSES)[number];

/** A data sharing agreement between organisations (ICO data sharing code; rules 2). In force from its date to its end. */
@Entity({ tableName: 'sharing_agreement', policies: [readableByMembers(), readableByAudienceRole()] })
export class SharingAgreement {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ columnType: 'text' })
  name!: string;

  @Property({ columnType: 'text[]' })
  classes!: SharingClass[];

  @Property({ columnType: 'text' })
  purpose!: string;

  @Property({ columnType: 'date' })
  inForceFrom!: string;

  /** The first day on which it is no longer in force; null while no end is agreed. */
  @Property({ columnType: 'date', nullable: true })
  inForceUntil: string | null = null;

  @Property({ columnType: 'date' })
  reviewOn!: string;
}

/** An organisation's part in an agreement, from a day until the day it left. */
@Entity({ tableName: 'agreement_member', policies: [readableByMembers(), readableByAudienceRole()] })
@Index({ properties: ['organisationId'] })
export class AgreementMember {
  @PrimaryKey({ type: 'uuid' })
  agreementId!: string;

  @PrimaryKey({ type: 'uuid' })
  organisationId!: string;

  @PrimaryKey({ columnType: 'date' })
  memberFrom!: string;

  @Property({ columnType: 'date', nullable: true })
  memberUntil: string | null = null;
}

/** A named group of boroughs to share with, kept by the alliance or by a borough for itself. */
@Entity({
  tableName: 'borough_group',
  policies: [tenantReads(`keeper_id = ${TENANT} or ${inGroup('borough_group.id')}`), readableByAudienceRole()],
})
export class BoroughGroup {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  keeperId!: string;

  @Property({ columnType: 'text' })
  name!: string;
}

/** Membership from a day until the day it ended. A member sees its own; the keeper sees all. */
@Entity({
  tableName: 'borough_group_member',
  policies: [tenantReads(`organisation_id = ${TENANT} or keeper_id = ${TENANT}`), readableByAudienceRole()],
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
