import type { PolicyDef } from '@mikro-orm/core';
import { Check, Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { isAlliance, SharingLevel } from '@accord/access';
import { Severity } from '@accord/flags';
import { ROLE, TENANT, readableByAudienceRole, tenantReads, tenantUpdates } from '@accord/persistence';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { IntelligenceItem } from './intelligence.type.js';

export enum PatternState {
  FOUND = 'FOUND',
  ASKING = 'ASKING',
  RELEASED = 'RELEASED',
  CLOSED = 'CLOSED',
}

export enum PatternAnswer {
  PENDING = 'PENDING',
  AGREED = 'AGREED',
  DECLINED = 'DECLINED',
}

registerEnumType(PatternState, {
  name: 'PatternState',
  description: 'Where a pattern of concern stands: found, its owners asked, released as a flag, or closed.',
});
registerEnumType(PatternAnswer, {
  name: 'PatternAnswer',
  description: 'What an owner says to the words of a pattern.',
});

/** The worker finds patterns on ids alone and opens them in the alliance's name; what is said in them is others'. */
const workerOpens: PolicyDef = {
  name: 'worker_opens',
  command: 'insert',
  roles: [ROLE.worker],
  check: isAlliance(TENANT),
};

/** Several boroughs hold something on one provider (rules 5): a private task of the alliance's safeguarding lead. */
@Entity({
  tableName: 'pattern_review',
  policies: [
    tenantReads(
      `${isAlliance(TENANT)} or (state = 'ASKING' and exists (
         select from pattern_part p where p.review_id = pattern_review.id and p.owner_id = ${TENANT}))`,
    ),
    tenantUpdates(isAlliance(TENANT)),
    workerOpens,
    readableByAudienceRole(),
  ],
})
@Index({ properties: ['providerId'] })
@Check({
  name: 'pattern_review_asked_in_words',
  expression: `state in ('FOUND', 'CLOSED') or (summary is not null and severity is not null and level is not null)`,
})
export class PatternReviewRecord {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  providerId!: string;

  @Property({ columnType: 'timestamptz', defaultRaw: 'now()' })
  openedAt!: Date;

  @Property({ columnType: 'text', default: 'FOUND' })
  state: PatternState = PatternState.FOUND;

  /** The very words that the owners were asked about, and the flag will say. */
  @Property({ columnType: 'text', nullable: true })
  summary: string | null = null;

  @Property({ columnType: 'text', nullable: true })
  severity: Severity | null = null;

  @Property({ columnType: 'text', nullable: true })
  level: SharingLevel | null = null;

  @Property({ columnType: 'text', nullable: true })
  closingReason: string | null = null;

  @Property({ type: 'uuid', nullable: true })
  flagId: string | null = null;
}

/** One item's part in a pattern, for its owner; the alliance learns how many agreed, and not who. */
@Entity({
  tableName: 'pattern_part',
  policies: [
    tenantReads(`owner_id = ${TENANT}`),
    tenantUpdates(`owner_id = ${TENANT}`),
    workerOpens,
    readableByAudienceRole(),
  ],
})
@Index({ properties: ['ownerId'] })
@Index({ properties: ['itemId'] })
export class PatternPart {
  @PrimaryKey({ type: 'uuid' })
  reviewId!: string;

  @PrimaryKey({ type: 'uuid' })
  itemId!: string;

  @Property({ type: 'uuid' })
  ownerId!: string;

  @Property({ columnType: 'text', default: 'PENDING' })
  answer: PatternAnswer = PatternAnswer.PENDING;

  @Property({ columnType: 'text', nullable: true })
  reason: string | null = null;
}

@ObjectType({
  simpleResolvers: true,
  description: 'A pattern of concern: at least three boroughs hold something on a provider. For the safeguarding lead.',
})
export class PatternReview {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  providerId!: string;

  @Field(() => Date, { description: 'When it was found.' })
  openedAt!: Date;

  @Field(() => PatternState, { description: 'Where it stands.' })
  state!: PatternState;

  @Field(() => String, { nullable: true, description: 'The words that the owners were asked about.' })
  summary!: string | null;

  @Field(() => Severity, { nullable: true, description: 'How grave the flag would be.' })
  severity!: Severity | null;

  @Field(() => SharingLevel, { nullable: true, description: 'How far the flag would go.' })
  sharing!: SharingLevel | null;

  @Field(() => Int, { description: 'How many boroughs have agreed to these words.' })
  agreed!: number;

  @Field(() => Int, { description: 'How many have not answered yet.' })
  pending!: number;

  @Field(() => String, { nullable: true, description: 'Why it was closed without a flag.' })
  closingReason!: string | null;

  @Field(() => ID, { nullable: true, description: 'The flag that was raised.' })
  flagId!: string | null;
}

@ObjectType({
  simpleResolvers: true,
  description: 'What the safeguarding lead asks a borough whose items are part of a pattern.',
})
export class PatternQuestion {
  @Field(() => ID, { description: 'The review, to answer by.' })
  reviewId!: string;

  providerId!: string;

  @Field(() => String, { description: 'The words that a flag would say, and nothing more.' })
  summary!: string;

  @Field(() => Severity, { description: 'How grave it would be.' })
  severity!: Severity;

  @Field(() => SharingLevel, { description: 'How far it would go.' })
  sharing!: SharingLevel;

  @Field(() => [IntelligenceItem], { description: 'The own items that are part of the pattern.' })
  items!: IntelligenceItem[];

  @Field(() => PatternAnswer, { description: 'What the own borough has answered.' })
  answer!: PatternAnswer;
}
