import { calendarDaysAfter, londonDate } from '@accord/kernel';
import type { Client } from 'pg';
import { exampleId, homeId, insert, organisationId, providerId } from './example-rows.js';

/** Soft intelligence that is there from the start. */
export const EXAMPLE_INTELLIGENCE = [
  {
    // Havering's, from the police: nobody else has a hint of it.
    provider: 'Pennyroyal Care Ltd',
    home: 'Pennyroyal View',
    recordedBy: 'E09000016',
    category: 'EXPLOITATION',
    level: 'OWN_BOROUGH',
    summary: 'Cars that are not neighbours’ wait outside on Friday nights.',
    detail: 'Passed to us by the local policing team; they are looking into it.',
    conditions: null,
    named: [],
    police: { force: 'An example force', reference: 'EX/2026/1107', source: 2, information: 'C', handling: 'C' },
  },
  {
    provider: 'Lanternfield Supported Living Ltd',
    home: 'Copperbeech House',
    recordedBy: 'E09000003',
    category: 'STAFFING',
    level: 'NAMED',
    summary: 'Waking-night cover was promised and not there on two of three nights.',
    detail: 'Our worker telephoned at two in the morning on three nights; nobody answered on two of them.',
    conditions: 'Not to be put to the provider before Brent’s visit.',
    named: ['E09000005', 'E09000016'],
    police: null,
  },
  {
    provider: 'Marrowby Homes Ltd',
    home: 'Marrowby Court',
    recordedBy: 'E09000005',
    category: 'POSITIVE_PRACTICE',
    level: 'ALLIANCE',
    summary: 'Young people say that the key workers know them and keep their word.',
    detail: 'Said by all of those we met, each alone.',
    conditions: null,
    named: [],
    police: null,
  },
] as const;

export async function loadIntelligence(client: Client): Promise<void> {
  const today = londonDate(new Date());
  const [reviewOn, deleteOn, lastDay] = [
    calendarDaysAfter(today, 90),
    calendarDaysAfter(today, 365),
    calendarDaysAfter(today, 730),
  ];
  for (const item of EXAMPLE_INTELLIGENCE) {
    const id = exampleId('intelligence', item.summary);
    const owner = organisationId(item.recordedBy);
    const provider = providerId(item.provider);
    await insert(client, 'sharing', {
      id,
      kind: 'INTELLIGENCE',
      owner_id: owner,
      provider_id: provider,
      home_id: homeId(item.home),
      level: item.level,
      anonymous: false,
      existence_known: false,
      needs_consent: item.police !== null,
      reason: 'Part of the example world',
      conditions: item.conditions,
    });
    for (const code of item.named) {
      const name = { id: exampleId('named', `${id} ${code}`), sharing_id: id, owner_id: owner };
      await insert(client, 'sharing_named', { ...name, organisation_id: organisationId(code) });
    }
    const { category, summary, detail } = item;
    await insert(client, 'intelligence_item', { id, category, summary, observed_on: today, review_on: reviewOn });
    await insert(client, 'intelligence_detail', { item_id: id, detail });
    await insert(client, 'intelligence_keeping', {
      item_id: id,
      recorded_by: exampleId('principal', 'example'),
      recorded_by_name: 'Part of the example world',
      recorded_at: new Date(),
      may_count: false,
      source_at_risk: false,
      police_originated: item.police !== null,
      counts_until: reviewOn,
      delete_on: deleteOn,
      delete_at_latest_on: lastDay,
    });
    if (item.police) {
      const conditions = 'Not to be shared before the force has said so.';
      await insert(client, 'police_origin', { item_id: id, ...item.police, received_on: today, conditions });
    }
  }
}
