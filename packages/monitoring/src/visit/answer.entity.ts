import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { tenantDeletes, tenantInserts, tenantReads, tenantUpdates } from '@accord/persistence';
import { ON_OWN_VISIT, OWN, SHARED } from './visit.entity.js';

/**
 * SQL: the answer is to an item of a form that its visit is made with, and says of itself what the form says of the item:
 * whether it stays in the borough. An answer to an item that is in no form cannot be written.
 */
const AS_ITS_FORM_SAYS = `${ON_OWN_VISIT('visit_answer.visit_id')}
  and exists (select from visit v where v.id = visit_answer.visit_id and visit_answer.template_id in (v.template_id, v.framework_id))
  and visit_answer.stays_in_borough = (select i.stays_because is not null from form_item i
    where i.template_id = visit_answer.template_id and i.code = visit_answer.item_code)`;

/**
 * An answer to an item of the form. One that holds a child's or carer's data, or stays in the borough for another
 * reason of the form's, is its borough's under every sharing: by this policy, and not by whoever asks.
 */
@Entity({
  tableName: 'visit_answer',
  policies: [
    tenantReads(`${OWN} or (not stays_in_borough and ${SHARED('visit_answer.visit_id')})`),
    tenantInserts(AS_ITS_FORM_SAYS),
    {
      ...tenantUpdates(OWN),
      check: AS_ITS_FORM_SAYS,
    },
    tenantDeletes(OWN),
  ],
})
export class VisitAnswerRecord {
  @PrimaryKey({ type: 'uuid' })
  visitId!: string;

  @PrimaryKey({ type: 'uuid' })
  templateId!: string;

  @PrimaryKey({ columnType: 'text' })
  itemCode!: string;

  /** 1 for an item that is answered once; 1, 2, 3 … for one that repeats. */
  @PrimaryKey({ columnType: 'int' })
  entry!: number;

  @Property({ type: 'uuid' })
  ownerId!: string;

  @Property({ columnType: 'boolean' })
  staysInBorough!: boolean;

  @Property({ columnType: 'text', nullable: true })
  value: string | null = null;

  /** In the order of the item's labels; null for one that is not known. */
  @Property({ columnType: 'date[]' })
  dates!: (string | null)[];

  @Property({ columnType: 'text', nullable: true })
  evidence: string | null = null;

  @Property({ columnType: 'text', nullable: true })
  comment: string | null = null;

  @Property({ columnType: 'text', nullable: true })
  checkedBy: string | null = null;

  /** The version of the visit that wrote it last: an offline form knows by it what has changed meanwhile. */
  @Property({ columnType: 'int' })
  revision!: number;
}
