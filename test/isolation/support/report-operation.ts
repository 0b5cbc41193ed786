import { look, OWN, type OperationCase } from './operation-kit.js';

/** Numbers of the own organisation, and of the region what everybody may see. */
const report = (more = ''): OperationCase => ({
  ...look(
    'report',
    `{ kind month total { own region { number isSuppressed } } ${more} }`,
    '',
    {},
    '(kind: USE_BY_ROUTE)',
  ),
  sharedWith: 'camden DASHBOARD',
  notShared: OWN,
  wrongRole: 'brent-practitioner',
});

export const REPORT_OPERATIONS: readonly OperationCase[] = [
  report(),
  {
    ...report('boroughs { borough { name } rows { category figure { number } } }'),
    field: 'Report.boroughs',
    owner: 'alliance-admin',
    sharedWith: { who: 'brent-director', code: 'FORBIDDEN' },
    wrongRole: 'alliance DASHBOARD',
  },
  {
    ...report(),
    field: 'Query.reportFile',
    document: '{ reportFile(format: CSV) { content } }',
  },
];
