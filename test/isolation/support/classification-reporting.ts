import type { ClassifiedType } from './classified-type.js';

const REGION = ['report.test.ts', 'shows everybody their own numbers and those of the region, field by field'] as const;
const WALK = ['walk.test.ts', 'has a case for every operation and guarded field, and no other'] as const;
const RETURN = ['placement-return.test.ts', 'shows a borough its own, field by field, and nobody else any'] as const;
const REFUSED = ['placement-return.test.ts', 'tells whoever sent a file why it is refused, field by field'] as const;
const BOROUGHS = ['report.test.ts', 'shows the parts of boroughs to the alliance, and to nobody else'] as const;

const envelope = { fields: 'envelope', provenBy: WALK } as const;

export const REPORT_TYPES: Readonly<Record<string, ClassifiedType>> = {
  Report: {
    fields: {
      members: 'kind month asAt isFinal counts source returns',
      figures: 'rows total',
      'by action': 'boroughs',
    },
    provenBy: REGION,
  },
  ReportRow: { fields: { members: 'category label', tenant: 'own', figures: 'region' }, provenBy: REGION },
  ReportNumbers: { fields: { tenant: 'own', figures: 'region' }, provenBy: REGION },
  ReportFigure: { fields: { figures: 'number isSuppressed' }, provenBy: REGION },
  ReportReturns: {
    fields: { members: 'month given boroughs' },
    provenBy: ['report.test.ts', 'says of how many boroughs there are returns in it, and not of which'],
  },
  PlacementReturn: { fields: { tenant: 'month version givenBy givenAt lines publishedOn' }, provenBy: RETURN },
  PlacementReturnLine: { fields: { tenant: 'placementType sought matched weeklySpend' }, provenBy: RETURN },
  PlacementReturnRefusal: { fields: { tenant: 'line column reason' }, provenBy: REFUSED },
  PlacementReturnConnection: envelope,
  PlacementReturnEdge: envelope,
  PlacementReturnPayload: envelope,
  ImportedPlacementReturnPayload: envelope,
  BoroughReport: { fields: { members: 'borough', figures: 'rows' }, provenBy: BOROUGHS },
  BoroughReportRow: { fields: { members: 'category', figures: 'figure' }, provenBy: BOROUGHS },
};
