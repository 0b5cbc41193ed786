import type { RecordKeeper } from '@accord/access';
import { TENANT } from '@accord/persistence';

/** Sealed copies of what other decisions relied on than saved checks, from the day on which they did. */
export const SEALED_COPY_KEEPER: RecordKeeper = {
  kind: 'SEALED_COPY',
  records: `select id, provider_id, null::uuid as home_id, relied_on as over_on from relied_copy
    where tenant_id = ${TENANT} and check_id is null`,
  deletions: ['delete from relied_copy where id = any(?::uuid[])'],
  isShared: false,
};

/** Deletes the sealed copies of some saved checks, which are part of them; binds the checks' ids. */
export const DELETE_COPIES_OF_CHECKS = 'delete from relied_copy where check_id = any(?::uuid[])';
