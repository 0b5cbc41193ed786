import { newId } from '@accord/kernel';
import { COURT, JUNIPERFIELD } from './world.js';

/** A visit that its borough has not finished: nobody else's. */
export const draftVisit = (id: string, borough: string): readonly [string, Readonly<Record<string, unknown>>] => [
  'visit',
  {
    id,
    owner_id: borough,
    provider_id: JUNIPERFIELD,
    home_id: COURT,
    template_id: newId(),
    framework_id: newId(),
    visited_on: '2026-11-01',
    reason: 'ANNUAL_REVIEW_PLANNED',
    mode: 'IN_PERSON',
    unannounced: false,
    made_as: 'COMMISSIONING',
    provider_representatives: [],
    state: 'DRAFT',
    version: 1,
  },
];
