import { exampleId } from '@accord/infra';
import { newId } from '@accord/kernel';
import type pg from 'pg';
import { COURT, GROUP, insertion, JUNIPERFIELD, TENANT } from './world.js';

/** A flag that Brent keeps to itself, with everything that can hang on one. */
export const FLAG_ID = exampleId('isolation', 'flag');
/** An item of intelligence of the same kind. */
export const ITEM_ID = exampleId('isolation', 'item');
const REVIEW_ID = exampleId('isolation', 'review');
const READ_ID = exampleId('isolation', 'read');
const EVENT_ID = exampleId('isolation', 'event');
const NOTIFICATION_ID = exampleId('isolation', 'notification');
const DELIVERY_ID = exampleId('isolation', 'delivery');
const ATTEMPT_ID = exampleId('isolation', 'attempt');
const POSITION = 1_000_000;

const brent = TENANT.brent;
const person = exampleId('principal', 'brent-placements');

/** What the alliance writes: the register that every member reads, and its own reviews of patterns. */
export const REGISTER: readonly string[] = [
  'home',
  'inspection',
  'organisation',
  'pattern_review',
  'provider',
  'provider_search',
  'registration',
];

/** For every table that the gateway reads, which of its rows are Brent's; of the register, any. */
export const BRENTS_ROWS: Readonly<Record<string, string>> = {
  access_request: `item_id = '${ITEM_ID}'`,
  accreditation_standing: 'true',
  agreement_member: `organisation_id = '${brent}'`,
  borough_group: `id = '${GROUP}'`,
  borough_group_member: `organisation_id = '${brent}'`,
  commissioning_arrangement: `borough_id = '${brent}'`,
  corroboration: `item_id = '${ITEM_ID}'`,
  declared_use: `borough_id = '${brent}'`,
  delivery: `id = '${DELIVERY_ID}'`,
  delivery_attempt: `id = '${ATTEMPT_ID}'`,
  disclosure_consultation: `item_id = '${ITEM_ID}'`,
  disclosure_request: `tenant_id = '${brent}'`,
  event_audience: `tenant_id = '${brent}'`,
  flag: `id = '${FLAG_ID}'`,
  flag_acknowledgement: `flag_id = '${FLAG_ID}'`,
  flag_detail: `flag_id = '${FLAG_ID}'`,
  home: 'true',
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
  police_origin: `item_id = '${ITEM_ID}'`,
  principal: `tenant_id = '${brent}'`,
  proposed_correction: `item_id = '${ITEM_ID}'`,
  provider: 'true',
  provider_search: 'true',
  read_log_entry: `item_id = '${ITEM_ID}'`,
  read_log_seal: `owner_id = '${brent}'`,
  registration: 'true',
  relied_copy: `item_id = '${ITEM_ID}'`,
  sharing: `id = '${FLAG_ID}'`,
  sharing_agreement: 'true',
  sharing_consent: `sharing_id = '${ITEM_ID}'`,
  sharing_grant: `sharing_id = '${ITEM_ID}'`,
  sharing_named: `sharing_id = '${FLAG_ID}'`,
};

const mine = { tenant_id: brent, recipient_id: person };
const about = { provider_id: JUNIPERFIELD, home_id: COURT, sharing_id: FLAG_ID };

