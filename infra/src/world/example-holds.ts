import { calendarDaysAfter, londonDate } from '@accord/kernel';
import type { Client } from 'pg';
import { exampleId, homeId, insert, organisationId, providerId } from './example-rows.js';

/** Holds on new placements that are there from the start: decided, like any other, through the outbox. */
const EXAMPLE_HOLDS = [
  {
    provider: 'Tidewell Care Ltd',
    home: 'Tidewell Lodge',
    decidedBy: 'E09000003',
    kind: 'REGULATOR_JUDGEMENT',
    reason: 'Judged Inadequate: nobody new until the regulator has been again and we have visited.',
  },
] as const;

export async function loadHolds(client: Client): Promise<void> {
  const today = londonDate(new Date());
  for (const { provider, home, decidedBy, kind, reason } of EXAMPLE_HOLDS) {
    const id = exampleId('hold', reason);
    const about = { owner_id: organisationId(decidedBy), provider_id: providerId(provider), home_id: homeId(home) };
    await insert(client, 'sharing', {
      id,
      kind: 'HOLD',
      ...about,
      level: 'BOROUGHS_CONCERNED',
      anonymous: false,
      existence_known: true,
      reason: 'Part of the example world',
    });
    await insert(client, 'placement_hold', {
      id,
      kind,
      starts_on: calendarDaysAfter(today, -14),
      review_on: calendarDaysAfter(today, 56),
      reason,
      version: 1,
      decided_at: new Date(),
    });
    await insert(client, 'outbox_event', {
      id: exampleId('event', reason),
      kind: 'HOLD_STARTED',
      ...about,
      sharing_id: id,
      sharing_kind: 'HOLD',
      occurred_at: new Date(),
    });
  }
}
