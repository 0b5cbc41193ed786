import { ROLE } from '@accord/persistence';

/** What each role may do with forms, visits and what hangs on them, and with the schedule; see `catalogue.ts`. */
export const MONITORING_GRANTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  [ROLE.gateway]: {
    calendar_feed: 'insert select update(revoked_at)',
    follow_up_reminder: 'select',
    form_item: 'insert select',
    form_template: 'insert select',
    visit: 'delete insert select update',
    visit_action: 'delete insert select update',
    visit_answer: 'delete insert select update',
    visit_finding: 'delete insert select update',
    visit_rule: 'insert select update',
    visit_visitor: 'delete insert select update(named_to_others)',
    visitor_part: 'delete insert select update(submitted_on, version, words)',
    visitor_photo: 'delete insert select update(shown_to_others)',
  },
  [ROLE.worker]: {
    follow_up_reminder: 'insert select',
    form_item: 'select(code, kind, template_id)',
    visit: 'select',
    visit_action: 'select(done_on, due_on, owner_id, verified_on, visit_id)',
    visit_answer: 'select(item_code, template_id, value, visit_id)',
    visit_reminder: 'insert select',
    visit_rule: 'select',
  },
  [ROLE.audience]: {
    follow_up_reminder: 'select(due_on, kind, subject_id)',
    visit: 'select(home_id, id, owner_id, provider_id, state, visited_on)',
    visit_action: 'select(done_on, due_on, id, owner_id, visit_id)',
    visit_finding: 'select(id, owner_id, replied_on, reply_due_on, state, visit_id)',
  },
};

/** Codes and kinds of them that the audience role may read. */
export const MONITORING_AUDIENCE_TEXT = ['follow_up_reminder.kind', 'visit.state', 'visit_finding.state'];
