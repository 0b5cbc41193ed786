import type { ClassifiedType } from './classified-type.js';

const REGION = ['report.test.ts', 'shows everybody their own numbers and those of the region, field by field'] as const;
const BOROUGHS = ['report.test.ts', 'shows the parts of boroughs to the alliance, and to nobody else'] as const;

export const REPORT_TYPES: Readonly<Record<string, ClassifiedType>> = {
  Report: {
    fields: { members: 'kind month asAt isFinal counts source', figures: 'rows total', 'by action': 'boroughs' },
    provenBy: REGION,
  },
  ReportRow: { fields: { members: 'category label', tenant: 'own', figures: 'region' }, provenBy: REGION },
  ReportNumbers: { fields: { tenant: 'own', figures: 'region' }, provenBy: REGION },
  ReportFigure: { fields: { figures: 'number isSuppressed' }, provenBy: REGION },
  BoroughReport: { fields: { members: 'borough', figures: 'rows' }, provenBy: BOROUGHS },
  BoroughReportRow: { fields: { members: 'category', figures: 'figure' }, provenBy: BOROUGHS },
};
