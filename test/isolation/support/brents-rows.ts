import { exampleId } from '@accord/infra';
import { newId } from '@accord/kernel';
import type pg from 'pg';
import { agreementRows } from './agreement-rows.js';
import { BRENTS_ANSWER_ROWS, BRENTS_ANSWERS, QUESTIONS, WATCH } from './due-diligence-rows.js';
import { BRENTS_ITEM_ROWS, ITEM_ID, REVIEW_ID } from './brents-items.js';
import { referenceRows, referencesOf } from './brents-references.js';
import { fileRows } from './brents-file.js';
import { recordRows } from './record-operation.js';
import { importRows, NOTICE } from './regulator-operation.js';
import { sharedWithAll, visitTables } from './visit-scene.js';
import { scheduleRows } from './schedule-operation.js';
import { useRows } from './use-operation.js';
import { COURT, insertion, JUNIPERFIELD, TENANT } from './world.js';

/** A flag that Brent shows to Barnet alone, with everything that can hang on one. */
export const FLAG_ID = exampleId('isolation', 'flag');
const EVENT_ID = exampleId('isolation', 'event');
const NOTIFICATION_ID = exampleId('isolation', 'notification');
const DELIVERY_ID = exampleId('isolation', 'delivery');
const ATTEMPT_ID = exampleId('isolation', 'attempt');
const POSITION = 1_000_000;

const brent = TENANT.brent;
const person = exampleId('principal', 'brent-placements');

/** What the alliance writes: the register that every member reads, and its own reviews of patterns. */
const REGISTER: readonly string[] = [
  'accreditation_assessment',
  'accreditation_change',
  'accreditation_decision',
  'accreditation_set_aside',
  'accreditation_standing',
  'accreditation_verdict',
  'agreement_invitation',
  'form_item',
  'form_template',
  'home',
  'inspection',
  'organisation',
  'pattern_review',
  'provider',
  'provider_merge',
  'provider_search',
  'registration',
  'regulator_notice',
  'sharing_agreement',
];

/** What the alliance alone reads and writes: its own file. */
export const ALLIANCE_ALONE: readonly string[] = [
  'accreditation_appeal',
  'accreditation_appeal_outcome',
  'accreditation_assessment_note',
  'accreditation_file',
  'accreditation_gist',
  'accreditation_proposal',
  'accreditation_put_off',
  'accreditation_reminder',
  'accreditation_reply',
  'accreditation_verdict_reason',
  ...WATCH,
  'regulator_import',
  'regulator_import_change',
  'regulator_import_finding',
  'regulator_import_part',
  'provider_merge_note',
  'sharing_reminder',
  'follow_up_reminder',
  'report_borough',
];

export const ALLIANCE_WRITES: readonly string[] = [...REGISTER, ...QUESTIONS, ...ALLIANCE_ALONE];

/** Where the alliance may end a borough's part, and never begin one. */
export const ALLIANCE_ENDS: readonly string[] = ['agreement_member'];

/** What belongs to one person or machine, and to none of their colleagues. */
export const ONE_PERSONS: readonly string[] = [
  'notification',
  'delivery',
  'delivery_attempt',
  'notification_preference',
  'idempotency_record',
  'calendar_feed',
];

