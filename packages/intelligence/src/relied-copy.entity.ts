import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { CalendarDate, mayGo } from '@accord/access';
import { TENANT, tenantDeletes, tenantInserts, tenantReads } from '@accord/persistence';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';

export enum DecisionKind {
  PLACEMENT_CHECK = 'PLACEMENT_CHECK',
  DECISION = 'DECISION',
}

registerEnumType(DecisionKind, {
  name: 'DecisionKind',
  description: 'What relied on intelligence: a placement check, or another decision.',
});

const OWN = `tenant_id = ${TENANT}`;

/**
 * What a decision relied on, as it was then: the one place in which a text outlives its withdrawal (rules 7). It is
 * encrypted with a key that the database does not have, and opened by information governance alone, with a reason.
 */
@Entity({
  tableName: 'relied_copy',
  policies: [
    tenantReads(OWN),
    tenantInserts(OWN),
    // A legal hold on a saved check holds what is sealed in it.
    tenantDeletes(`${OWN} and ${mayGo('coalesce(relied_copy.check_id, relied_copy.id)', 'relied_copy.relied_on')}`),
  ],
})
@Index({ properties: ['tenantId', 'reliedOn'] })
@Index({ properties: ['itemId'] })
@Index({ properties: ['checkId'] })
export class ReliedCopyRecord {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  /** The organisation that relied on it. */
  @Property({ type: 'uuid' })
  tenantId!: string;

  @Property({ type: 'uuid' })
  itemId!: string;

  /** Whose item it was: opening the copy is logged for them. */
  @Property({ type: 'uuid' })
  ownerId!: string;

  @Property({ type: 'uuid' })
  providerId!: string;

  @Property({ columnType: 'int' })
  itemVersion!: number;

  @Property({ columnType: 'text' })
  decision!: DecisionKind;

  /** The organisation's own reference of the check or decision. */
  @Property({ columnType: 'text' })
  reference!: string;

  /** The saved check that it is part of; null of any other decision. */
  @Property({ type: 'uuid', nullable: true })
  checkId: string | null = null;

  @Property({ columnType: 'date' })
  reliedOn!: string;

  @Property({ columnType: 'text' })
  sealed!: string;
}

@ObjectType({
  simpleResolvers: true,
  description:
    'That a placement check or decision of the own borough relied on an item, of which a sealed copy is kept.',
})
export class ReliedCopy {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  @Field(() => ID, { description: 'The item.' })
  itemId!: string;

  @Field(() => Int, { description: 'The version that was relied on.' })
  itemVersion!: number;

  @Field(() => DecisionKind, { description: 'What relied on it.' })
  decision!: DecisionKind;

  @Field(() => String, { description: 'The own reference of the check or decision.' })
  reference!: string;

  @Field(() => CalendarDate, { description: 'The day on which it was relied on.' })
  reliedOn!: string;
}

@ObjectType({ simpleResolvers: true, description: 'A sealed copy that was opened.' })
export class OpenedCopy {
  @Field(() => ReliedCopy, { description: 'Which.' })
  copy!: ReliedCopy;

  @Field(() => String, { description: 'The summary, as it was relied on.' })
  summary!: string;

  @Field(() => String, { description: 'The detail, as it was relied on.' })
  detail!: string;

  @Field(() => String, { nullable: true, description: 'The conditions of handling.' })
  conditions!: string | null;
}
