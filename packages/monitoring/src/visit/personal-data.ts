import { plainText, type Operation } from '@accord/access';
import { execute } from '@accord/persistence';
import { LONGEST_TEXT } from './text.js';
import type { VisitRecord } from './visit.entity.js';

interface Written {
  readonly item_code: string;
  readonly entry: number;
  readonly value: string | null;
  readonly evidence: string | null;
  readonly comment: string | null;
  readonly checked_by: string | null;
}

/**
 * Looks through every word of a draft that would leave its borough.
 * @throws AccordError `BAD_USER_INPUT` with the place of the first personal data, such as `visit.answers.SUP.3.value`.
 */
export async function refusePersonalData(op: Operation, { id, reasonOther }: VisitRecord): Promise<void> {
  if (reasonOther !== null) plainText('visit.reasonOther', reasonOther, LONGEST_TEXT);
  const answers = await execute<Written>(
    op.em,
    `select a.item_code, a.entry, a.value, a.evidence, a.comment, a.checked_by from visit_answer a
     join form_item i on i.template_id = a.template_id and i.code = a.item_code
     where a.visit_id = ? and not a.stays_in_borough order by i.position, a.entry`,
    [id],
  );
  for (const { item_code: code, entry, value, evidence, comment, checked_by: checkedBy } of answers) {
    const place = `visit.answers.${code}${entry === 1 ? '' : `.${entry}`}`;
    for (const [name, text] of Object.entries({ value, evidence, comment, checkedBy }))
      if (text !== null) plainText(`${place}.${name}`, text, LONGEST_TEXT);
  }
}