/** For every table that the gateway reads, which of its rows are Brent's; of the register and of the alliance's, any. */
export const BRENTS_ROWS: Readonly<Record<string, string>> = {
  ...referencesOf(brent, FLAG_ID),
  ...visitTables(FLAG_ID),
  access_request: `item_id = '${ITEM_ID}'`,
  accreditation_appeal: 'true',
  accreditation_appeal_outcome: 'true',
  accreditation_assessment: 'true',
  accreditation_assessment_note: 'true',
  accreditation_change: 'true',
  accreditation_decision: 'true',
  accreditation_file: 'true',
  accreditation_gist: 'true',
  accreditation_proposal: 'true',
  accreditation_put_off: 'true',
  accreditation_reminder: 'true',
  accreditation_reply: 'true',
  accreditation_set_aside: 'true',
  accreditation_standing: 'true',
  accreditation_verdict: 'true',
  accreditation_verdict_reason: 'true',
  agreement_invitation: 'true',
  agreement_member: `organisation_id = '${brent}'`,
  borough_group: `id = '${FLAG_ID}'`,
  borough_group_member: `keeper_id = '${brent}'`,
  business_contact: `borough_id = '${brent}'`,
  commissioning_arrangement: `borough_id = '${brent}'`,
  corroboration: `item_id = '${ITEM_ID}'`,
  declared_use: `borough_id = '${brent}'`,
  delivery: `id = '${DELIVERY_ID}'`,
  delivery_attempt: `id = '${ATTEMPT_ID}'`,
  disclosure_consultation: `item_id = '${ITEM_ID}'`,
  ...BRENTS_ANSWERS,
  disclosure_request: `tenant_id = '${brent}'`,
  event_audience: `tenant_id = '${brent}'`,
  flag: `id = '${FLAG_ID}'`,
  flag_acknowledgement: `flag_id = '${FLAG_ID}'`,
  flag_detail: `flag_id = '${FLAG_ID}'`,
  home: 'true',
  host_notice: `borough_id = '${brent}'`,
  idempotency_record: `tenant_id = '${brent}'`,
  inspection: 'true',
  intelligence_detail: `item_id = '${ITEM_ID}'`,
  intelligence_item: `id = '${ITEM_ID}'`,
  intelligence_keeping: `item_id = '${ITEM_ID}'`,
  intelligence_version: `item_id = '${ITEM_ID}'`,
  machine_key: `tenant_id = '${brent}'`,
  notification: `id = '${NOTIFICATION_ID}'`,
  notification_preference: `tenant_id = '${brent}'`,
  organisation: `id = '${brent}'`,
  outbox_event: `id = '${EVENT_ID}'`,
  pattern_part: `item_id = '${ITEM_ID}'`,
  pattern_review: `id = '${REVIEW_ID}'`,
  placement_number: `borough_id = '${brent}'`,
  placement_return: `borough_id = '${brent}'`,
  placement_return_line: `borough_id = '${brent}'`,
  police_origin: `item_id = '${ITEM_ID}'`,
  principal: `tenant_id = '${brent}'`,
  proposed_correction: `item_id = '${ITEM_ID}'`,
  provider: 'true',
  provider_merge: 'true',
  provider_merge_note: 'true',
  provider_search: 'true',
  read_log_entry: `item_id = '${ITEM_ID}'`,
  read_log_seal: `owner_id = '${brent}'`,
  record_hold: `owner_id = '${brent}'`,
  record_tombstone: `owner_id = '${brent}'`,
  registration: 'true',
  regulator_import: 'true',
  regulator_import_change: 'true',
  regulator_import_finding: 'true',
  regulator_import_part: 'true',
  regulator_notice: 'true',
  // Counted when the world was made.
  report_borough: `borough_id = '${brent}'`,
  report_month: 'true',
  report_region: 'true',
  report_share: `organisation_id = '${brent}'`,
  relied_copy: `item_id = '${ITEM_ID}'`,
  sharing: `id = '${FLAG_ID}'`,
  sharing_agreement: 'true',
  sharing_consent: `sharing_id = '${ITEM_ID}'`,
  sharing_decision: `sharing_id = '${ITEM_ID}'`,
  sharing_grant: `sharing_id = '${ITEM_ID}'`,
  sharing_named: `sharing_id = '${FLAG_ID}'`,
  sharing_refusal: `owner_id = '${brent}'`,
  sharing_reminder: 'true',
  urgent_disclosure: `id = '${FLAG_ID}'`,
  urgent_disclosure_recipient: `disclosure_id = '${FLAG_ID}'`,
  use_import: `borough_id = '${brent}'`,
  use_import_line: `borough_id = '${brent}'`,
  calendar_feed: `principal_id = '${person}'`,
  visit_rule: `borough_id = '${brent}'`,
};

const mine = { tenant_id: brent, recipient_id: person };
const about = { provider_id: JUNIPERFIELD, home_id: COURT, sharing_id: FLAG_ID };

