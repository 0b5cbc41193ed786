import { exampleId } from '@accord/infra';
import { newId } from '@accord/kernel';
import { COURT, JUNIPERFIELD, TENANT } from './world.js';

/** An item of intelligence that Brent shows to Barnet alone, with everything that can hang on one. */
export const ITEM_ID = exampleId('isolation', 'item');
export const REVIEW_ID = exampleId('isolation', 'review');
const READ_ID = exampleId('isolation', 'read');

const brent = TENANT.brent;
const person = exampleId('principal', 'brent-placements');
const wording = { category: 'OTHER', summary: 'Kept', observed_on: '2026-01-01' };

export const BRENTS_ITEM_ROWS: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
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
  [
    'sharing_decision',
    { id: newId(), sharing_id: ITEM_ID, owner_id: brent, level: 'OWN_BOROUGH', reason: 'Kept', decided_by: 'Brent' },
  ],
  ...[brent, TENANT.barnet].map(
    (of) => ['sharing_consent', { sharing_id: ITEM_ID, owner_id: brent, organisation_id: of }] as const,
  ),
  ...[brent, TENANT.barnet].map(
    (of) =>
      [
        'sharing_grant',
        {
          id: newId(),
          sharing_id: ITEM_ID,
          owner_id: brent,
          organisation_id: of,
          starts_at: new Date(0),
          ends_at: new Date('2099-01-01'),
        },
      ] as const,
  ),
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
];
