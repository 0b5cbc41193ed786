import { all, type Feature } from '@accord/access';
import { RegulatorFinding, RegulatorImport, RegulatorImportChange, RegulatorImportPart } from './import.entity.js';
import { RegistrationNoticeResolver, RegulatorImportResolver } from './import.resolver.js';
import { RegulatorNotice } from './notice.entity.js';

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
        ...all('tenant', 'id', 'fileName', 'asAt', 'dryRun', 'state', 'rows', 'rowsDone', 'refusedRows', 'problem'),
        ...all('tenant', 'requestedBy', 'requestedAt', 'startedAt', 'finishedAt'),
        ...all('tenant', 'providers', 'homes', 'registrations', 'inspections', 'flagsRaised', 'findings', 'changes'),
      },
      RegulatorImportCount: all('tenant', 'added', 'changed', 'unchanged'),
      RegulatorImportConnection: 'envelope',
      RegulatorImportEdge: 'envelope',
      RegulatorImportPayload: 'envelope',
      RegulatorFinding: all('tenant', 'kind', 'line', 'column', 'reason'),
      RegulatorFindingConnection: 'envelope',
      RegulatorFindingEdge: 'envelope',
      RegulatorImportChange: all('tenant', 'kind', 'outcome', 'label', 'differences'),
      RegulatorImportDifference: all('tenant', 'field', 'before', 'after'),
      RegulatorImportChangeConnection: 'envelope',
      RegulatorImportChangeEdge: 'envelope',
      Registration: all('members', 'notices'),
      RegulatorNotice: all('members', 'id', 'kind', 'notifiedOn', 'takesEffectOn', 'recordedAt'),
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
