import type { AccessDeclaration, Disclosure } from '@accord/access';
import { objectTypes } from '@accord/access';
import type { GraphQLSchema } from 'graphql';
import { AGREEMENT_TYPES } from './classification-agreements.js';
import { DUE_DILIGENCE_TYPES } from './classification-due-diligence.js';
import { INTELLIGENCE_CLASSIFICATION } from './classification-intelligence.js';
import { RECORD_TYPES } from './classification-records.js';
import { REPORT_TYPES } from './classification-reporting.js';
import { SCHEDULE_TYPES } from './classification-schedule.js';
import { USE_TYPES } from './classification-use.js';
import { MONITORING_TYPES } from './classification-monitoring.js';
import { HOLD_AND_REFERENCE_TYPES } from './classification-references.js';
import type { ClassifiedType } from './classified-type.js';

/**
 * Every field of every type, by what decides whether a caller sees it: this suite's own books, kept beside
 * the product's (`ACCESS`). Whoever adds a field, or makes one go further, writes it down here too, and with it
 * says by which case it is proven.
 */

const REGISTER = ['register.test.ts', 'shows every member of the alliance the same, field by field'] as const;
const FLAG = ['flag.test.ts', 'shows each tenant just the fields of its standing'] as const;
const ALERT = ['alert.test.ts', 'tells each tenant just what its standing allows'] as const;
const INBOX = ['inbox.test.ts', 'holds what the caller may know today, and nothing of anybody else'] as const;
const DIRECTORY = ['directory.test.ts', 'shows an organisation its own people, machines and keys alone'] as const;
const IMPORT = [
  'regulator-import.test.ts',
  'shows the alliance its imports, field by field, and no borough any',
] as const;
const USE = ['use.test.ts', 'shows exact numbers to their borough alone, and declared ones rounded'] as const;
const WALK = ['walk.test.ts', 'has a case for every operation and guarded field, and no other'] as const;
const MERGE = ['merge.test.ts', 'is the alliance’s alone to look at, to do and to undo'] as const;
const ACCREDITATION = ['accreditation-file.test.ts', 'shows each field just as it is classified'] as const;

const envelope = { fields: 'envelope', provenBy: WALK } as const;

