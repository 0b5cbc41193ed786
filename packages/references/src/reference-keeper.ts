import type { RecordKeeper } from '@accord/access';
import { TENANT } from '@accord/persistence';

/** References of the own borough's, from the day on which it answered or declined or, where it did neither, could no longer. */
export const REFERENCE_KEEPER: RecordKeeper = {
  kind: 'REFERENCE',
  records: `select id, provider_id, home_id, coalesce(answered_on, due_on) as over_on from borough_reference
    where borough_id = ${TENANT}`,
  deletions: ['delete from borough_reference where id = any(?::uuid[])'],
  isShared: false,
};

/** The own borough's requests for references, from their deadline. What others said is theirs to keep. */
export const REFERENCE_REQUEST_KEEPER: RecordKeeper = {
  kind: 'REFERENCE_REQUEST',
  records: `select id, provider_id, home_id, due_on as over_on from reference_request where requester_id = ${TENANT}`,
  deletions: ['delete from reference_request where id = any(?::uuid[])'],
  isShared: false,
};
