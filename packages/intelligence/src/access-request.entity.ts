import { Check, Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { isAlliance, Organisation, ReadPurpose } from '@accord/access';
import { TENANT, tenantInserts, tenantReads, tenantUpdates } from '@accord/persistence';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';

export enum AccessRequestState {
  WITH_ALLIANCE = 'WITH_ALLIANCE',
  ASKED = 'ASKED',
  GRANTED = 'GRANTED',
  DECLINED = 'DECLINED',
}

registerEnumType(AccessRequestState, {
  name: 'AccessRequestState',
  description: 'Where a request for somebody’s intelligence stands.',
  valuesConfig: {
    WITH_ALLIANCE: { description: 'The owner is anonymous: the alliance passes it on.' },
    ASKED: { description: 'The owner has it before them.' },
    GRANTED: { description: 'The owner lets the asking borough see the item for a time.' },
    DECLINED: { description: 'The owner has said no, and why.' },
  },
});

/** Whoever passes it on knows that somebody asks, and not of whom. */
const THROUGH_ALLIANCE = `(through_alliance and ${isAlliance(TENANT)})`;
const OWNERS = `(owner_id = ${TENANT} and state <> 'WITH_ALLIANCE')`;

/** That a borough which learned that somebody holds something asks to see it. */
@Entity({
  tableName: 'access_request',
  policies: [
    tenantReads(`requester_id = ${TENANT} or ${OWNERS} or ${THROUGH_ALLIANCE}`),
    tenantInserts(`requester_id = ${TENANT} and exists (
      select from sharing s where s.id = access_request.item_id and s.owner_id = access_request.owner_id and s.existence_known)`),
    tenantUpdates(`${OWNERS} or ${THROUGH_ALLIANCE}`),
  ],
})
@Index({ properties: ['ownerId', 'askedAt'] })
@Index({ properties: ['requesterId', 'askedAt'] })
@Check({
  name: 'access_request_decided_with_reason',
  expression: `(state in ('GRANTED', 'DECLINED')) = (decision_reason is not null)`,
})
export class AccessRequestRecord {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  itemId!: string;

  @Property({ type: 'uuid' })
  ownerId!: string;

  @Property({ type: 'uuid' })
  requesterId!: string;

  @Property({ columnType: 'text' })
  requestedBy!: string;

  @Property({ columnType: 'text' })
  purpose!: ReadPurpose;

  @Property({ columnType: 'text' })
  reason!: string;

  @Property({ columnType: 'timestamptz' })
  askedAt!: Date;

  /** The owner is anonymous, and hears of it only when the alliance has passed it on. */
  @Property({ columnType: 'boolean' })
  throughAlliance!: boolean;

  @Property({ columnType: 'text' })
  state!: AccessRequestState;

  @Property({ columnType: 'text', nullable: true })
  decisionReason: string | null = null;

  @Property({ columnType: 'timestamptz', nullable: true })
  endsAt: Date | null = null;
}

@ObjectType({
  simpleResolvers: true,
  description: 'That a borough asks to see what somebody holds; for both, and for the alliance while it passes it on.',
})
export class AccessRequest {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  @Field(() => ID, { nullable: true, description: 'Which item; null to the alliance, which passes it on unseen.' })
  itemId!: string | null;

  @Field(() => Organisation, { nullable: true, description: 'Who asks.' })
  requester!: Organisation | null;

  @Field(() => String, { description: 'Who of them, by the name in their directory.' })
  requestedBy!: string;

  @Field(() => ReadPurpose, { description: 'What for.' })
  purpose!: ReadPurpose;

  @Field(() => String, { description: 'Why.' })
  reason!: string;

  @Field(() => Date, { description: 'When it was asked.' })
  askedAt!: Date;

  @Field(() => AccessRequestState, { description: 'Where it stands.' })
  state!: AccessRequestState;

  @Field(() => String, { nullable: true, description: 'Why it was granted or declined.' })
  decisionReason!: string | null;

  @Field(() => Date, { nullable: true, description: 'When what was granted ends by itself.' })
  endsAt!: Date | null;
}

@ObjectType({
  simpleResolvers: true,
  description: 'That somebody holds something on a provider or home: no more than that, and it can be asked for.',
})
export class HeldIntelligence {
  @Field(() => ID, { description: 'What to ask for.' })
  id!: string;

  homeId!: string | null;

  ownerId!: string | null;
}