export const CLASSIFICATION: Readonly<Record<string, ClassifiedType>> = {
  ...AGREEMENT_TYPES,
  ...HOLD_AND_REFERENCE_TYPES,
  ...DUE_DILIGENCE_TYPES,
  ...MONITORING_TYPES,
  ...USE_TYPES,
  ...RECORD_TYPES,
  ...REPORT_TYPES,
  ...SCHEDULE_TYPES,
  Flag: {
    fields: {
      existence: 'id severity existenceOnly provider home',
      audience: 'kind status summary outcomeReason conditions version raisedOn',
      'owner-named': 'raisedAt raisedBy',
      owner: 'detail sharing sharingReason',
      tenant: 'acknowledgements',
    },
    provenBy: FLAG,
  },
  Acknowledgement: {
    fields: { tenant: 'organisation acknowledgedBy acknowledgedAt' },
    provenBy: ['flag.test.ts', 'shows acknowledgements to the one that acknowledged and to the owner'],
  },
  Alert: {
    fields: {
      existence: 'id cursor kind provider home flag hold',
      audience: 'intelligence visit dueDiligence',
      'owner-named': 'occurredAt',
      members: 'agreementId',
      asked: 'referenceRequestId',
    },
    provenBy: ALERT,
  },
  Notification: {
    fields: {
      caller: 'id kind readAt provider home agreementId referenceRequestId deliveries',
      existence: 'subject flag hold',
      audience: 'intelligence visit dueDiligence',
      'owner-named': 'occurredAt',
    },
    provenBy: INBOX,
  },
  Delivery: { fields: { caller: 'id channel state attempts' }, provenBy: INBOX },
  DeliveryAttempt: { fields: { caller: 'id number startedAt outcome' }, provenBy: INBOX },
  NotificationPreference: { fields: { caller: 'kind enabled minimumSeverity' }, provenBy: INBOX },
  ...INTELLIGENCE_CLASSIFICATION,
  Viewer: { fields: { caller: 'id displayName roles tenant' }, provenBy: DIRECTORY },
  Principal: { fields: { tenant: 'id kind displayName roles disabledAt keys' }, provenBy: DIRECTORY },
  MachineKey: { fields: { tenant: 'id label createdAt expiresAt revokedAt' }, provenBy: DIRECTORY },
  IssuedKey: { fields: { tenant: 'key', caller: 'secret' }, provenBy: DIRECTORY },
  CommissioningArrangement: { fields: { tenant: 'id route startsOn endsOn' }, provenBy: USE },
  ProviderUse: { fields: { declared: 'borough youngPeople' }, provenBy: USE },
  Provider: {
    fields: {
      members:
        'id name tradingNames companyNumber postcode ownershipGroup directors responsibleIndividual noticePeriodDays dpvLot ' +
        'version updatedAt accreditation registrations homes mergedFrom contacts linkedProviders',
      existence: 'openFlagCount',
      declared: 'usedBy',
      tenant: 'arrangements',
      'by action': 'flags holds references intelligence heldIntelligence merges visits dueDiligence',
      audience: 'visibleIntelligenceCount',
      caller: 'readPurposeToday',
    },
    provenBy: REGISTER,
  },
  Home: {
    fields: {
      members:
        'id name address postcode localAuthority placementTypes beds gender ageFrom ageTo supportModel registeredManager ' +
        'managerVacantSince planning hmoLicence missingProtocolOn lastIndependentReportOn version provider hostBorough ' +
        'registrations latestInspection',
      'by action': 'scheduledVisits visitsDone visits dueDiligence',
    },
    provenBy: REGISTER,
  },
  Accreditation: {
    fields: {
      members: 'status effectiveFrom reviewDue conditions stages assessments decisions history statusOn',
      alliance: 'version',
    },
    provenBy: ACCREDITATION,
  },
  StageAssessment: {
    fields: { members: 'stage outcome conditions assessedOn', alliance: 'evidenceNote assessedBy' },
    provenBy: ACCREDITATION,
  },
  AccreditationStaff: { fields: { members: 'displayName' }, provenBy: ACCREDITATION },
  AccreditationChange: {
    fields: { members: 'status effectiveFrom cause reason conditions reviewDue' },
    provenBy: ACCREDITATION,
  },
  AccreditationDecision: {
    fields: {
      members:
        'id provider kind state status reason conditions effectiveFrom reviewDue proposedAt proposedBy decidedAt decidedBy ' +
        'setAsideBecause',
      alliance: 'file',
    },
    provenBy: ACCREDITATION,
  },
  AccreditationDecisionFile: {
    fields: {
      alliance: 'reason isAdverse verdictReason gist toldOn replyDue ratifyBy ratifyByIsCertain putOffs replies appeal',
    },
    provenBy: ACCREDITATION,
  },
  TellingPutOff: { fields: { alliance: 'by reason reviewOn recordedBy' }, provenBy: ACCREDITATION },
  ProviderReply: { fields: { alliance: 'reply receivedOn isComplete recordedBy' }, provenBy: ACCREDITATION },
  AccreditationAppeal: {
    fields: { alliance: 'grounds receivedOn recordedBy outcome reason decidedBy decidedAt' },
    provenBy: ACCREDITATION,
  },
  Registration: {
    fields: {
      members:
        'id regulator reference category status registeredOn statusAsAt statusSince countsAsRegistered inspections notices',
    },
    provenBy: REGISTER,
  },
  RegulatorNotice: { fields: { members: 'id kind notifiedOn takesEffectOn recordedAt' }, provenBy: REGISTER },
  RegulatorImport: {
    fields: {
      tenant:
        'id fileName asAt dryRun state rows rowsDone refusedRows problem requestedBy requestedAt startedAt finishedAt ' +
        'providers homes registrations inspections flagsRaised findings changes',
    },
    provenBy: IMPORT,
  },
  RegulatorImportCount: { fields: { tenant: 'added changed unchanged' }, provenBy: IMPORT },
  RegulatorFinding: { fields: { tenant: 'kind line column reason' }, provenBy: IMPORT },
  RegulatorImportChange: { fields: { tenant: 'kind outcome label differences' }, provenBy: IMPORT },
  RegulatorImportDifference: { fields: { tenant: 'field before after' }, provenBy: IMPORT },
  MergedProvider: {
    fields: { members: 'id name tradingNames companyNumber mergedAt accreditationSetAside' },
    provenBy: REGISTER,
  },
  ProviderMerge: { fields: { alliance: 'id keptId mergedId name merged undone' }, provenBy: MERGE },
  ProviderMergeEntry: { fields: { alliance: 'reason by at' }, provenBy: MERGE },
  ProviderMergePreview: {
    fields: { alliance: 'kept merged moves differences obstacles reachingFurther' },
    provenBy: MERGE,
  },
  MergedRows: { fields: { alliance: 'what count' }, provenBy: MERGE },
  MergeDifference: { fields: { alliance: 'field kept merged' }, provenBy: MERGE },
  LikelyDuplicate: { fields: { alliance: 'provider other grounds' }, provenBy: MERGE },
  Inspection: {
    fields: { members: 'id regulator eventNumber kind inspectedOn publishedOn judgements' },
    provenBy: REGISTER,
  },
  Judgement: { fields: { members: 'aspect judgement scale' }, provenBy: REGISTER },
  Organisation: { fields: { members: 'id kind name gssCode contacts' }, provenBy: REGISTER },
  AccreditationChangeConnection: envelope,
  AccreditationChangeEdge: envelope,
  AccreditationDecisionConnection: envelope,
  AccreditationDecisionEdge: envelope,
  AccreditationDecisionPayload: envelope,
  AccreditationPayload: envelope,
  FlagConnection: envelope,
  FlagEdge: envelope,
  FlagPayload: envelope,
  HomeConnection: envelope,
  LikelyDuplicateConnection: envelope,
  LikelyDuplicateEdge: envelope,
  HomeEdge: envelope,
  HomePayload: envelope,
  InboxPayload: envelope,
  AudiencePreview: envelope,
  IntelligenceItemConnection: envelope,
  IntelligenceItemEdge: envelope,
  IntelligencePayload: envelope,
  AccessRequestConnection: envelope,
  AccessRequestEdge: envelope,
  AccessRequestPayload: envelope,
  DeletedIntelligencePayload: envelope,
  DisclosureConsultationPayload: envelope,
  DisclosureRequestPayload: envelope,
  PatternQuestionPayload: envelope,
  PatternReviewPayload: envelope,
  ExportPayload: envelope,
  ReliedCopyPayload: envelope,
  RetentionDue: envelope,
  ExportFile: envelope,
  LoggedReadConnection: envelope,
  LoggedReadEdge: envelope,
  MachineKeyPayload: envelope,
  NotificationConnection: envelope,
  NotificationEdge: envelope,
  NotificationPreferencePayload: envelope,
  OrganisationPayload: envelope,
  PageInfo: envelope,
  PrincipalConnection: envelope,
  PrincipalEdge: envelope,
  PrincipalPayload: envelope,
  ProviderConnection: envelope,
  ProviderEdge: envelope,
  ProviderMergePayload: envelope,
  ProviderPayload: envelope,
  RegistrationPayload: envelope,
  RegulatorFindingConnection: envelope,
  RegulatorFindingEdge: envelope,
  RegulatorImportChangeConnection: envelope,
  RegulatorImportChangeEdge: envelope,
  RegulatorImportConnection: envelope,
  RegulatorImportEdge: envelope,
  RegulatorImportPayload: envelope,
  RegulatorNoticePayload: envelope,
  StageAssessmentConnection: envelope,
  StageAssessmentEdge: envelope,
};

