import { TEMPLATES, VisitScheduleTemplate } from '@accord/monitoring';
import type { Client } from 'pg';
import { TENANT_CODE } from '../personas.js';
import { exampleId, insert, organisationId } from './example-rows.js';

const { barnet, brent, cityOfLondon } = TENANT_CODE;

const json = (value: object | null): string | null => (value === null ? null : JSON.stringify(value));

/**
 * The schedules by which the example's boroughs visit: each its own. Barnet's social workers are left out, as none of
 * their visits is there. Every home came into use a month before the world was loaded, so that on no day of the
 * calendar anybody is reminded of what nobody in the story does.
 */
export async function loadSchedules(client: Client): Promise<void> {
  const schedules = [
    [brent, TEMPLATES[VisitScheduleTemplate.BRENT]],
    [barnet, TEMPLATES[VisitScheduleTemplate.BARNET].slice(0, 1)],
    [cityOfLondon, TEMPLATES[VisitScheduleTemplate.CITY_OF_LONDON]],
  ] as const;
  for (const [borough, rules] of schedules) {
    for (const rule of rules) {
      await insert(client, 'visit_rule', {
        id: exampleId('visit rule', `${borough} ${rule.name}`),
        borough_id: organisationId(borough),
        name: rule.name,
        functions: rule.functions,
        regime: rule.regime,
        placement_types: rule.placementTypes,
        starts_after: json(rule.startsAfter),
        ends_after: json(rule.endsAfter),
        first_within: json(rule.firstWithin),
        every: json(rule.every),
        early_days: rule.earlyDays,
        tolerance_days: rule.toleranceDays,
        source: rule.source,
      });
    }
  }
  await client.query(
    `update placement_number set used_since = (now() at time zone 'Europe/London')::date - 30 where young_people > 0`,
  );
}
