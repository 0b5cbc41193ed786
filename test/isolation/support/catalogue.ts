import { AUDIENCE_VIEWS } from './catalogue-views.js';
import { ROLE } from '@accord/persistence';
import { DUE_DILIGENCE_GRANTS } from './catalogue-due-diligence.js';
import { MONITORING_AUDIENCE_TEXT, MONITORING_GRANTS } from './catalogue-monitoring.js';
import { REPORT_GRANTS } from './catalogue-reporting.js';

/**
 * What the database may be like, line for line. Written down here by hand and compared with its catalogue: who
 * changes a grant or a policy changes it here too, and a reviewer reads both.
 */

export * from './catalogue-views.js';

/** Tables without row security, and why. */
/** What the database may be like, line for line, compared with its catalogue. First: tables without row security, and why. */
export const WITHOUT_ROW_SECURITY: Readonly<Record<string, string>> = {
  migration: 'the names of the migrations that ran; nobody but the owner has any privilege on it',
};

/** Policies of the gateway that do not name the tenant, and why. */
export const WITHOUT_TENANT: Readonly<Record<string, string>> = {
  'provider_search.searched':
    'names and postcodes that are public to the alliance; a condition would turn the index off',
};

/** Tables that the worker sees whole: the outbox, deliveries and the directory, and no content. */
export const WORKER_KEEPS: readonly string[] = [
  'delivery',
  'delivery_attempt',
  'event_audience',
  'notification',
  'notification_preference',
  'organisation',
  'outbox_event',
  'principal',
];

/** Tables that the worker reads and no gateway, in the alliance's name alone: which of their rows to try with. */
export const WORKER_ALONE: Readonly<Record<string, string>> = { visit_reminder: 'true' };

/** What the worker writes in the name of whose it is: the links of an owner's chain. */
export const WORKER_SEALS = 'read_log_seal';

/** Text that the audience role may read of every tenant: codes and kinds, no words of anybody's. */
export const AUDIENCE_TEXT: readonly string[] = [
  'borough_concerned.ground',
  'due_diligence_set.state',
  'organisation.code',
  'organisation.kind',
  'organisation.name',
  'outbox_event.kind',
  'outbox_event.sharing_kind',
  'pattern_part.answer',
  'pattern_review.state',
  'principal.kind',
  'principal.roles',
  'principal.subject',
  'sharing.kind',
  'sharing.level',
  'sharing.severity',
  'sharing_agreement.classes',
  ...MONITORING_AUDIENCE_TEXT,
];

/** The functions that have the rights of the tables' owner, and who may call them. */
export const WITH_OWNERS_RIGHTS: readonly string[] = [
  `merge_provider(merge uuid) returns void, search_path=pg_catalog, public, pg_temp, called by ${ROLE.gateway}`,
  `remember_sight(organisations uuid[]) returns void, search_path=pg_catalog, public, pg_temp, called by ${ROLE.gateway}`,
  `tell_of_sight(organisations uuid[]) returns void, search_path=pg_catalog, public, pg_temp, called by ${ROLE.gateway}`,
  `tell_of_the_day() returns void, search_path=pg_catalog, public, pg_temp, called by ${ROLE.worker}`,
  `unmerge_provider(merge uuid) returns void, search_path=pg_catalog, public, pg_temp, called by ${ROLE.gateway}`,
];

/** Columns with a provider's id that do not say so. */
export const OTHERWISE_NAMED_PROVIDERS: readonly string[] = ['accreditation_reminder.subject_id'];

/** Attributes of our roles: `login` for those that sign in, nothing else for any. */
export const ROLES: Readonly<Record<string, string>> = {
  [ROLE.owner]: '',
  [ROLE.audience]: '',
  [ROLE.sequencer]: '',
  [ROLE.migrator]: 'login',
  [ROLE.gateway]: 'login',
  [ROLE.worker]: 'login',
  [ROLE.queue]: 'login',
};

/** Who may become whom, by saying so; and the one that has another's rights without that. */
export const MEMBERSHIPS: readonly string[] = [
  `${ROLE.gateway} may become ${ROLE.audience}`,
  `${ROLE.gateway} may become ${ROLE.sequencer}`,
  `${ROLE.migrator} may become ${ROLE.owner}`,
  `${ROLE.sequencer} has the rights of ${ROLE.audience}`,
  `${ROLE.worker} may become ${ROLE.audience}`,
  `${ROLE.worker} may become ${ROLE.sequencer}`,
];

const AUDIENCE_GRANTS = Object.fromEntries(Object.keys(AUDIENCE_VIEWS).map((view) => [view, 'select']));