const ROWS: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
  [
    'sharing',
    {
      id: FLAG_ID,
      kind: 'FLAG',
      owner_id: brent,
      provider_id: JUNIPERFIELD,
      home_id: COURT,
      level: 'NAMED',
      anonymous: false,
      existence_known: false,
      severity: 'HIGH',
      reason: 'Kept',
    },
  ],
  ['sharing_named', { id: newId(), sharing_id: FLAG_ID, owner_id: brent, organisation_id: brent }],
  ['sharing_named', { id: newId(), sharing_id: FLAG_ID, owner_id: brent, organisation_id: TENANT.barnet }],
  ['flag', { id: FLAG_ID, kind: 'OTHER', severity: 'HIGH', summary: 'Kept', version: 1, raised_at: new Date() }],
  ['flag_detail', { flag_id: FLAG_ID, detail: 'Kept' }],
  ...referenceRows(FLAG_ID),
  ...BRENTS_ITEM_ROWS,
  [
    'flag_acknowledgement',
    {
      flag_id: FLAG_ID,
      organisation_id: brent,
      principal_id: person,
      acknowledged_by: 'Brent',
      acknowledged_at: new Date(),
    },
  ],
  [
    'outbox_event',
    { id: EVENT_ID, position: POSITION, kind: 'FLAG_RAISED', owner_id: brent, ...about, occurred_at: new Date() },
  ],
  ['event_audience', { tenant_id: brent, position: POSITION }],
  [
    'notification',
    {
      id: NOTIFICATION_ID,
      ...mine,
      event_id: EVENT_ID,
      position: POSITION,
      kind: 'FLAG_RAISED',
      ...about,
      occurred_at: new Date(),
    },
  ],
  ['delivery', { id: DELIVERY_ID, ...mine, notification_id: NOTIFICATION_ID, channel: 'IN_APP', state: 'DELIVERED' }],
  [
    'delivery_attempt',
    { id: ATTEMPT_ID, ...mine, delivery_id: DELIVERY_ID, number: 1, started_at: new Date(), outcome: 'DELIVERED' },
  ],
  ['notification_preference', { ...mine, kind: 'FLAG_RAISED', enabled: true }],
  ['declared_use', { borough_id: brent, provider_id: JUNIPERFIELD, young_people_rounded: 5 }],
  [
    'machine_key',
    {
      id: newId(),
      tenant_id: brent,
      principal_id: person,
      label: 'Kept',
      secret_hash: '00',
      created_at: new Date(),
      expires_at: new Date(),
    },
  ],
  [
    'idempotency_record',
    {
      tenant_id: brent,
      caller_id: person,
      operation: 'raiseFlag',
      key: 'kept',
      payload_hash: '00',
      result_id: FLAG_ID,
      created_at: new Date(),
    },
  ],
  [
    'provider_merge',
    {
      id: FLAG_ID,
      kept_id: JUNIPERFIELD,
      merged_id: FLAG_ID,
      survivor_id: JUNIPERFIELD,
      name: 'Kept',
      trading_names: [],
      merged_at: new Date(),
      undone_at: new Date(),
    },
  ],
  [
    'provider_merge_note',
    { merge_id: FLAG_ID, act: 'MERGED', reason: 'Kept', actor_id: newId(), acted_by: 'Officer', acted_at: new Date() },
  ],
  ...fileRows(FLAG_ID),
  ...BRENTS_ANSWER_ROWS(brent),
  ...agreementRows(FLAG_ID, brent),
  ...importRows(FLAG_ID),
  ['regulator_notice', NOTICE],
  ...useRows(FLAG_ID, brent),
  ...sharedWithAll(FLAG_ID),
  ...scheduleRows(FLAG_ID, brent, person),
  ...recordRows(FLAG_ID, brent),
];

export async function loadBrentsRows(client: pg.Client): Promise<void> {
  for (const [table, row] of ROWS) {
    const { text, values } = insertion(table, row);
    await client.query(text, values);
  }
}
