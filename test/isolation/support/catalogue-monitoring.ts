import { ROLE } from '@accord/persistence';

/** What each role may do with the tables of visits; see `catalogue.ts`. */
export const MONITORING_GRANTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  [ROLE.gateway]: {
    calendar_feed: 'insert select update(revoked_at)',
    visit: 'insert select update',
    visit_rule: 'insert select update',
  },
  [ROLE.worker]: {
    visit: 'select',
    visit_reminder: 'insert select',
    visit_rule: 'select',
  },
  [ROLE.audience]: {},
};