/** Exactly what each role may do with each table and view; with some columns where they stand in brackets. */
export const GRANTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  [ROLE.gateway]: {
    ...AUDIENCE_GRANTS,
    ...MONITORING_GRANTS[ROLE.gateway],
    ...REPORT_GRANTS[ROLE.gateway],
    access_request: 'insert select update(decision_reason, ends_at, state)',
    accreditation_appeal: 'delete insert select',
    accreditation_appeal_outcome: 'delete insert select',
    accreditation_assessment: 'delete insert select',
    accreditation_assessment_note: 'delete insert select',
    accreditation_change: 'insert select update(reason)',
    accreditation_decision: 'delete insert select',
    accreditation_file: 'insert select update(version)',
    accreditation_gist: 'delete insert select',
    accreditation_proposal: 'delete insert select',
    accreditation_put_off: 'delete insert select',
    accreditation_reminder: 'delete select',
    accreditation_reply: 'delete insert select',
    accreditation_set_aside: 'delete insert select',
    accreditation_standing: 'insert select update(conditions, effective_from, review_due, status)',
    accreditation_verdict: 'delete insert select',
    accreditation_verdict_reason: 'delete insert select',
    agreement_invitation: 'insert select update(withdrawn_at)',
    agreement_member: 'insert select update(ended_because, member_until)',
    borough_concerned: 'select',
    borough_group: 'insert select update(name, retired_at, version)',
    borough_group_member: 'insert select update(member_until)',
    borough_reference:
      'delete insert select update(answered_by, answered_on, answers, decline_reason, shared_with_alliance, state, used_since, version, young_people)',
    business_contact: 'delete insert select update',
    commissioning_arrangement: 'insert select update',
    corroboration: 'delete insert select update(anonymous, kind)',
    declared_use: 'delete insert select update',
    delivery: 'select',
    delivery_attempt: 'select',
    disclosure_consultation: 'insert select update(answer, objects)',
    disclosure_request: 'insert select update(decided_on, decision)',
    ...DUE_DILIGENCE_GRANTS.gateway,
    event_audience: 'select',
    flag: 'insert select update(outcome, outcome_reason, version)',
    flag_acknowledgement: 'insert select',
    flag_detail: 'insert select',
    home: 'insert select update',
    host_notice: 'insert select update(up_to_date_as_at)',
    idempotency_record: 'insert select',
    inspection: 'insert select update',
    intelligence_detail: 'delete insert select update',
    intelligence_item: 'insert select update',
    intelligence_keeping: 'insert select update',
    intelligence_version: 'delete insert select',
    machine_key: 'insert select update(revoked_at)',
    notification: 'select update(read_at)',
    notification_preference: 'insert select update',
    organisation: 'select update(suspended_at)',
    outbox_event:
      'insert select(agreement_id, home_id, id, kind, occurred_at, position, provider_id, reference_request_id, sharing_id, sharing_kind)',
    pattern_part: 'select update(answer, reason)',
    pattern_review: 'select update(closing_reason, flag_id, level, severity, state, summary)',
    placement_check: 'delete insert select update(grounds, overridden_at, overridden_by, override_reason, seen)',
    placement_hold: 'insert select update(lift_reason, lifted_on, review_note, review_on, reviewed_on, version)',
    placement_nomination: 'delete insert select update(ended_on)',
    placement_number: 'insert select update',
    police_origin: 'delete insert select',
    principal: 'insert select update(disabled_at, roles)',
    provider: 'insert select update',
    proposed_correction: 'delete insert select update(accepted, decision_reason)',
    provider_merge: 'insert select update(undone_at)',
    provider_merge_note: 'insert select',
    provider_search: 'insert select update',
    read_log_entry: 'insert select',
    read_log_seal: 'select',
    record_hold: 'delete insert select update(reason)',
    record_tombstone: 'insert select',
    reference_request: 'delete insert select',
    reference_setting: 'insert select update(is_asked, required)',
    registration: 'insert select update',
    regulator_import: 'insert select update',
    regulator_import_change: 'delete insert select update',
    regulator_import_finding: 'insert select',
    regulator_import_part: 'delete insert select',
    regulator_notice: 'insert select',
    relied_copy: 'delete insert select',
    sharing: 'insert select update(anonymous, conditions, ended_at, existence_known, level, reason, shared_on)',
    sharing_agreement: 'insert select update(ended_because, in_force_until, review_on)',
    sharing_consent: 'delete insert select',
    sharing_decision: 'insert select',
    sharing_grant: 'insert select update(revoked_at)',
    sharing_named: 'delete insert select update(shared_on)',
    sharing_refusal: 'insert select',
    sharing_reminder: 'select',
    urgent_disclosure: 'insert select update(outcome, outcome_reason, reviewed_at, reviewed_by, version)',
    urgent_disclosure_recipient: 'insert select update(ended_at)',
    use_import: 'insert select',
    use_import_line: 'insert select',
  },
  [ROLE.worker]: {
    ...AUDIENCE_GRANTS,
    ...MONITORING_GRANTS[ROLE.worker],
    ...REPORT_GRANTS[ROLE.worker],
    accreditation_assessment: 'select',
    accreditation_change: 'insert select',
    accreditation_decision: 'select',
    accreditation_file: 'insert select update(version)',
    accreditation_gist: 'select(proposal_id)',
    accreditation_proposal: 'select(id, kind, provider_id, ratify_by)',
    accreditation_put_off: 'select(proposal_id, recorded_at, review_on)',
    accreditation_reminder: 'insert select',
    accreditation_set_aside: 'insert select',
    accreditation_standing: 'select update(conditions, effective_from, review_due, status)',
    accreditation_verdict: 'select(proposal_id)',
    agreement_member: 'select',
    borough_concerned: 'select',
    borough_group: 'select',
    borough_group_member: 'select',
    delivery: 'insert select',
    delivery_attempt: 'insert select',
    ...DUE_DILIGENCE_GRANTS.worker,
    event_audience: 'select',
    flag: 'insert select update(outcome, outcome_reason, version)',
    flag_acknowledgement: 'select',
    home: 'insert select update',
    inspection: 'insert select update',
    intelligence_item: 'select',
    notification: 'insert select',
    notification_preference: 'select',
    organisation: 'select',
    outbox_event: 'insert select update(handed_over_at, handled_at)',
    pattern_part: 'insert',
    pattern_review: 'insert',
    placement_check: 'select(checked_on, home_id, provider_id, tenant_id)',
    placement_number: 'select(borough_id, home_id, places_there, provider_id, used_since)',
    principal: 'select',
    provider: 'insert select update',
    provider_merge: 'select',
    provider_search: 'insert select update',
    read_log_entry: 'select',
    read_log_seal: 'insert select',
    registration: 'insert select update',
    regulator_import: 'select update',
    regulator_import_change: 'delete insert select update',
    regulator_import_finding: 'insert select',
    regulator_import_part: 'delete select',
    sharing: 'insert select update(ended_at)',
    sharing_agreement: 'select',
    sharing_consent: 'select',
    sharing_grant: 'select',
    sharing_named: 'select',
    sharing_reminder: 'insert select',
  },
  [ROLE.audience]: {
    agreement_member: 'select(agreement_id, member_from, member_until, organisation_id)',
    borough_concerned: 'select(borough_id, ground, home_id, provider_id)',
    borough_group: 'select(id)',
    borough_group_member: 'select(group_id, member_from, member_until, organisation_id)',
    ...DUE_DILIGENCE_GRANTS.audience,
    event_audience: 'select(position, tenant_id)',
    flag_acknowledgement: 'select(flag_id, organisation_id)',
    home: 'select(host_borough_id, id, provider_id)',
    intelligence_keeping:
      'select(counts_until, delete_at_latest_on, delete_on, held_at, item_id, may_count, police_originated, source_at_risk)',
    machine_key: 'select(expires_at, id, principal_id, revoked_at)',
    organisation: 'select(code, id, kind, name, suspended_at)',
    outbox_event:
      'select(agreement_id, home_id, id, kind, occurred_at, owner_id, position, provider_id, recipients, reference_request_id, sharing_id, sharing_kind)',
    pattern_part: 'select(answer, item_id, owner_id, review_id)',
    pattern_review: 'select(id, provider_id, state)',
    placement_check: 'select(checked_on, home_id, provider_id, tenant_id)',
    placement_hold: 'select(id, lifted_on, review_on)',
    placement_number: 'select(borough_id, home_id, places_there, provider_id)',
    principal: 'select(disabled_at, id, kind, roles, subject, tenant_id)',
    read_log_entry: 'select(id, owner_id, read_at)',
    read_log_seal: 'select(entry_id, owner_id, read_at)',
    reference_request: 'select(due_on, home_id, id, provider_id, requester_id)',
    reference_setting: 'select(borough_id, is_asked)',
    sharing:
      'select(ended_at, existence_known, home_id, id, kind, level, needs_consent, owner_id, provider_id, severity, shared_on)',
    sharing_agreement: 'select(classes, id, in_force_from, in_force_until)',
    sharing_consent: 'select(organisation_id, owner_id, sharing_id)',
    sharing_grant: 'select(ends_at, id, organisation_id, owner_id, revoked_at, sharing_id, starts_at)',
    sharing_named: 'select(group_id, organisation_id, owner_id, shared_on, sharing_id)',
    urgent_disclosure: 'select(id, owner_id, review_by, reviewed_at, sharing_id)',
    urgent_disclosure_recipient: 'select(disclosure_id, ended_at, organisation_id, owner_id, sharing_id)',
    ...MONITORING_GRANTS[ROLE.audience],
  },
  // Beyond the audience role's.
  [ROLE.sequencer]: { event_audience: 'insert', outbox_event: 'select(seq) update(position)' },
};
