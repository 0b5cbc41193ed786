import { ROLE } from '@accord/persistence';

/** What each role may do with figures, and what the worker may read to count them; see `catalogue.ts`. */
export const REPORT_GRANTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  [ROLE.gateway]: {
    report_borough: 'select',
    report_month: 'select',
    report_region: 'select',
    report_share: 'select',
  },
  [ROLE.worker]: {
    commissioning_arrangement: 'select(borough_id, ends_on, provider_id, route, starts_on)',
    report_borough: 'insert',
    report_month: 'insert select update(as_at, is_final)',
    report_region: 'insert',
    report_share: 'delete insert select(month)',
  },
};
