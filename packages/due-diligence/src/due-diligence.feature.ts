import { all, type Feature } from '@accord/access';
import { AnswerMarkRecord, AnswerRecord } from './answer.entity.js';
import {
  DueDiligenceAnswerResolver,
  DueDiligenceItemResolver,
  DueDiligenceMarkResolver,
  HomeDueDiligenceResolver,
  ProviderDueDiligenceResolver,
} from './due-diligence.resolver.js';
import { EvidenceRecord } from './evidence.entity.js';
import { DueDiligenceEvidenceResolver } from './evidence.resolver.js';
import { DeclarationLinkRecord } from './link.entity.js';
import { DueDiligenceLinkResolver } from './link.resolver.js';
import { Question, QuestionSet } from './question-set.entity.js';
import { QuestionSetResolver } from './question-set.resolver.js';
import { AnswerLapse, AnswerReminder } from './watch.entity.js';

const AT_HOME = { becomes: 'MOVED', follows: [{ column: 'home_id', table: 'home' }] } as const;

export const dueDiligenceFeature: Feature = {
  name: 'due-diligence',
  entities: [
    QuestionSet,
    Question,
    AnswerRecord,
    AnswerMarkRecord,
    EvidenceRecord,
    DeclarationLinkRecord,
    AnswerReminder,
    AnswerLapse,
  ],
  resolvers: [
    QuestionSetResolver,
    DueDiligenceItemResolver,
    DueDiligenceAnswerResolver,
    DueDiligenceMarkResolver,
    ProviderDueDiligenceResolver,
    HomeDueDiligenceResolver,
    DueDiligenceLinkResolver,
    DueDiligenceEvidenceResolver,
  ],
  access: {
    actions: {
      'Query.dueDiligenceSets': 'due-diligence:read',
      'Query.dueDiligenceAnswer': 'due-diligence:read',
      'Provider.dueDiligence': 'due-diligence:read',
      'Home.dueDiligence': 'due-diligence:read',
      'Mutation.answerDueDiligence': 'due-diligence:answer',
      'Mutation.confirmDueDiligenceAnswer': 'due-diligence:answer',
      'Mutation.challengeDueDiligenceAnswer': 'due-diligence:answer',
      'Mutation.withdrawDueDiligenceAnswer': 'due-diligence:answer',
      'Mutation.uploadDueDiligenceEvidence': 'due-diligence:answer',
      'Mutation.openDueDiligenceEvidence': 'due-diligence:open',
      'Query.dueDiligenceLinks': 'due-diligence:ask',
      'Mutation.issueDueDiligenceLink': 'due-diligence:ask',
      'Mutation.revokeDueDiligenceLink': 'due-diligence:ask',
      'Mutation.startDueDiligenceDraft': 'due-diligence:set',
      'Mutation.putDueDiligenceQuestion': 'due-diligence:set',
      'Mutation.removeDueDiligenceQuestion': 'due-diligence:set',
      'Mutation.publishDueDiligenceSet': 'due-diligence:set',
      'Mutation.discardDueDiligenceDraft': 'due-diligence:set',
    },
    types: {
      DueDiligenceSet: {
        ...all('members', 'id', 'number', 'state', 'source', 'noticeDays', 'version', 'publishedAt', 'retiredAt'),
        ...all('members', 'questions', 'askedAgain'),
      },
      DueDiligenceQuestion: {
        ...all('members', 'id', 'code', 'text', 'category', 'kind', 'subject', 'isMandatory', 'isBanded', 'choices'),
        ...all('members', 'placementTypes', 'holdsMonths', 'answeredByRoles', 'isForProvider', 'source'),
      },
      DueDiligenceItem: {
        ...all('members', 'question', 'home'),
        ...all('audience', 'value', 'state', 'assurance', 'answeredOn', 'validUntil', 'answeredBy'),
        ...all('audience', 'answer', 'earlier', 'isAskedAgain'),
      },
      DueDiligenceItemConnection: 'envelope',
      DueDiligenceItemEdge: 'envelope',
      DueDiligenceAnswer: {
        ...all('audience', 'id', 'question', 'provider', 'home', 'answeredBy', 'value', 'assurance', 'note'),
        ...all('audience', 'answeredOn', 'validUntil', 'isDeclaredByProvider', 'recordedAt', 'marks', 'evidence'),
        ...all('owner', 'recordedBy', 'withdrawnOn', 'withdrawalReason'),
      },
      DueDiligenceMark: all('audience', 'id', 'kind', 'assurance', 'reason', 'markedOn', 'by'),
      DueDiligenceEvidence: all('audience', 'id', 'fileName', 'mediaType', 'bytes', 'hash', 'scan', 'uploadedAt'),
      DueDiligenceEvidencePayload: 'envelope',
      OpenedDueDiligenceEvidence: { evidence: 'audience', url: 'caller', expiresAt: 'caller' },
      DueDiligenceNotice: all('audience', 'answerId', 'question', 'validUntil'),
      DueDiligenceLink: {
        ...all('tenant', 'id', 'provider', 'home', 'questions', 'issuedBy', 'issuedAt'),
        ...all('tenant', 'expiresAt', 'usedAt', 'revokedAt'),
      },
      DueDiligenceLinkConnection: 'envelope',
      DueDiligenceLinkEdge: 'envelope',
      IssuedDueDiligenceLink: { ...all('tenant', 'link'), ...all('caller', 'token') },
      DueDiligenceLinkPayload: 'envelope',
      DueDiligencePayload: 'envelope',
      DueDiligenceAnswerPayload: 'envelope',
      DueDiligenceSetPayload: 'envelope',
      DueDiligenceSetsPayload: 'envelope',
    },
  },
  grants: {
    due_diligence_set: {
      gateway: [
        'select',
        'insert',
        'delete',
        { update: ['state', 'notice_days', 'version', 'published_at', 'retired_at'] },
      ],
      worker: ['select'],
      audience: ['id', 'state', 'notice_days'],
    },
    due_diligence_question: {
      gateway: ['select', 'insert', 'update', 'delete'],
      worker: ['select'],
      audience: ['set_id', 'asked_id', 'is_mandatory'],
    },
    due_diligence_answer: {
      gateway: ['select', 'insert', 'delete', { update: ['withdrawn_on', 'withdrawal_reason'] }],
      worker: ['select'],
      audience: [
        'id',
        'owner_id',
        'provider_id',
        'home_id',
        'subject_id',
        'asked_id',
        'is_held',
        'answered_on',
        'valid_until',
        'recorded_at',
        'withdrawn_on',
      ],
    },
    due_diligence_mark: { gateway: ['select', 'insert', 'delete', { update: ['replaced_at'] }], worker: ['select'] },
    due_diligence_evidence: { gateway: ['select', 'insert', 'delete'] },
    due_diligence_link: { gateway: ['select', 'insert', { update: ['used_at', 'revoked_at'] }] },
    // Told and flagged by the clock, in the alliance's name; what is asked for all tenants is who was told when.
    due_diligence_reminder: {
      gateway: ['select'],
      worker: ['select', 'insert', { update: ['told_expiring_at', 'told_expired_at'] }],
      audience: ['answer_id', 'told_expiring_at', 'told_expired_at'],
    },
    due_diligence_lapse: {
      gateway: ['select'],
      worker: ['select', 'insert', { update: ['cleared_at'] }],
      audience: ['answer_id', 'flag_id', 'cleared_at'],
    },
  },
  merge: {
    rows: {
      due_diligence_answer: AT_HOME,
      due_diligence_mark: { becomes: 'MOVED', follows: [{ column: 'answer_id', table: 'due_diligence_answer' }] },
      due_diligence_link: AT_HOME,
    },
  },
};
