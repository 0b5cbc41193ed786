import { Check, Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { TENANT, TODAY, tenantDeletes, tenantInserts, tenantReads, tenantUpdates } from '@accord/persistence';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { CalendarDate, Organisation } from '@accord/access';
import { IN_AUDIENCE, OWNED } from './intelligence-item.entity.js';

export enum CorroborationKind {
  SEEN_HERE_TOO = 'SEEN_HERE_TOO',
  NOT_OUR_EXPERIENCE = 'NOT_OUR_EXPERIENCE',
}

registerEnumType(CorroborationKind, {
  name: 'CorroborationKind',
  description: 'What another borough says of an item, without any detail.',
});

const MINE = `organisation_id = ${TENANT}`;

/** What another organisation of its audience says of an item: that it has seen the same, or has not. No words. */
@Entity({
  tableName: 'corroboration',
  policies: [
    tenantReads(IN_AUDIENCE('corroboration.item_id')),
    tenantInserts(`${MINE} and ${IN_AUDIENCE('corroboration.item_id')} and not ${OWNED('corroboration.item_id')}`),
    tenantUpdates(`${MINE} and ${IN_AUDIENCE('corroboration.item_id')}`),
    tenantDeletes(MINE),
  ],
})
@Check({ name: 'corroboration_kind_known', expression: `kind in ('SEEN_HERE_TOO', 'NOT_OUR_EXPERIENCE')` })
export class Corroboration {
  @PrimaryKey({ type: 'uuid' })
  itemId!: string;

  @PrimaryKey({ type: 'uuid' })
  organisationId!: string;

  @Property({ columnType: 'text' })
  kind!: CorroborationKind;

  /** Not named to others, the item's owner among them (rules 3). */
  @Property({ columnType: 'boolean' })
  anonymous!: boolean;
}

/** Words to the owner alone: that something in its item is wrong. */
@Entity({
  tableName: 'proposed_correction',
  policies: [
    tenantReads(`${MINE} or ${OWNED('proposed_correction.item_id')}`),
    tenantInserts(
      `${MINE} and ${IN_AUDIENCE('proposed_correction.item_id')} and not ${OWNED('proposed_correction.item_id')}`,
    ),
    tenantUpdates(OWNED('proposed_correction.item_id')),
    tenantDeletes(OWNED('proposed_correction.item_id')),
  ],
})
@Index({ properties: ['itemId'] })
@Check({
  name: 'proposed_correction_decided_with_reason',
  expression: '(accepted is null) = (decision_reason is null)',
})
export class ProposedCorrection {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  itemId!: string;

  @Property({ type: 'uuid' })
  organisationId!: string;

  @Property({ columnType: 'boolean' })
  anonymous!: boolean;

  @Property({ columnType: 'text' })
  words!: string;

  /** A day: an exact time could give away who proposes. */
  @Property({ columnType: 'date', defaultRaw: TODAY })
  proposedOn!: string;

  @Property({ columnType: 'boolean', nullable: true })
  accepted: boolean | null = null;

  @Property({ columnType: 'text', nullable: true })
  decisionReason: string | null = null;
}

@ObjectType({ simpleResolvers: true, description: 'What other boroughs say of an item.' })
export class CorroborationSummary {
  @Field(() => Int, { description: 'How many have seen the same.' })
  seenHereToo!: number;

  @Field(() => Int, { description: 'How many say that it is not their experience.' })
  notOurExperience!: number;

  @Field(() => Boolean, {
    description: 'Whether it rests on its author alone. It then prompts an enquiry, and no more.',
  })
  isSingleSource!: boolean;

  @Field(() => [Organisation], { description: 'Those who have seen the same and let themselves be named.' })
  boroughs!: Organisation[];

  @Field(() => CorroborationKind, { nullable: true, description: 'What the own borough has said.' })
  own!: CorroborationKind | null;
}

@ObjectType({
  simpleResolvers: true,
  description: 'That something in an item is wrong; for its own borough and for the one that says so.',
})
export class Correction {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  @Field(() => String, { description: 'What is wrong, and how it should read.' })
  words!: string;

  @Field(() => CalendarDate, { description: 'The day on which it was proposed.' })
  proposedOn!: string;

  @Field(() => Organisation, { nullable: true, description: 'Who proposes it; null where they stay anonymous.' })
  borough!: Organisation | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether the owner took it up; null while undecided.' })
  accepted!: boolean | null;

  @Field(() => String, { nullable: true, description: 'Why, in the owner’s words.' })
  decisionReason!: string | null;
}
