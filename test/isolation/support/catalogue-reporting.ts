import { ROLE } from '@accord/persistence';

/** What each role may do with figures, and what the worker may read to count them; see `catalogue.ts`. */
export const REPORT_GRANTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  [ROLE.gateway]: {
    placement_return: 'insert select update(given_at, given_by, version)',
    placement_return_line: 'delete insert select',
    report_borough: 'select',
    report_month: 'select',
    report_region: 'select',
    report_share: 'select',
  },
  [ROLE.worker]: {
    commissioning_arrangement: 'select(borough_id, ends_on, provider_id, route, starts_on)',
    placement_return: 'select(borough_id, month, version)',
    placement_return_line: 'select',
    report_borough: 'insert',
    report_month: 'insert select update(as_at, boroughs, is_final, returns)',
    report_region: 'insert',
    report_share: 'delete insert select(month)',
  },
};
