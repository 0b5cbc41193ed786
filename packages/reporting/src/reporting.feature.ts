import { all, type Feature } from '@accord/access';
import { BoroughFigure, RegionFigure, ReportMonth, ReportShare } from './report-figure.entity.js';
import { ReportResolver } from './report.resolver.js';

export const reportingFeature: Feature = {
  name: 'reporting',
  entities: [ReportMonth, ReportShare, RegionFigure, BoroughFigure],
  resolvers: [ReportResolver],
  access: {
    actions: {
      'Query.report': 'report:read',
      'Query.reportFile': 'report:read',
      'Report.boroughs': 'report:compare',
    },
    types: {
      Report: {
        ...all('members', 'kind', 'month', 'asAt', 'isFinal', 'counts', 'source'),
        ...all('figures', 'rows', 'total'),
      },
      ReportRow: { ...all('members', 'category', 'label'), own: 'tenant', region: 'figures' },
      ReportNumbers: { own: 'tenant', region: 'figures' },
      ReportFigure: all('figures', 'number', 'isSuppressed'),
      BoroughReport: { borough: 'members', rows: 'figures' },
      BoroughReportRow: { category: 'members', figure: 'figures' },
    },
  },
  grants: {
    report_month: { gateway: ['select'], worker: ['select', 'insert', { update: ['as_at', 'is_final'] }] },
    report_share: { gateway: ['select'], worker: ['insert', 'delete', { select: ['month'] }] },
    report_region: { gateway: ['select'], worker: ['insert'] },
    report_borough: { gateway: ['select'], worker: ['insert'] },
  },
};
