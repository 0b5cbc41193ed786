import { AlertKind, all, type Feature } from '@accord/access';
import { ActionRecord, FollowUpReminder } from './action/action.entity.js';
import { ActionResolver } from './action/action.resolver.js';
import { FindingRecord } from './finding/finding.entity.js';
import { FindingResolver } from './finding/finding.resolver.js';
import { FormItem, FormTemplate } from './form/form.entity.js';
import { FormResolver } from './form/form.resolver.js';
import { OfflineResolver } from './offline/offline.resolver.js';
import { VisitAnswerRecord } from './visit/answer.entity.js';
import { VisitRecord } from './visit/visit.entity.js';
import { visitsAlongHomes } from './visit/visit.loader.js';
import { HomeVisitsResolver, ProviderVisitsResolver, VisitResolver } from './visit/visit.resolver.js';
import { VisitorPartRecord, VisitVisitor } from './visit/visitor.entity.js';
import { VisitorResolver } from './visit/visitor.resolver.js';

export const monitoringFeature: Feature = {
  name: 'monitoring',
  entities: [
    FormTemplate,
    FormItem,
    VisitRecord,
    VisitAnswerRecord,
    VisitVisitor,
    VisitorPartRecord,
    FindingRecord,
    ActionRecord,
    FollowUpReminder,
  ],
  resolvers: [
    FormResolver,
    VisitResolver,
    HomeVisitsResolver,
    ProviderVisitsResolver,
    VisitorResolver,
    FindingResolver,
    ActionResolver,
    OfflineResolver,
  ],
  alongHomes: visitsAlongHomes,
  access: {
    actions: {
      'Query.formTemplates': 'visit:read',
      'Query.formTemplate': 'visit:read',
      'Mutation.publishForm': 'form:publish',
      'Query.visit': 'visit:read',
      'Query.visits': 'visit:read',
      'Home.visits': 'visit:read',
      'Provider.visits': 'visit:read',
      'Query.possibleVisitors': 'visit:record',
      'Mutation.startVisit': 'visit:record',
      'Mutation.saveVisit': 'visit:record',
      'Mutation.shareVisit': 'visit:share',
      'Mutation.changeVisitSharing': 'visit:share',
      'Mutation.withdrawVisit': 'visit:share',
      'Query.myVisits': 'visit:own-part',
      'Mutation.writeVisitorPart': 'visit:own-part',
      'Mutation.writeFinding': 'visit:record',
      'Mutation.changeFinding': 'visit:record',
      'Mutation.askForReply': 'visit:record',
      'Mutation.recordFindingReply': 'visit:record',
      'Mutation.publishFinding': 'visit:share',
      'Mutation.dropFinding': 'visit:record',
      'Mutation.agreeAction': 'visit:record',
      'Mutation.changeAction': 'visit:record',
      'Mutation.completeAction': 'visit:record',
      'Mutation.verifyAction': 'visit:record',
      'Query.visitFile': 'visit:read',
      'Mutation.importVisitForm': 'visit:record',
      'Query.escalatedActions': 'visit:oversee',
    },
    types: {
      FormTemplate: all('members', 'id', 'code', 'version', 'kind', 'title', 'source', 'publishedOn', 'items'),
      FormItem: {
        ...all('members', 'code', 'section', 'label', 'guidance', 'kind', 'options', 'dateLabels', 'looksAhead'),
        ...all('members', 'takesEvidence', 'takesComment', 'takesCheckedBy', 'repeats', 'filledFrom', 'staysBecause'),
      },
      FormPayload: 'envelope',
      Visit: {
        ...all('audience', 'id', 'provider', 'home', 'form', 'framework', 'visitedOn', 'state', 'version'),
        ...all(
          'audience',
          'reason',
          'reasonOther',
          'mode',
          'unannounced',
          'madeAs',
          'providerRepresentatives',
          'outcome',
        ),
        ...all('audience', 'withdrawalReason', 'answers', 'expectations', 'visitorParts', 'findings', 'actions'),
        ...all('owner-named', 'borough', 'visitors'),
        ...all('owner', 'sharing'),
      },
      VisitConnection: 'envelope',
      VisitEdge: 'envelope',
      VisitPayload: 'envelope',
      VisitSharing: all('owner', 'level', 'reason', 'conditions', 'anonymous'),
      VisitAnswer: {
        ...all(
          'audience',
          'code',
          'section',
          'label',
          'entry',
          'value',
          'dates',
          'evidence',
          'comment',
          'staysBecause',
        ),
        ...all('owner-named', 'checkedBy'),
      },
      ExpectationAssessed: all('audience', 'code', 'theme', 'expectation', 'assessment', 'evidence', 'comment'),
      Visitor: all('owner-named', 'name', 'isCareExperienced'),
      VisitorWords: all('audience', 'code', 'theme', 'question', 'words'),
      VisitorPart: { ...all('audience', 'visitId', 'words', 'submittedOn'), ...all('agreed', 'by') },
      VisitNotice: all('audience', 'id', 'visitedOn', 'outcome'),
      MyVisit: all('caller', 'visitId', 'visitedOn', 'place', 'words', 'showsName', 'submittedOn', 'version'),
      VisitorPartPayload: 'envelope',
      PossibleVisitor: all('tenant', 'id', 'displayName', 'isCareExperienced'),
      Finding: {
        ...all('published', 'id', 'severity', 'summary', 'itemCodes', 'state', 'version', 'replyAskedOn', 'replyDueOn'),
        ...all('published', 'reply', 'repliedOn', 'publishedOn'),
        ...all('owner', 'writtenBy', 'publishedBy'),
      },
      FindingPayload: 'envelope',
      VisitAction: {
        ...all('audience', 'id', 'visitId', 'what', 'responsible', 'dueOn', 'doneOn', 'verifiedOn', 'state', 'version'),
        ...all('published', 'findingId'),
        ...all('owner', 'verifiedBy'),
      },
      VisitActionPayload: 'envelope',
      VisitImportPayload: 'envelope',
      AnswerConflict: all('owner', 'code', 'entry', 'label', 'offline', 'kept'),
      AnswerSaid: all('owner', 'value', 'dates', 'evidence', 'comment', 'checkedBy'),
    },
  },
  grants: {
    form_template: { gateway: ['select', 'insert'] },
    form_item: { gateway: ['select', 'insert'], worker: [{ select: ['template_id', 'code', 'kind'] }] },
    visit: {
      gateway: ['select', 'insert', 'update', 'delete'],
      worker: ['select'],
      audience: ['id', 'owner_id', 'provider_id', 'home_id', 'visited_on', 'state'],
    },
    visit_answer: {
      gateway: ['select', 'insert', 'update', 'delete'],
      // How far expectations are met, for the reports, in the borough's name.
      worker: [{ select: ['visit_id', 'template_id', 'item_code', 'value'] }],
    },
    visit_visitor: { gateway: ['select', 'insert', 'delete', { update: ['named_to_others'] }] },
    visitor_part: { gateway: ['select', 'insert', 'delete', { update: ['words', 'submitted_on', 'version'] }] },
    visit_finding: {
      gateway: ['select', 'insert', 'update', 'delete'],
      audience: ['id', 'visit_id', 'owner_id', 'state', 'reply_due_on', 'replied_on'],
    },
    visit_action: {
      gateway: ['select', 'insert', 'update', 'delete'],
      worker: [{ select: ['visit_id', 'owner_id', 'due_on', 'done_on', 'verified_on'] }],
      audience: ['id', 'visit_id', 'owner_id', 'due_on', 'done_on'],
    },
    follow_up_reminder: {
      gateway: ['select'],
      worker: ['select', 'insert'],
      audience: ['kind', 'subject_id', 'due_on'],
    },
  },
  merge: {
    rows: { visit: { becomes: 'MOVED', follows: [{ column: 'home_id', table: 'home' }] } },
    tells: { VISIT: AlertKind.VISIT_SHARED },
  },
};
