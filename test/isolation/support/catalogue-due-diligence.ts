/** What each role may do with the tables of due diligence. */
export const DUE_DILIGENCE_GRANTS = {
  gateway: {
    due_diligence_answer: 'delete insert select update(withdrawal_reason, withdrawn_on)',
    due_diligence_evidence: 'delete insert select',
    due_diligence_lapse: 'select',
    due_diligence_link: 'insert select update(revoked_at, used_at)',
    due_diligence_mark: 'delete insert select update(replaced_at)',
    due_diligence_question: 'delete insert select update',
    due_diligence_reminder: 'select',
    stored_file: 'delete insert select update(remove_from)',
    due_diligence_set: 'delete insert select update(notice_days, published_at, retired_at, state, version)',
  },
  worker: {
    due_diligence_answer: 'select',
    due_diligence_lapse: 'insert select update(cleared_at)',
    due_diligence_mark: 'select',
    due_diligence_question: 'select',
    due_diligence_reminder: 'insert select update(told_expired_at, told_expiring_at)',
    due_diligence_set: 'select',
  },
  audience: {
    due_diligence_answer:
      'select(answered_on, asked_id, home_id, id, is_held, owner_id, provider_id, recorded_at, subject_id, valid_until, withdrawn_on)',
    due_diligence_lapse: 'select(answer_id, cleared_at, flag_id)',
    due_diligence_question: 'select(asked_id, is_mandatory, set_id)',
    due_diligence_reminder: 'select(answer_id, told_expired_at, told_expiring_at)',
    due_diligence_set: 'select(id, notice_days, state)',
    stored_file: 'select(id, remove_from, tenant_id)',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;
