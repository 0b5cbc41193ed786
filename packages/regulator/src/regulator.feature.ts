import type { Feature } from '@accord/access';
import { RegulatorFinding, RegulatorImport, RegulatorImportChange, RegulatorImportPart } from './import.entity.js';
import { RegistrationNoticeResolver, RegulatorImportResolver } from './import.resolver.js';
import { RegulatorNotice } from './notice.entity.js';

const own = <K extends string>(...fields: K[]) => Object.fromEntries(fields.map((field) => [field, 'tenant' as const]));
const members = <K extends string>(...fields: K[]) =>
  Object.fromEntries(fields.map((field) => [field, 'members' as const]));

export const regulatorFeature: Feature = {
  name: 'regulator',
  entities: [RegulatorImport, RegulatorImportPart, RegulatorFinding, RegulatorImportChange, RegulatorNotice],
  resolvers: [RegulatorImportResolver, RegistrationNoticeResolver],
  access: {
    actions: {
      'Query.regulatorImport': 'regulator:import',
      'Query.regulatorImports': 'regulator:import',
      'Mutation.importRegulatorFile': 'regulator:import',
      'Mutation.recordRegulatorNotice': 'regulator:notice',
    },
    types: {
      RegulatorImport: {
        ...own('id', 'fileName', 'asAt', 'dryRun', 'state', 'rows', 'rowsDone', 'refusedRows', 'problem'),
        ...own('requestedBy', 'requestedAt', 'startedAt', 'finishedAt'),
        ...own('providers', 'homes', 'registrations', 'inspections', 'flagsRaised', 'findings', 'changes'),
      },
      RegulatorImportCount: own('added', 'changed', 'unchanged'),
      RegulatorImportConnection: 'envelope',
      RegulatorImportEdge: 'envelope',
      RegulatorImportPayload: 'envelope',
      RegulatorFinding: own('kind', 'line', 'column', 'reason'),
      RegulatorFindingConnection: 'envelope',
      RegulatorFindingEdge: 'envelope',
      RegulatorImportChange: own('kind', 'outcome', 'label', 'differences'),
      RegulatorImportDifference: own('field', 'before', 'after'),
      RegulatorImportChangeConnection: 'envelope',
      RegulatorImportChangeEdge: 'envelope',
      Registration: members('notices'),
      RegulatorNotice: members('id', 'kind', 'notifiedOn', 'takesEffectOn', 'recordedAt'),
      RegulatorNoticePayload: 'envelope',
    },
  },
  grants: {
    // The worker goes on with what the gateway queued; from the command line the gateway's login does both.
    regulator_import: { gateway: ['select', 'insert', 'update'], worker: ['select', 'update'] },
    regulator_import_part: { gateway: ['select', 'insert', 'delete'], worker: ['select', 'delete'] },
    regulator_import_finding: { gateway: ['select', 'insert'], worker: ['select', 'insert'] },
    regulator_import_change: {
      gateway: ['select', 'insert', 'update', 'delete'],
      worker: ['select', 'insert', 'update', 'delete'],
    },
    regulator_notice: { gateway: ['select', 'insert'] },
  },
  merge: {
    rows: {
      regulator_notice: {
        becomes: 'MOVED',
        follows: [
          { column: 'home_id', table: 'home' },
          { column: 'registration_id', table: 'registration' },
        ],
      },
    },
  },
};
