import { ROLE } from '@accord/persistence';

/** What each role may do with the tables of visits; see `catalogue.ts`. */
export const MONITORING_GRANTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  [ROLE.gateway]: {
    visit: 'insert select update',
  },
  [ROLE.worker]: {
    visit: 'select',
  },
  [ROLE.audience]: {},
};