const wording = { category: 'OTHER', summary: 'Kept', observed_on: '2026-01-01' };

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
  ['flag', { id: FLAG_ID, kind: 'OTHER', severity: 'HIGH', summary: 'Kept', version: 1, raised_at: new Date() }],
  ['flag_detail', { flag_id: FLAG_ID, detail: 'Kept' }],
  [
    'sharing',
    {
      id: ITEM_ID,
      kind: 'INTELLIGENCE',
      owner_id: brent,
      provider_id: JUNIPERFIELD,
      home_id: COURT,
      level: 'OWN_BOROUGH',
      anonymous: false,
      existence_known: false,
      needs_consent: true,
      reason: 'Kept',
    },
  ],
  ['sharing_consent', { sharing_id: ITEM_ID, owner_id: brent, organisation_id: brent }],
  [
    'sharing_grant',
    {
      id: newId(),
      sharing_id: ITEM_ID,
      owner_id: brent,
      organisation_id: brent,
      starts_at: new Date(0),
      ends_at: new Date(),
      urgent: false,
    },
  ],
  ['intelligence_item', { id: ITEM_ID, ...wording, review_on: '2099-01-01', version: 2 }],
  [
    'pattern_review',
    { id: REVIEW_ID, provider_id: JUNIPERFIELD, state: 'ASKING', summary: 'Kept', severity: 'LOW', level: 'ALLIANCE' },
  ],
  ['pattern_part', { review_id: REVIEW_ID, item_id: ITEM_ID, owner_id: brent }],
  [
    'disclosure_request',
    {
      id: newId(),
      tenant_id: brent,
      kind: 'SUBJECT_ACCESS',
      reference: 'Kept',
      words: 'Kept',
      received_on: '2026-01-01',
      due_on: '2026-02-01',
      is_due_certain: true,
    },
  ],
  [
    'disclosure_consultation',
    {
      id: newId(),
      request_id: newId(),
      tenant_id: brent,
      kind: 'SUBJECT_ACCESS',
      item_id: ITEM_ID,
      originator_id: brent,
      anonymous: false,
      due_on: '2026-01-01',
    },
  ],
  ['corroboration', { item_id: ITEM_ID, organisation_id: brent, kind: 'SEEN_HERE_TOO', anonymous: true }],
  ['proposed_correction', { id: newId(), item_id: ITEM_ID, organisation_id: brent, anonymous: true, words: 'Kept' }],
  [
    'access_request',
    {
      id: newId(),
      item_id: ITEM_ID,
      owner_id: brent,
      requester_id: brent,
      requested_by: 'Brent',
      purpose: 'OTHER',
      reason: 'Kept',
      asked_at: new Date(),
      through_alliance: false,
      state: 'ASKED',
    },
  ],
  [
    'relied_copy',
    {
      id: newId(),
      tenant_id: brent,
      item_id: ITEM_ID,
      owner_id: brent,
      provider_id: JUNIPERFIELD,
      item_version: 1,
      decision: 'DECISION',
      reference: 'Kept',
      relied_on: '2026-01-01',
      sealed: 'Kept',
    },
  ],
  ['intelligence_detail', { item_id: ITEM_ID, detail: 'Kept' }],
  [
    'intelligence_version',
    {
      item_id: ITEM_ID,
      version: 1,
      ...wording,
      detail: 'Kept',
      reason: 'Kept',
      replaced_by: 'Brent',
      replaced_at: new Date(),
    },
  ],
  [
    'intelligence_keeping',
    {
      item_id: ITEM_ID,
      provider_id: JUNIPERFIELD,
      recorded_by: person,
      recorded_by_name: 'Brent',
      recorded_at: new Date(),
      may_count: true,
      source_at_risk: false,
      police_originated: true,
      counts_until: '2099-01-01',
      delete_on: '2099-01-01',
      delete_at_latest_on: '2099-01-01',
    },
  ],
  [
    'police_origin',
    {
      item_id: ITEM_ID,
      force: 'Kept',
      reference: 'Kept',
      received_on: '2026-01-01',
      source: 1,
      information: 'A',
      handling: 'P',
    },
  ],
  [
    'read_log_entry',
    {
      id: READ_ID,
      owner_id: brent,
      item_id: ITEM_ID,
      item_version: 1,
      provider_id: JUNIPERFIELD,
      kind: 'SUMMARY',
      reader_tenant_id: brent,
      reader_id: person,
      reader_name: 'Brent',
    },
  ],
  ['read_log_seal', { owner_id: brent, position: 1, entry_id: READ_ID, read_at: new Date(), hash: '00' }],
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
];

export async function loadBrentsRows(client: pg.Client): Promise<void> {
  for (const [table, row] of ROWS) {
    const { text, values } = insertion(table, row);
    await client.query(text, values);
  }
}
