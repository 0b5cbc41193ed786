import type { RecordKeeper } from '@accord/access';
import { givingUp } from '@accord/files';
import { TENANT } from '@accord/persistence';
import { laterThan } from './item.seen.js';

/** SQL: the day on which an answer of the own organisation's gave way to a later one; null while it has not. */
const SUPERSEDED_ON = `(select min(n.answered_on) from due_diligence_answer n
  where n.subject_id = a.subject_id and n.asked_id = a.asked_id and n.owner_id = a.owner_id and n.withdrawn_on is null
    and ${laterThan('n', 'a')})`;

/**
 * Answers, from the day on which they ceased to hold: withdrawn, lapsed or given anew. One that still holds is not over,
 * however old it is.
 */
export const ANSWER_KEEPER: RecordKeeper = {
  kind: 'DUE_DILIGENCE_ANSWER',
  records: `select a.id, a.provider_id, a.home_id,
      case when ended.on_day is not null then greatest(a.answered_on, ended.on_day) end as over_on
    from due_diligence_answer a
    cross join lateral (select least(a.withdrawn_on, a.valid_until, ${SUPERSEDED_ON}) as on_day) ended
    where a.owner_id = ${TENANT}`,
  deletions: [
    givingUp('select e.id from due_diligence_evidence e where e.answer_id = any(?::uuid[])'),
    'delete from due_diligence_evidence where answer_id = any(?::uuid[])',
    'delete from due_diligence_answer where id = any(?::uuid[])',
  ],
  isShared: true,
};

/** What the own organisation said of answers, whoever's these are, from the day on which it did. */
export const MARK_KEEPER: RecordKeeper = {
  kind: 'DUE_DILIGENCE_MARK',
  records: `select m.id, m.provider_id, s.home_id, m.marked_on as over_on
    from due_diligence_mark m join sharing s on s.id = m.id where m.owner_id = ${TENANT}`,
  deletions: ['delete from due_diligence_mark where id = any(?::uuid[])'],
  isShared: true,
};
