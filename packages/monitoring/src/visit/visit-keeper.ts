import type { RecordKeeper } from '@accord/access';
import { givingUp } from '@accord/files';
import { OWN } from './visit.entity.js';

const OF_VISIT = ['visit_answer', 'visitor_photo', 'visitor_part', 'visit_visitor', 'visit_action', 'visit_finding'];

/** Visits, drafts too, from the day on which they were made; with all that was found, said and agreed there. */
export const VISIT_KEEPER: RecordKeeper = {
  kind: 'VISIT',
  records: `select id, provider_id, home_id, visited_on as over_on from visit where ${OWN}`,
  deletions: [
    givingUp('select p.id from visitor_photo p where p.visit_id = any(?::uuid[])'),
    ...OF_VISIT.map((table) => `delete from ${table} where visit_id = any(?::uuid[])`),
    'delete from visit where id = any(?::uuid[])',
  ],
  isShared: true,
};
