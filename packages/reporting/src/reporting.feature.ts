import { all, type Feature } from '@accord/access';
import { PlacementReturn, PlacementReturnLine } from './placement-return/placement-return.entity.js';
import { PlacementReturnResolver } from './placement-return/placement-return.resolver.js';
import { BoroughFigure, RegionFigure, ReportMonth, ReportShare } from './report-figure.entity.js';
import { ReportResolver } from './report.resolver.js';

export const reportingFeature: Feature = {
  name: 'reporting',
  entities: [ReportMonth, ReportShare, RegionFigure, BoroughFigure, PlacementReturn, PlacementReturnLine],
  resolvers: [ReportResolver, PlacementReturnResolver],
  access: {
    actions: {
      'Query.report': 'report:read',
      'Query.reportFile': 'report:read',
      'Report.boroughs': 'report:compare',
      'Query.placementReturn': 'placement-return:read',
      'Query.placementReturns': 'placement-return:read',
      'Mutation.givePlacementReturn': 'placement-return:give',
      'Mutation.importPlacementReturn': 'placement-return:give',
    },
    types: {
      Report: {
        ...all('members', 'kind', 'month', 'asAt', 'isFinal', 'counts', 'source', 'returns'),
        ...all('figures', 'rows', 'total'),
      },
      ReportRow: { ...all('members', 'category', 'label'), own: 'tenant', region: 'figures' },
      ReportNumbers: { own: 'tenant', region: 'figures' },
      ReportFigure: all('figures', 'number', 'isSuppressed'),
      BoroughReport: { borough: 'members', rows: 'figures' },
      ReportReturns: all('members', 'month', 'given', 'boroughs'),
      PlacementReturn: all('tenant', 'month', 'version', 'givenBy', 'givenAt', 'lines', 'publishedOn'),
      PlacementReturnLine: all('tenant', 'placementType', 'sought', 'matched', 'weeklySpend'),
      PlacementReturnRefusal: all('tenant', 'line', 'column', 'reason'),
      PlacementReturnConnection: 'envelope',
      PlacementReturnEdge: 'envelope',
      PlacementReturnPayload: 'envelope',
      ImportedPlacementReturnPayload: 'envelope',
      BoroughReportRow: { category: 'members', figure: 'figures' },
    },
  },
  grants: {
    report_month: {
      gateway: ['select'],
      worker: ['select', 'insert', { update: ['as_at', 'is_final', 'returns', 'boroughs'] }],
    },
    report_share: { gateway: ['select'], worker: ['insert', 'delete', { select: ['month'] }] },
    report_region: { gateway: ['select'], worker: ['insert'] },
    placement_return: {
      gateway: ['select', 'insert', { update: ['version', 'given_by', 'given_at'] }],
      worker: [{ select: ['borough_id', 'month', 'version'] }],
    },
    placement_return_line: { gateway: ['select', 'insert', 'delete'], worker: ['select'] },
    report_borough: { gateway: ['select'], worker: ['insert'] },
  },
};
