import { all, type Feature } from '@accord/access';
import { AccreditationDecisionResolver, AccreditationResolver } from './accreditation.resolver.js';
import { AssessmentNote, AssessmentRecord } from './assessment.entity.js';
import { ChangeRecord, FileVersion, Reminder, SetAside } from './change.entity.js';
import { DecisionRecord, Proposal, Verdict, VerdictReason } from './decision.entity.js';
import { obstaclesToMerging } from './merging.js';
import { Appeal, AppealVerdict, Gist, PutOff, Reply } from './hearing.entity.js';
import { ACCREDITATION_SQL } from './over.sql.js';

const FILE = { becomes: 'FILE' } as const;

/** Written once and never again; deleted when its time is over. */
const KEPT = { gateway: ['select', 'insert', 'delete'] } as const;

export const accreditationFeature: Feature = {
  name: 'accreditation',
  entities: [
    AssessmentRecord,
    AssessmentNote,
    Proposal,
    DecisionRecord,
    Verdict,
    VerdictReason,
    ChangeRecord,
    SetAside,
    FileVersion,
    Reminder,
    Gist,
    PutOff,
    Reply,
    Appeal,
    AppealVerdict,
  ],
  resolvers: [AccreditationResolver, AccreditationDecisionResolver],
  access: {
    actions: {
      'Query.accreditationDecision': 'provider:read',
      'Mutation.recordAccreditationApplication': 'accreditation:assess',
      'Mutation.assessAccreditationStage': 'accreditation:assess',
      'Mutation.proposeAccreditationDecision': 'accreditation:assess',
      'Mutation.tellProvider': 'accreditation:assess',
      'Mutation.putOffTellingProvider': 'accreditation:assess',
      'Mutation.recordProviderReply': 'accreditation:assess',
      'Mutation.recordAccreditationAppeal': 'accreditation:assess',
      'Mutation.approveAccreditationDecision': 'accreditation:decide',
      'Mutation.rejectAccreditationDecision': 'accreditation:decide',
      'Mutation.suspendAccreditationInterim': 'accreditation:decide',
      'Mutation.decideAccreditationAppeal': 'accreditation:decide',
    },
    types: {
      Accreditation: {
        ...all('members', 'stages', 'assessments', 'decisions', 'history', 'statusOn'),
        ...all('alliance', 'version'),
      },
      StageAssessment: {
        ...all('members', 'stage', 'outcome', 'conditions', 'assessedOn'),
        ...all('alliance', 'evidenceNote', 'assessedBy'),
      },
      StageAssessmentConnection: 'envelope',
      StageAssessmentEdge: 'envelope',
      AccreditationStaff: all('members', 'displayName'),
      AccreditationChange: all('members', 'status', 'effectiveFrom', 'cause', 'reason', 'conditions', 'reviewDue'),
      AccreditationChangeConnection: 'envelope',
      AccreditationChangeEdge: 'envelope',
      AccreditationDecision: {
        ...all(
          'members',
          'id',
          'provider',
          'kind',
          'state',
          'status',
          'reason',
          'conditions',
          'effectiveFrom',
          'reviewDue',
        ),
        ...all('members', 'proposedAt', 'proposedBy', 'decidedAt', 'decidedBy', 'setAsideBecause'),
        ...all('alliance', 'file'),
      },
      AccreditationDecisionConnection: 'envelope',
      AccreditationDecisionEdge: 'envelope',
      AccreditationDecisionFile: {
        ...all(
          'alliance',
          'reason',
          'isAdverse',
          'verdictReason',
          'gist',
          'toldOn',
          'replyDue',
          'ratifyBy',
          'ratifyByIsCertain',
        ),
        ...all('alliance', 'putOffs', 'replies', 'appeal'),
      },
      TellingPutOff: all('alliance', 'by', 'reason', 'reviewOn', 'recordedBy'),
      ProviderReply: all('alliance', 'reply', 'receivedOn', 'isComplete', 'recordedBy'),
      AccreditationAppeal: all(
        'alliance',
        'grounds',
        'receivedOn',
        'recordedBy',
        'outcome',
        'reason',
        'decidedBy',
        'decidedAt',
      ),
      AccreditationPayload: 'envelope',
      AccreditationDecisionPayload: 'envelope',
    },
  },
  grants: {
    accreditation_assessment: { ...KEPT, worker: ['select'] },
    accreditation_assessment_note: KEPT,
    // The clock needs to know that something is there and when it is due, and none of its words.
    accreditation_proposal: { ...KEPT, worker: [{ select: ['id', 'provider_id', 'kind', 'ratify_by'] }] },
    accreditation_decision: { ...KEPT, worker: ['select'] },
    accreditation_verdict: { ...KEPT, worker: [{ select: ['proposal_id'] }] },
    accreditation_verdict_reason: KEPT,
    accreditation_change: { gateway: ['select', 'insert', { update: ['reason'] }], worker: ['select', 'insert'] },
    accreditation_set_aside: { ...KEPT, worker: ['select', 'insert'] },
    accreditation_file: {
      gateway: ['select', 'insert', { update: ['version'] }],
      worker: ['select', 'insert', { update: ['version'] }],
    },
    accreditation_reminder: { gateway: ['select', 'delete'], worker: ['select', 'insert'] },
    accreditation_gist: { ...KEPT, worker: [{ select: ['proposal_id'] }] },
    accreditation_put_off: { ...KEPT, worker: [{ select: ['proposal_id', 'review_on', 'recorded_at'] }] },
    accreditation_reply: KEPT,
    accreditation_appeal: KEPT,
    accreditation_appeal_outcome: KEPT,
  },
  merge: {
    rows: {
      accreditation_assessment: FILE,
      accreditation_proposal: FILE,
      accreditation_decision: FILE,
      accreditation_verdict: FILE,
      accreditation_change: FILE,
      accreditation_file: FILE,
      // Of a review, whose reminder names the provider; of the others it names the decision.
      accreditation_reminder: { becomes: 'FILE', column: 'subject_id' },
    },
    obstacles: obstaclesToMerging,
  },
  sql: ACCREDITATION_SQL,
};