/** The fields of a type with their class; an envelope's are not listed. */
export function classesOf(type: string): Map<string, Disclosure | 'by action'> {
  const fields = CLASSIFICATION[type]?.fields;
  if (fields === undefined || fields === 'envelope') return new Map();
  const classes = Object.entries(fields) as [Disclosure | 'by action', string][];
  return new Map(classes.flatMap(([name, names]) => names.split(' ').map((field) => [field, name] as const)));
}

const ROOTS = ['Query', 'Mutation', 'Subscription'];

/** Every field that these books do not know, or know otherwise than the product declares it, and every line too many. */
export function differences(schema: GraphQLSchema, access: AccessDeclaration): string[] {
  const types = objectTypes(schema).filter((type) => !ROOTS.includes(type.name));
  const known = new Set(types.map((type) => type.name));
  const found = types.flatMap((type) => {
    const fields = Object.keys(type.getFields());
    const classified = CLASSIFICATION[type.name];
    if (!classified) return fields.map((field) => `${type.name}.${field} is not classified`);
    const declared = access.types[type.name];
    if (classified.fields === 'envelope' || declared === 'envelope') {
      return classified.fields === declared ? [] : [`${type.name} is an envelope for one side alone`];
    }
    const classes = classesOf(type.name);
    const surplus = [...classes.keys()]
      .filter((field) => !fields.includes(field))
      .map((field) => `${type.name}.${field} is gone`);
    return [
      ...surplus,
      ...fields.flatMap((field) => differenceOf(type.name, field, classes.get(field), declared?.[field])),
    ];
  });
  return [
    ...found,
    ...Object.keys(CLASSIFICATION)
      .filter((type) => !known.has(type))
      .map((type) => `${type} is gone`),
  ];
}

function differenceOf(
  type: string,
  field: string,
  ours: string | undefined,
  declared: Disclosure | undefined,
): string[] {
  if (ours === undefined) return [`${type}.${field} is not classified`];
  const theirs = declared ?? 'by action';
  return ours === theirs ? [] : [`${type}.${field} is ${ours} here and ${theirs} in the product`];
}
