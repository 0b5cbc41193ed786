import { Check, Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { CALLER, tenantDeletes, tenantInserts, tenantReads, tenantUpdates } from '@accord/persistence';
import { GOES_WITH_VISIT, ON_OWN_VISIT, OWN, SHARED } from './visit.entity.js';

/** SQL: whoever made the visit is named to its audience. */
const NAMED = (visitId: string): string =>
  `exists (select from visit v where v.id = ${visitId} and v.state = 'SHARED' and not v.anonymous)`;

/**
 * Who made the visit, by the name that the directory had then. A care-experienced visitor is named to others only
 * where they agreed, and only they can.
 */
@Entity({
  tableName: 'visit_visitor',
  policies: [
    tenantReads(`${OWN} or (named_to_others and ${NAMED('visit_visitor.visit_id')})`),
    tenantInserts(`${ON_OWN_VISIT('visit_visitor.visit_id')} and named_to_others = not is_care_experienced`),
    tenantUpdates(`${OWN} and is_care_experienced and principal_id = ${CALLER}`),
    tenantDeletes(OWN),
  ],
})
@Index({ properties: ['principalId'] })
export class VisitVisitor {
  @PrimaryKey({ type: 'uuid' })
  visitId!: string;

  @PrimaryKey({ type: 'uuid' })
  principalId!: string;

  @Property({ type: 'uuid' })
  ownerId!: string;

  @Property({ columnType: 'text' })
  name!: string;

  @Property({ columnType: 'boolean' })
  isCareExperienced!: boolean;

  @Property({ columnType: 'boolean' })
  namedToOthers!: boolean;
}

/** SQL: the caller went there as a care-experienced visitor, and writes for themselves. */
export const BY_THEMSELVES = (table: string): string => `${OWN} and principal_id = ${CALLER} and exists (
  select from visit_visitor w where w.visit_id = ${table}.visit_id and w.principal_id = ${CALLER} and w.is_care_experienced)`;

/**
 * What a care-experienced visitor says of the home, in their own words. Nobody else writes it or changes it, their own
 * borough's officers included; nobody else reads it before they hand it in.
 */
@Entity({
  tableName: 'visitor_part',
  policies: [
    tenantReads(
      // What was never handed in goes with its visit, too: nobody deletes what they do not see.
      `(${OWN} and (principal_id = ${CALLER} or submitted_on is not null))
       or (${GOES_WITH_VISIT('visitor_part.visit_id')})
       or (submitted_on is not null and ${SHARED('visitor_part.visit_id')})`,
    ),
    tenantInserts(BY_THEMSELVES('visitor_part')),
    tenantUpdates(BY_THEMSELVES('visitor_part')),
    tenantDeletes(GOES_WITH_VISIT('visitor_part.visit_id')),
  ],
})
@Check({ name: 'visitor_part_words', expression: `jsonb_typeof(words) = 'object'` })
export class VisitorPartRecord {
  @PrimaryKey({ type: 'uuid' })
  visitId!: string;

  @PrimaryKey({ type: 'uuid' })
  principalId!: string;

  @Property({ type: 'uuid' })
  ownerId!: string;

  @Property({ type: 'uuid' })
  templateId!: string;

  /** By the code of the question. */
  @Property({ columnType: 'jsonb' })
  words!: Readonly<Record<string, string>>;

  @Property({ columnType: 'date', nullable: true })
  submittedOn: string | null = null;

  @Property({ columnType: 'int' })
  version: number = 1;
}
