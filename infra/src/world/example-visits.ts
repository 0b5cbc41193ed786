import { shippedFormId } from '@accord/monitoring';
import { calendarDaysAfter, londonDate } from '@accord/kernel';
import type { Client } from 'pg';
import { TENANT_CODE } from '../personas.js';
import { exampleId, homeId, insert, organisationId, providerId } from './example-rows.js';

/** How long ago Brent's visit was, in days: the provider has replied, and the action is not due yet. */
const DAYS_AGO = 20;

/** Brent's visit to Copperbeech House, which found no waking-night staff: shared, its finding published with the reply. */
export async function loadVisits(client: Client): Promise<void> {
  const today = londonDate(new Date());
  const visitedOn = calendarDaysAfter(today, -DAYS_AGO);
  const owner = organisationId(TENANT_CODE.brent);
  const about = {
    provider_id: providerId('Lanternfield Supported Living Ltd'),
    home_id: homeId('Copperbeech House'),
  };
  const id = exampleId('visit', 'Copperbeech House');
  const [templateId, frameworkId] = [shippedFormId('COL_APPENDIX_4'), shippedFormId('BRENT_QAF')];
  await insert(client, 'sharing', {
    id,
    kind: 'VISIT',
    owner_id: owner,
    ...about,
    level: 'BOROUGHS_CONCERNED',
    anonymous: false,
    existence_known: false,
    reason: 'Default: boroughs that place there, host it or checked it need to know.',
  });
  await insert(client, 'visit', {
    id,
    owner_id: owner,
    ...about,
    template_id: templateId,
    framework_id: frameworkId,
    visited_on: visitedOn,
    reason: 'EXCEPTIONAL_UNANNOUNCED',
    mode: 'IN_PERSON',
    unannounced: true,
    made_as: 'COMMISSIONING',
    provider_representatives: ['DEPUTY_MANAGER'],
    outcome: 'SIGNIFICANT_CONCERNS',
    state: 'SHARED',
    version: 3,
  });
  const own = { visit_id: id, owner_id: owner };
  for (const [template, code, value] of [
    [templateId, 'SUP.17', 'One to three by day; nobody awake at night, and a colleague on call half an hour away.'],
    [templateId, 'ACC.26', 'The front door locks; the back door was found open.'],
    [frameworkId, 'QAF.2.2', 'NOT_MET'],
    [frameworkId, 'QAF.4.1', 'PARTLY_MET'],
    [frameworkId, 'QAF.5.2', 'MET'],
  ])
    await insert(client, 'visit_answer', {
      ...own,
      template_id: template,
      item_code: code,
      entry: 1,
      stays_in_borough: false,
      value,
      dates: [],
      revision: 2,
    });
  await insert(client, 'visit_visitor', {
    ...own,
    principal_id: exampleId('principal', 'brent-quality'),
    name: 'Brent quality officer',
    is_care_experienced: false,
    named_to_others: true,
  });
  const findingId = exampleId('finding', 'waking night');
  await insert(client, 'visit_finding', {
    ...own,
    id: findingId,
    severity: 'HIGH',
    summary: 'No member of staff was awake at night, though the provider says that one always is.',
    item_codes: ['SUP.17'],
    state: 'PUBLISHED',
    version: 4,
    written_by: exampleId('principal', 'brent-quality'),
    written_by_name: 'Brent quality officer',
    reply_asked_on: calendarDaysAfter(visitedOn, 2),
    reply_due_on: calendarDaysAfter(visitedOn, 16),
    reply: 'Two colleagues had left in one week. Waking nights are covered by an agency until posts are filled.',
    replied_on: calendarDaysAfter(visitedOn, 9),
    published_by: exampleId('principal', 'brent-director'),
    published_by_name: 'Brent assistant director',
    published_on: calendarDaysAfter(visitedOn, 10),
  });
  await insert(client, 'visit_action', {
    ...own,
    id: exampleId('action', 'waking night'),
    finding_id: findingId,
    what: 'A rota for four weeks that shows who is awake each night',
    responsible: 'REGISTERED_MANAGER',
    due_on: calendarDaysAfter(today, 21),
    version: 1,
  });
}
