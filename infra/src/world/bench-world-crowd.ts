import { madeUpId, dice, skewedOf, pickedOf } from './bench-world-dice.js';

/** Each places in as many homes as one of the thirty-three. */
const PLACEMENTS = 150;

/**
 * Boroughs beyond London's: all in the agreement, each with an officer and its placements, so that the bench world can
 * be had with many times the tenants.
 * @param boroughs how many there are to be in all; those after the first 33 are made.
 */
export const crowdStatements = (boroughs: number): readonly string[] => [
  `create temporary table bench_crowd on commit drop as
   select n, 'X' || lpad(n::text, 8, '0') as code, ${madeUpId(`'bench borough ' || n`)} as id
   from generate_series(34, ${boroughs}) n`,
  `insert into organisation (id, kind, name, code) select id, 'BOROUGH', 'Borough ' || n, code from bench_crowd`,
  `insert into principal (id, tenant_id, kind, subject, display_name, roles, created_at)
   select ${madeUpId(`'bench officer ' || n`)}, id, 'PERSON', lower(code) || '-placements', code || ' placements',
     '{PLACEMENTS}', '2025-01-01T09:00:00Z' from bench_crowd`,
  `insert into agreement_member (agreement_id, organisation_id, member_from)
   select a.id, c.id, '2025-01-01' from sharing_agreement a cross join bench_crowd c`,
  `with home as materialized (
     select (row_number() over (order by md5(id::text)) - 1)::int as place, id, provider_id from home
   ), thrown as materialized (
     select id as borough_id, ${dice(`'bench placement ' || n || ' ' || p`)} as dice
     from bench_crowd cross join generate_series(1, ${PLACEMENTS}) p
   )
   insert into placement_number (id, borough_id, provider_id, home_id, young_people, as_at)
   select ${madeUpId(`'bench placement ' || borough_id || ' ' || id`)}, borough_id, provider_id, id, young_people, '2026-11-01'
   from (
     select distinct on (t.borough_id, h.id) t.borough_id, h.id, h.provider_id, 1 + ${pickedOf(1, '4')} as young_people
     from thrown t join home h on h.place = ${skewedOf(0, '(select count(*) from home)')}
     order by t.borough_id, h.id, dice
   ) placed`,
];
