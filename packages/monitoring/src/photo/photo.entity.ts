import { CalendarDate, FileScan, isLegallyHeld } from '@accord/access';
import { CALLER, tenantDeletes, tenantInserts, tenantReads, tenantUpdates } from '@accord/persistence';
import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { GOES_WITH_VISIT, OWN } from '../visit/visit.entity.js';
import { BY_THEMSELVES } from '../visit/visitor.entity.js';

/** SQL: the caller sees the part that it goes with, by the part's own policy: handed in, and as far as the visit goes. */
const PART_IS_SEEN = `exists (select from visitor_part p
  where p.visit_id = visitor_photo.visit_id and p.principal_id = visitor_photo.principal_id)`;
const BY_ITS_VISITOR = BY_THEMSELVES('visitor_photo');

/**
 * A photo that goes with a care-experienced visitor's part. Nobody else adds it, changes or removes it; nobody else sees
 * it before the part is handed in; and it stays in its borough unless they agreed to show this one to others. Its bytes
 * lie in the store, under its id.
 */
@ObjectType('VisitorPhoto', {
  simpleResolvers: true,
  description:
    'A photo that goes with a care-experienced visitor’s part, without what the camera wrote into it. What is on it, openVisitorPhoto gives.',
})
@Entity({
  tableName: 'visitor_photo',
  policies: [
    tenantReads(
      `(${OWN} and principal_id = ${CALLER})
       or ((${OWN} or shown_to_others) and ${PART_IS_SEEN})
       or (${GOES_WITH_VISIT('visitor_photo.visit_id')})`,
    ),
    tenantInserts(`${BY_ITS_VISITOR} and not shown_to_others`),
    tenantUpdates(BY_ITS_VISITOR),
    tenantDeletes(
      `(${BY_ITS_VISITOR} and not ${isLegallyHeld('visitor_photo.visit_id')}) or (${GOES_WITH_VISIT('visitor_photo.visit_id')})`,
    ),
  ],
})
@Index({ properties: ['visitId', 'principalId'] })
export class PhotoRecord {
  @Field(() => ID, { description: 'Opaque.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  visitId!: string;

  @Property({ type: 'uuid' })
  principalId!: string;

  @Property({ type: 'uuid' })
  ownerId!: string;

  @Field(() => String, { description: 'What it is: image/jpeg or image/png.' })
  @Property({ columnType: 'text' })
  mediaType!: string;

  @Field(() => Int, { description: 'How large it is as it is kept, in bytes.' })
  @Property({ columnType: 'int' })
  bytes!: number;

  /** SHA-256 of it as it is kept, hexadecimal. */
  @Property({ columnType: 'text' })
  hash!: string;

  @Field(() => FileScan, { description: 'Whether it was looked through for malware when it came.' })
  @Property({ columnType: 'text' })
  scan!: FileScan;

  /** A day of London, and no more: of an anonymous borough, exact times are withheld (rules 3). */
  @Field(() => CalendarDate, { description: 'The day on which it was added.' })
  @Property({ columnType: 'date' })
  addedOn!: string;

  @Field(() => Boolean, {
    description: 'Whether the visitor agreed to show it to other organisations, as far as the visit goes.',
  })
  @Property({ columnType: 'boolean' })
  shownToOthers!: boolean;
}
