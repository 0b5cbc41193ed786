import type { ClassifiedType } from './classified-type.js';

const REGISTER = ['register.test.ts', 'shows every member of the alliance the same, field by field'] as const;
const IMPORT = ['use-import.test.ts', 'shows a borough its lists, field by field, and nobody else any'] as const;
const NOTICE = [
  'host-notice.test.ts',
  'shows notices to the two boroughs that they are between, and no number',
] as const;
const WALK = ['walk.test.ts', 'has a case for every operation and guarded field, and no other'] as const;

const envelope = { fields: 'envelope', provenBy: WALK } as const;

export const USE_TYPES: Readonly<Record<string, ClassifiedType>> = {
  BusinessContact: { fields: { members: 'id kind team phone email hours version updatedAt' }, provenBy: REGISTER },
  LinkedProvider: { fields: { members: 'provider sharedDirectors hasSameOwnershipGroup' }, provenBy: REGISTER },
  HostNotice: { fields: { audience: 'placingBorough hostBorough upToDateAsAt', owner: 'isBehind' }, provenBy: NOTICE },
  UseImport: {
    fields: { tenant: 'id fileName asAt dryRun isComplete rows counts requestedBy requestedAt lines' },
    provenBy: IMPORT,
  },
  UseImportCount: { fields: { tenant: 'outcome count' }, provenBy: IMPORT },
  UseImportLine: { fields: { tenant: 'outcome line column reason label home before after' }, provenBy: IMPORT },
  ContactPayload: envelope,
  RemovedContactPayload: envelope,
  HostNoticePayload: envelope,
  UseImportConnection: envelope,
  UseImportEdge: envelope,
  UseImportLineConnection: envelope,
  UseImportLineEdge: envelope,
  UseImportPayload: envelope,
};
