import type { RecordKeeper } from '@accord/access';
import { DELETE_COPIES_OF_CHECKS } from '@accord/intelligence';
import { TENANT } from '@accord/persistence';
import { checkOverOn } from './saved-check.entity.js';

/** Saved checks, from the day on which they were made or, where that was later, overridden; with the sealed copies that they relied on. */
export const CHECK_KEEPER: RecordKeeper = {
  kind: 'PLACEMENT_CHECK',
  records: `select id, provider_id, home_id, ${checkOverOn('placement_check')} as over_on from placement_check
    where tenant_id = ${TENANT}`,
  deletions: [DELETE_COPIES_OF_CHECKS, 'delete from placement_check where id = any(?::uuid[])'],
  isShared: false,
};

/** Nominations, from the day on which they ended: whatever was overridden under one was so before. */
export const NOMINATION_KEEPER: RecordKeeper = {
  kind: 'PLACEMENT_NOMINATION',
  records: `select id, null::uuid as provider_id, null::uuid as home_id, ended_on as over_on from placement_nomination
    where tenant_id = ${TENANT}`,
  deletions: ['delete from placement_nomination where id = any(?::uuid[])'],
  isShared: false,
};
