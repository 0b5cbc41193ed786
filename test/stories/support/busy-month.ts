import { shippedFormId } from '@accord/monitoring';
import { newId } from '@accord/kernel';
import type pg from 'pg';

/**
 * A month in which every borough but one was busy: it used providers by several routes, visited, assessed, agreed on
 * actions and raised flags. Some of each, so that there are numbers of every size.
 * @param month `YYYY-MM`. @param except whose doings stay as they are. @param day today.
 */
export async function haveBusyMonth(superuser: pg.Client, month: string, day: string, except: string): Promise<void> {
  const { rows: boroughs } = await superuser.query<{ id: string }>(
    `select id from organisation where kind = 'BOROUGH' and id <> $1 order by code`,
    [except],
  );
  const { rows: providers } = await superuser.query<{ id: string }>(
    `select p.id from provider p join accreditation_standing s on s.provider_id = p.id order by p.name limit 12`,
  );
  const routes = ['DPV', 'FRAMEWORK', 'SPOT', 'BLOCK', null];
  const outcomes = ['EXPECTATIONS_MET', 'MET_WITH_ACTIONS', 'SIGNIFICANT_CONCERNS', 'ACCESS_REFUSED'];
  const insert = async (table: string, row: Readonly<Record<string, unknown>>): Promise<void> => {
    const columns = Object.keys(row);
    const places = columns.map((_, at) => `$${at + 1}`).join(', ');
    await superuser.query(
      `insert into ${table} (${columns.join(', ')}) values (${places}) on conflict do nothing`,
      Object.values(row),
    );
  };
  for (const [b, { id: borough }] of boroughs.entries()) {
    for (const [p, { id: provider }] of providers.entries()) {
      if ((b * 7 + p) % 4 > 1) continue;
      await insert('placement_number', {
        ...{ id: newId(), borough_id: borough, provider_id: provider, young_people: (b + p) % 3 },
        as_at: day,
      });
      const route = routes[(b * p) % routes.length];
      if (route)
        await insert('commissioning_arrangement', {
          ...{ id: newId(), borough_id: borough, provider_id: provider, route, starts_on: '2025-04-01' },
          ends_on: p % 5 === 4 ? '2025-10-01' : null,
        });
    }
    for (let visit = 0; visit < b % 6; visit += 1) {
      const [id, provider] = [newId(), providers[(b + visit) % providers.length]?.id];
      await insert('visit', {
        ...{ id, owner_id: borough, provider_id: provider, visited_on: `${month}-${10 + visit}` },
        ...{ template_id: shippedFormId('COL_APPENDIX_4'), framework_id: shippedFormId('BRENT_QAF') },
        ...{ reason: 'ANNUAL_REVIEW_PLANNED', mode: 'IN_PERSON', unannounced: false, made_as: 'COMMISSIONING' },
        ...{ provider_representatives: [], outcome: outcomes[(b * visit) % outcomes.length], version: 1 },
        state: visit === 4 ? 'DRAFT' : 'SHARED',
      });
      for (const [at, code] of ['QAF.2.2', 'QAF.4.1', 'QAF.5.2'].entries())
        await insert('visit_answer', {
          ...{ visit_id: id, owner_id: borough, template_id: shippedFormId('BRENT_QAF'), item_code: code, entry: 1 },
          ...{ stays_in_borough: false, dates: [], revision: 1 },
          value: ['MET', 'PARTLY_MET', 'NOT_MET'][(b + visit + at) % (at + 1)],
        });
      await insert('visit_action', {
        ...{ id: newId(), visit_id: id, owner_id: borough, what: 'A lock', responsible: 'PROVIDER', version: 1 },
        due_on: ['2026-01-10', day, '2099-01-01'][(b + visit) % 3],
        done_on: (b + visit) % 4 === 1 ? day : null,
        verified_on: (b + visit) % 8 === 1 ? day : null,
      });
    }
    for (let flag = 0; flag < b % 4; flag += 1)
      await insert('sharing', {
        ...{ id: newId(), kind: 'FLAG', owner_id: borough, provider_id: providers[flag]?.id, reason: 'Open' },
        ...{ existence_known: true, anonymous: flag === 2, severity: flag === 0 ? 'HIGH' : 'LOW' },
        level: ['ALLIANCE', 'BOROUGHS_CONCERNED', 'OWN_BOROUGH'][b % 3],
      });
  }
}
