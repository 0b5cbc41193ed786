import { execute, TenantTransaction } from '@accord/persistence';
import type { MikroORM } from '@mikro-orm/postgresql';
import { sees } from './answer-model.js';
import { knowledge } from './audience-model.js';
import type { RowOf } from './load-world.js';
import { named, namesOf, ref } from './monitoring-shape.js';
import { sharingOf, type MonitoringWorld } from './monitoring-world.js';
import { seesReference, seesRequest } from './reference-model.js';
import { isOwn, seesFinding, seesOfficer, seesPhoto, seesVisit, seesVisitor, tells } from './visit-model.js';

/** Of each table that holds what is monitored, which rows of a world there are: `about` is the world’s providers, `of` its visits. */
const TABLES: Readonly<Record<string, readonly [key: string, from: string]>> = {
  visit: ['id', 'visit where provider_id = any(w.about)'],
  'visit answer': [`visit_id || ' ' || item_code`, 'visit_answer where visit_id = any(w.of)'],
  'visit visitor': [`visit_id || ' ' || principal_id`, 'visit_visitor where visit_id = any(w.of)'],
  'visitor part': ['visit_id', 'visitor_part where visit_id = any(w.of)'],
  'visitor photo': ['id', 'visitor_photo where visit_id = any(w.of)'],
  'visit finding': ['id', 'visit_finding where visit_id = any(w.of)'],
  'visit action': ['id', 'visit_action where visit_id = any(w.of)'],
  'due-diligence answer': ['id', 'due_diligence_answer where provider_id = any(w.about)'],
  'due-diligence mark': ['id', 'due_diligence_mark where provider_id = any(w.about)'],
  hold: ['id', 'placement_hold where id = any(w.of)'],
  'reference request': ['id', 'reference_request where provider_id = any(w.about)'],
  reference: ['id', 'borough_reference where provider_id = any(w.about)'],
  'reference setting': ['borough_id', 'reference_setting where borough_id = any(w.who)'],
  'placement check': ['id', 'placement_check where provider_id = any(w.about)'],
  'visit rule': ['id', 'visit_rule where borough_id = any(w.who)'],
  'host notice': [`borough_id || ' ' || host_id`, 'host_notice where borough_id = any(w.who)'],
};

const ALL = Object.entries(TABLES)
  .map(([table, [key, from]]) => `select concat('${table} ', ${key}) as row from w, lateral (select * from ${from}) r`)
  .join(' union all ');

/** Every row of a world that the row policies show to somebody of a tenant, whatever asks for it. */
export async function rowsSeen(
  gateway: MikroORM,
  world: MonitoringWorld,
  rowOf: RowOf,
  tenant: number,
): Promise<string[]> {
  const names = namesOf(world, rowOf);
  const ids = (kind: string, count: number): string =>
    `{${Array.from({ length: count }, (_, number) => rowOf(kind, number)).join(',')}}`;
  const scope = { tenantId: rowOf('organisation', tenant), callerId: rowOf('principal', tenant) };
  const rows = await TenantTransaction.run(gateway, scope, 'read', (em) =>
    execute<{ row: string }>(em, `with w as (select ?::uuid[] as about, ?::uuid[] as of, ?::uuid[] as who) ${ALL}`, [
      ids('provider', 2),
      ids('sharing', world.sharings.length),
      ids('organisation', world.suspended.length),
    ]),
  );
  return rows.map(({ row }) => named(row, names)).toSorted();
}

/** The same, as the rules say: whether an organisation is suspended is for the sign-in. */
export function rowsOf(world: MonitoringWorld, tenant: number): string[] {
  const name = (table: string, kind: string, number: number): string => `${table} ${ref(kind, number).id}`;
  return [
    ...world.visits
      .filter((visit) => seesVisit(world, visit, tenant))
      .flatMap((visit) => {
        const { number, findings, actions, isReader, isSubmitted } = visit;
        const own = isOwn(world, visit, tenant);
        const isTold = tells(world, visit, tenant);
        const by = isReader ? `principal ${sharingOf(world, number).owner}` : `visitor ${number}`;
        const row = (table: string): string => name(table, 'sharing', number);
        return [
          row('visit'),
          ...(isTold ? ['QAF.4.1', 'SUP.1'].map((code) => `${row('visit answer')} ${code}`) : []),
          ...(own ? [`${row('visit answer')} YPF.1`] : []),
          ...(seesOfficer(world, visit, tenant) ? [`${row('visit visitor')} officer ${number}`] : []),
          ...(seesVisitor(world, visit, tenant) ? [`${row('visit visitor')} ${by}`] : []),
          // Before it is handed in, its author's alone.
          ...(isTold && (isSubmitted || (own && isReader)) ? [row('visitor part')] : []),
          ...(seesPhoto(world, visit, tenant) ? [name('visitor photo', 'photo', number)] : []),
          ...findings.flatMap((_, place) =>
            seesFinding(world, visit, place, tenant) ? [name('visit finding', `finding of ${number}`, place)] : [],
          ),
          ...(isTold ? actions.map((_, place) => name('visit action', `action of ${number}`, place)) : []),
        ];
      }),
    ...world.answers
      .filter((answer) => sees(world, answer, tenant))
      .map(({ number }) => name('due-diligence answer', 'sharing', number)),
    ...world.marks
      .filter((mark) => sees(world, mark, tenant))
      .map(({ number }) => name('due-diligence mark', 'sharing', number)),
    ...world.holds
      .filter((number) => knowledge(world, sharingOf(world, number), tenant) === 'all')
      .map((number) => name('hold', 'sharing', number)),
    ...world.requests.flatMap((request, number) => [
      ...(seesRequest(request, tenant) ? [name('reference request', 'request', number)] : []),
      ...request.asked
        .filter((one) => seesReference(world, request, one, tenant))
        .map(({ borough }) => name('reference', `reference of ${number}`, borough)),
    ]),
    ...(world.required[tenant] === null ? [] : [name('reference setting', 'organisation', tenant)]),
    ...[...world.checks.entries()]
      .filter(([, { borough }]) => borough === tenant)
      .map(([number]) => name('placement check', 'check', number)),
    ...[...world.rules.entries()]
      .filter(([, { borough }]) => borough === tenant)
      .map(([number]) => name('visit rule', 'rule', number)),
    ...world.notices
      .filter(({ borough, host }) => borough === tenant || host === tenant)
      .map(({ borough, host }) => `${name('host notice', 'organisation', borough)} organisation ${host}`),
  ].toSorted();
}
