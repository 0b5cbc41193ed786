import { COURT, JUNIPERFIELD, TENANT } from './world.js';

const brent = TENANT.brent;

/** Which rows of holds and references are a borough's. */
export const referencesOf = (borough: string, holdId: string): Readonly<Record<string, string>> => ({
  placement_check: `tenant_id = '${borough}'`,
  placement_hold: `id = '${holdId}'`,
  placement_nomination: `tenant_id = '${borough}'`,
  borough_reference: `borough_id = '${borough}'`,
  reference_request: `requester_id = '${borough}'`,
  reference_setting: `borough_id = '${borough}'`,
});

/** A hold of Brent's, under a sharing of that id, and a request for references, of Brent's to itself, answered for all members. */
export const referenceRows = (id: string): readonly (readonly [string, Readonly<Record<string, unknown>>])[] => [
  [
    'placement_hold',
    {
      id,
      kind: 'OTHER',
      starts_on: '2026-01-01',
      review_on: '2099-01-01',
      reason: 'Kept',
      version: 1,
      decided_at: new Date(),
    },
  ],
  [
    'reference_request',
    {
      id,
      requester_id: brent,
      requested_by: 'Brent',
      provider_id: JUNIPERFIELD,
      home_id: COURT,
      purpose: 'OTHER',
      questions: ['Kept'],
      due_on: '2099-01-01',
      is_due_certain: true,
      asked_at: new Date(),
    },
  ],
  [
    'borough_reference',
    {
      id,
      request_id: id,
      requester_id: brent,
      borough_id: brent,
      provider_id: JUNIPERFIELD,
      home_id: COURT,
      questions: ['Kept'],
      due_on: '2099-01-01',
      state: 'ANSWERED',
      answers: ['Kept'],
      answered_on: '2026-02-01',
      shared_with_alliance: true,
      version: 1,
    },
  ],
  ['reference_setting', { borough_id: brent, is_asked: true, required: 2 }],
  [
    'placement_check',
    {
      id,
      tenant_id: brent,
      provider_id: JUNIPERFIELD,
      home_id: COURT,
      age_band: 'AGED_18_PLUS',
      is_emergency: false,
      checked_by: 'Brent',
      checked_at: new Date(0),
      checked_on: '2020-01-01',
      grounds: '[]',
      seen: '[]',
    },
  ],
  [
    'placement_nomination',
    { id, tenant_id: brent, principal_id: id, nominated_by: 'Brent', nominated_on: '2026-01-01' },
  ],
];
