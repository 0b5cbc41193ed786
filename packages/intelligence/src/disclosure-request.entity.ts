import { Check, Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { CalendarDate, Organisation } from '@accord/access';
import { TENANT, tenantInserts, tenantReads, tenantUpdates } from '@accord/persistence';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';

export enum DisclosureKind {
  FREEDOM_OF_INFORMATION = 'FREEDOM_OF_INFORMATION',
  SUBJECT_ACCESS = 'SUBJECT_ACCESS',
}

registerEnumType(DisclosureKind, {
  name: 'DisclosureKind',
  description: 'Under which law somebody asks: due in 20 working days, or in a calendar month.',
});

/** Somebody asks the borough to disclose what it holds (rules 9). The receiving authority decides. */
@Entity({
  tableName: 'disclosure_request',
  policies: [
    tenantReads(`tenant_id = ${TENANT}`),
    tenantInserts(`tenant_id = ${TENANT}`),
    tenantUpdates(`tenant_id = ${TENANT}`),
  ],
})
@Index({ properties: ['tenantId', 'dueOn'] })
@Check({ name: 'disclosure_request_decided_when', expression: '(decision is null) = (decided_on is null)' })
export class DisclosureRequestRecord {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  tenantId!: string;

  @Property({ columnType: 'text' })
  kind!: DisclosureKind;

  @Property({ columnType: 'text' })
  reference!: string;

  /** What is looked for; the asking person's own case file has their name. */
  @Property({ columnType: 'text' })
  words!: string;

  @Property({ columnType: 'date' })
  receivedOn!: string;

  @Property({ columnType: 'date' })
  dueOn!: string;

  @Property({ columnType: 'boolean' })
  isDueCertain!: boolean;

  @Property({ columnType: 'text', nullable: true })
  decision: string | null = null;

  @Property({ columnType: 'date', nullable: true })
  decidedOn: string | null = null;
}

/** That the borough asked is asking the originator of an item what speaks against disclosing it. */
@Entity({
  tableName: 'disclosure_consultation',
  policies: [
    tenantReads(`tenant_id = ${TENANT} or originator_id = ${TENANT}`),
    tenantInserts(
      `tenant_id = ${TENANT} and exists (
         select from sharing s where s.id = disclosure_consultation.item_id and s.owner_id = disclosure_consultation.originator_id)`,
    ),
    tenantUpdates(`originator_id = ${TENANT}`),
  ],
})
@Index({ properties: ['requestId'] })
@Index({ properties: ['originatorId', 'dueOn'] })
@Check({ name: 'disclosure_consultation_answered', expression: '(objects is null) = (answer is null)' })
export class DisclosureConsultationRecord {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  requestId!: string;

  /** The receiving authority. */
  @Property({ type: 'uuid' })
  tenantId!: string;

  @Property({ columnType: 'text' })
  kind!: DisclosureKind;

  @Property({ type: 'uuid' })
  itemId!: string;

  @Property({ type: 'uuid' })
  originatorId!: string;

  /** The originator stays anonymous to the authority too. */
  @Property({ columnType: 'boolean' })
  anonymous!: boolean;

  @Property({ columnType: 'date' })
  dueOn!: string;

  @Property({ columnType: 'boolean', nullable: true })
  objects: boolean | null = null;

  @Property({ columnType: 'text', nullable: true })
  answer: string | null = null;
}

@ObjectType({
  simpleResolvers: true,
  description: 'What an originator says to the disclosure of an item; for the receiving authority and the originator.',
})
export class DisclosureConsultation {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  @Field(() => ID, { description: 'Which item.' })
  itemId!: string;

  @Field(() => DisclosureKind, { description: 'Under which law it is asked for.' })
  kind!: DisclosureKind;

  @Field(() => Organisation, { nullable: true, description: 'The authority that was asked, and decides.' })
  authority!: Organisation | null;

  @Field(() => Organisation, { nullable: true, description: 'The originator; null where they stay anonymous.' })
  originator!: Organisation | null;

  @Field(() => CalendarDate, { description: 'Until when the originator may answer: 5 working days.' })
  dueOn!: string;

  @Field(() => Boolean, { nullable: true, description: 'Whether the originator objects; null while unanswered.' })
  objects!: boolean | null;

  @Field(() => String, { nullable: true, description: 'What the originator says.' })
  answer!: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'A request to disclose what the own borough holds.' })
export class DisclosureRequest {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  @Field(() => DisclosureKind, { description: 'Under which law.' })
  kind!: DisclosureKind;

  @Field(() => String, { description: 'The own reference.' })
  reference!: string;

  @Field(() => String, { description: 'What is looked for.' })
  words!: string;

  @Field(() => CalendarDate, { description: 'When it came in.' })
  receivedOn!: string;

  @Field(() => CalendarDate, { description: 'When the answer is due.' })
  dueOn!: string;

  @Field(() => Boolean, {
    description: 'False where the due date lies past the last year whose bank holidays are known.',
  })
  isDueCertain!: boolean;

  @Field(() => String, { nullable: true, description: 'What was decided, and why.' })
  decision!: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'When it was decided.' })
  decidedOn!: string | null;
}
