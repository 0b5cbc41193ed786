import { TENANT, tenantInserts, tenantReads, tenantUpdates } from '@accord/persistence';
import { PlacementType } from '@accord/providers';
import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { VisitingFunction } from '../visit/vocabulary.js';
import { SpanUnit, type Span } from './span.js';
import { VisitRegime } from './vocabulary.js';

const OWN = `borough_id = ${TENANT}`;

@ObjectType({ simpleResolvers: true, description: 'A length of time, such as 12 weeks.' })
export class VisitSpan implements Span {
  @Field(() => Int, { description: 'How many.' })
  count!: number;

  @Field(() => SpanUnit, { description: 'Of what.' })
  unit!: SpanUnit;
}

/** A rule of a borough's schedule: who visits which of the homes that it uses, and when. Rules are data (rules 21). */
@ObjectType({
  simpleResolvers: true,
  description: 'A rule of the own borough’s schedule: who visits which of the homes that it uses, and when.',
})
@Entity({ tableName: 'visit_rule', policies: [tenantReads(OWN), tenantInserts(OWN), tenantUpdates(OWN)] })
@Index({ properties: ['boroughId'] })
export class VisitRule {
  @Field(() => ID, { description: 'Opaque.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  boroughId!: string;

  @Field(() => String, { description: 'What it asks for, in the borough’s words.' })
  @Property({ columnType: 'text' })
  name!: string;

  @Field(() => [VisitingFunction], { description: 'Who visits: any of them will do.' })
  @Property({ columnType: 'text[]' })
  functions!: VisitingFunction[];

  @Field(() => VisitRegime, { description: 'Which homes, by their registration.' })
  @Property({ columnType: 'text' })
  regime!: VisitRegime;

  @Field(() => [PlacementType], { description: 'Homes that offer any of these; all where there are none.' })
  @Property({ columnType: 'text[]' })
  placementTypes!: PlacementType[];

  @Field(() => VisitSpan, { nullable: true, description: 'How long after the beginning it sets in; null for at once.' })
  @Property({ columnType: 'jsonb', nullable: true })
  startsAfter: VisitSpan | null = null;

  @Field(() => VisitSpan, {
    nullable: true,
    description: 'How long after the beginning it ends; null for never.',
  })
  @Property({ columnType: 'jsonb', nullable: true })
  endsAfter: VisitSpan | null = null;

  @Field(() => VisitSpan, {
    nullable: true,
    description: 'By when the first visit is due, from when it sets in; null for as the following ones.',
  })
  @Property({ columnType: 'jsonb', nullable: true })
  firstWithin: VisitSpan | null = null;

  @Field(() => VisitSpan, {
    nullable: true,
    description: 'How long after a visit the next is due; null where there is one alone.',
  })
  @Property({ columnType: 'jsonb', nullable: true })
  every: VisitSpan | null = null;

  @Field(() => Int, { description: 'How many days before it sets in a visit counts already.' })
  @Property({ columnType: 'int' })
  earlyDays!: number;

  @Field(() => Int, { description: 'For how many days after it was due a visit is not yet overdue.' })
  @Property({ columnType: 'int' })
  toleranceDays!: number;

  @Field(() => String, { nullable: true, description: 'Where it comes from.' })
  @Property({ columnType: 'text', nullable: true })
  source: string | null = null;

  @Field(() => Int, { description: 'Goes up with every change; send it back as expectedVersion.' })
  @Property({ columnType: 'int' })
  version: number = 1;

  @Property({ columnType: 'timestamptz', nullable: true })
  retiredAt: Date | null = null;
}
