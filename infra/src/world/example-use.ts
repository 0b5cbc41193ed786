import type { Client } from 'pg';
import { TENANT_CODE } from '../personas.js';
import { exampleId, homeId, insert, organisationId, providerId } from './example-rows.js';

const { barnet, brent, cityOfLondon, ealing, havering } = TENANT_CODE;

/** Of Ofcom's range for drama (020 7946 0xxx): no number here rings. */
const CONTACTS: readonly (readonly [
  owner: { readonly borough: string } | { readonly provider: string },
  kind: string,
  team: string,
  phone: string,
  email: string | null,
  hours: string,
])[] = [
  [
    { borough: havering },
    'LADO',
    'LADO, safeguarding service',
    '020 7946 0101',
    'lado@havering.example',
    'Monday to Friday, 9:00 to 17:00',
  ],
  [
    { borough: havering },
    'DUTY',
    'Children’s duty team',
    '020 7946 0102',
    'duty@havering.example',
    'Monday to Friday, 9:00 to 17:00',
  ],
  [
    { borough: havering },
    'OUT_OF_HOURS',
    'Emergency duty team',
    '020 7946 0103',
    null,
    '17:00 to 9:00, weekends and bank holidays',
  ],
  [
    { borough: brent },
    'DUTY',
    'Placements duty desk',
    '020 7946 0111',
    'placements@brent.example',
    'Monday to Friday, 9:00 to 17:00',
  ],
  [
    { borough: brent },
    'LADO',
    'LADO service',
    '020 7946 0112',
    'lado@brent.example',
    'Monday to Friday, 9:00 to 17:00',
  ],
  [
    { borough: barnet },
    'LADO',
    'LADO service',
    '020 7946 0121',
    'lado@barnet.example',
    'Monday to Friday, 9:00 to 17:00',
  ],
  [
    { borough: cityOfLondon },
    'DUTY',
    'Children’s social care, duty',
    '020 7946 0131',
    'duty@city.example',
    'Monday to Friday, 9:00 to 17:00',
  ],
  [
    { borough: ealing },
    'OUT_OF_HOURS',
    'Emergency duty team',
    '020 7946 0141',
    'edt@ealing.example',
    '17:00 to 9:00, weekends and bank holidays',
  ],
  [
    { provider: 'Lanternfield Supported Living Ltd' },
    'DUTY',
    'Referrals desk',
    '020 7946 0151',
    'referrals@lanternfield.example',
    'Monday to Friday, 9:00 to 18:00',
  ],
  [
    { provider: 'Lanternfield Supported Living Ltd' },
    'OUT_OF_HOURS',
    'Manager on call',
    '020 7946 0152',
    null,
    'At all other times',
  ],
];

/** How boroughs and a provider are reached, what is known of Copperbeech House, and notices to its host. */
export async function loadUse(client: Client): Promise<void> {
  for (const [owner, kind, team, phone, email, hours] of CONTACTS) {
    const whose =
      'borough' in owner ? { borough_id: organisationId(owner.borough) } : { provider_id: providerId(owner.provider) };
    const id = exampleId('contact', `${Object.values(owner).join()} ${kind}`);
    await insert(client, 'business_contact', {
      id,
      ...whose,
      kind,
      team,
      phone,
      email,
      hours,
      updated_at: '2026-11-01T09:00:00Z',
    });
  }
  await client.query('update provider set ownership_group = $2 where id = $1', [
    providerId('Lanternfield Supported Living Ltd'),
    'Lanternfield Group',
  ]);
  await client.query(
    `update home set support_model = 'On site day and night', planning = 'Granted for supported living, 2021',
       hmo_licence = 'Mandatory licence to March 2028', missing_protocol_on = '2026-05-18', last_independent_report_on = '2026-07-31'
     where id = $1`,
    [homeId('Copperbeech House')],
  );
  // Barnet has not said so: its notices are behind.
  for (const [borough, day] of [
    [brent, '2026-11-06'],
    [cityOfLondon, '2026-11-02'],
  ] as const) {
    const notice = { borough_id: organisationId(borough), host_id: organisationId(havering), up_to_date_as_at: day };
    await insert(client, 'host_notice', notice);
  }
}
