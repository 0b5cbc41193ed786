import { calendarDaysAfter, londonDate } from '@accord/kernel';
import type { Client } from 'pg';
import { exampleId, homeId, insert, organisationId, providerId } from './example-rows.js';

const QUESTIONS = ['How were staffing and support in the time that you placed there?', 'Would you place there again?'];

const ABOUT = { provider_id: providerId('Fernlock Living Ltd'), home_id: homeId('Fernlock Mews') };
const [BRENT, BARNET, HAVERING] = ['E09000005', 'E09000003', 'E09000016'].map(organisationId);

/** Fernlock: of the two references that Brent needs it has one; Havering declined, and the deadline is over. */
export async function loadReferences(client: Client): Promise<void> {
  const id = exampleId('reference request', 'Fernlock Mews');
  const today = londonDate(new Date());
  const dueOn = calendarDaysAfter(today, -21);
  await insert(client, 'reference_request', {
    id,
    requester_id: BRENT,
    requested_by: 'Brent placements officer',
    ...ABOUT,
    purpose: 'PLACEMENT_DECISION',
    questions: QUESTIONS,
    due_on: dueOn,
    is_due_certain: true,
    asked_at: new Date(Date.now() - 28 * 86_400_000),
  });
  const asked = { request_id: id, requester_id: BRENT, ...ABOUT, questions: QUESTIONS, due_on: dueOn };
  const answeredOn = calendarDaysAfter(today, -24);
  await insert(client, 'borough_reference', {
    ...asked,
    id: exampleId('reference', 'Barnet'),
    borough_id: BARNET,
    state: 'ANSWERED',
    answers: ['Steady staff, and support as agreed.', 'Yes.'],
    young_people: 2,
    used_since: '2025-06-01',
    answered_by: 'Barnet placements officer',
    answered_on: answeredOn,
    version: 2,
  });
  await insert(client, 'borough_reference', {
    ...asked,
    id: exampleId('reference', 'Havering'),
    borough_id: HAVERING,
    state: 'DECLINED',
    decline_reason: 'We have been there too short a time to say.',
    answered_by: 'Havering quality officer',
    answered_on: answeredOn,
    version: 2,
  });
  // That the deadline is over has been told.
  await insert(client, 'sharing_reminder', {
    kind: 'REFERENCES_LAPSED',
    subject_id: id,
    due_on: dueOn,
    reminded_at: new Date(),
  });
}
