import { knowledge } from './audience-model.js';
import { dayOf, lineOf, ref, refOrNull } from './monitoring-shape.js';
import { sharingOf, stateOf, type ModelVisit, type MonitoringWorld } from './monitoring-world.js';
import { said } from './said.js';

/** A draft is its borough’s alone. */
export const seesVisit = (world: MonitoringWorld, visit: ModelVisit, tenant: number): boolean =>
  isOwn(world, visit, tenant) || (!visit.isDraft && knowledge(world, sharingOf(world, visit.number), tenant) === 'all');

export const isOwn = (world: MonitoringWorld, { number }: { readonly number: number }, tenant: number): boolean =>
  sharingOf(world, number).owner === tenant;

/** Whether what hangs on a visit is told: to others, while it is not taken back. */
export const tells = (world: MonitoringWorld, visit: ModelVisit, tenant: number): boolean =>
  isOwn(world, visit, tenant) || (seesVisit(world, visit, tenant) && stateOf(world, visit) === 'SHARED');

export const seesFinding = (world: MonitoringWorld, visit: ModelVisit, place: number, tenant: number): boolean =>
  isOwn(world, visit, tenant) || (tells(world, visit, tenant) && visit.findings[place] === 'PUBLISHED');

/** Whether whoever made it is named, the borough and its officers. */
const isNamed = (world: MonitoringWorld, visit: ModelVisit, tenant: number): boolean =>
  isOwn(world, visit, tenant) || !sharingOf(world, visit.number).anonymous;

export const seesVisitor = (world: MonitoringWorld, visit: ModelVisit, tenant: number): boolean =>
  isOwn(world, visit, tenant) || (tells(world, visit, tenant) && isNamed(world, visit, tenant) && visit.showsName);

export const seesOfficer = (world: MonitoringWorld, visit: ModelVisit, tenant: number): boolean =>
  isOwn(world, visit, tenant) || (tells(world, visit, tenant) && isNamed(world, visit, tenant));

/** As their part is, and by others only what they show. */
export const seesPhoto = (world: MonitoringWorld, visit: ModelVisit, tenant: number): boolean =>
  isOwn(world, visit, tenant)
    ? visit.photo !== 'NONE' && (visit.isSubmitted || visit.isReader)
    : visit.photo === 'SHOWN' && visit.isSubmitted && tells(world, visit, tenant);

export function visitOf(world: MonitoringWorld, visit: ModelVisit, tenant: number) {
  const { number, outcome, day } = visit;
  const { owner, provider, home } = sharingOf(world, number);
  const state = stateOf(world, visit);
  const isTold = tells(world, visit, tenant);
  return {
    ...ref('sharing', number),
    borough: isNamed(world, visit, tenant) ? ref('organisation', owner) : null,
    provider: ref('provider', provider),
    home: refOrNull('home', home),
    visitedOn: dayOf(day),
    state,
    outcome: isTold ? outcome : null,
    reasonOther: isTold ? said('why', number) : null,
    providerRepresentatives: isTold ? ['NIGHT_STAFF'] : [],
    withdrawalReason: state === 'WITHDRAWN' ? 'Taken back' : null,
  };
}

export function wholeVisitOf(world: MonitoringWorld, visit: ModelVisit, tenant: number) {
  const { number } = visit;
  const own = isOwn(world, visit, tenant);
  const isTold = tells(world, visit, tenant);
  const checkedBy = isNamed(world, visit, tenant) ? said('checked', number) : null;
  const named = seesVisitor(world, visit, tenant);
  return {
    ...visitOf(world, visit, tenant),
    sharing: own ? { level: sharingOf(world, number).level } : null,
    answers: [
      ...(isTold ? [{ code: 'SUP.1', value: said('seen', number), checkedBy }] : []),
      // A child's data is the borough's, whoever else sees the visit.
      ...(own ? [{ code: 'YPF.1', value: said('child', number), checkedBy }] : []),
    ],
    expectations: isTold ? [{ code: 'QAF.4.1', assessment: 'NOT_MET' }] : [],
    visitors: [
      ...(seesOfficer(world, visit, tenant) ? [{ name: said('officer', number) }] : []),
      ...(named ? [{ name: said('visitor', number) }] : []),
    ],
    visitorParts:
      isTold && visit.isSubmitted
        ? [
            {
              by: named ? said('visitor', number) : null,
              words: [{ words: said('words', number) }],
              photos: seesPhoto(world, visit, tenant)
                ? [{ ...ref('photo', number), shownToOthers: visit.photo === 'SHOWN' }]
                : [],
            },
          ]
        : [],
    findings: visit.findings.flatMap((state, place) =>
      seesFinding(world, visit, place, tenant)
        ? [
            {
              ...ref(`finding of ${number}`, place),
              state,
              summary: said('finding', number, place),
              reply: said('reply', number, place),
              writtenBy: own ? said('writer', number, place) : null,
              publishedBy: own && state === 'PUBLISHED' ? said('writer', number, place) : null,
            },
          ]
        : [],
    ),
    actions: isTold ? visit.actions.map((_, place) => actionOf(world, visit, place, tenant)) : [],
  };
}

function actionOf(world: MonitoringWorld, visit: ModelVisit, place: number, tenant: number) {
  const { number, actions, findings } = visit;
  const { finding = null, state = 'OPEN', due = 0 } = actions[place] ?? {};
  const answersSeen = finding !== null && finding < findings.length && seesFinding(world, visit, finding, tenant);
  return {
    ...ref(`action of ${number}`, place),
    what: said('action', number, place),
    findingId: answersSeen ? `finding of ${number} ${finding}` : null,
    state: state === 'OPEN' && due < 0 ? 'OVERDUE' : state,
    verifiedBy: isOwn(world, visit, tenant) && state === 'VERIFIED' ? said('verifier', number, place) : null,
  };
}

export function visitLines(world: MonitoringWorld, tenant: number): string[] {
  const seen = world.visits.filter((visit) => seesVisit(world, visit, tenant));
  const list = (surface: string, visits: readonly ModelVisit[]): string[] =>
    visits.map((visit) => lineOf(surface, visitOf(world, visit, tenant)));
  const at = (visit: ModelVisit) => sharingOf(world, visit.number);
  const ofProvider = (provider: number) => seen.filter((visit) => at(visit).provider === provider);
  const own = seen.filter((visit) => isOwn(world, visit, tenant));
  return [
    ...list('visits', own),
    ...own.filter(({ isDraft }) => isDraft).map(({ number }) => lineOf('drafts', ref('sharing', number))),
    ...list(
      'home0 visits',
      seen.filter((visit) => at(visit).home === 0),
    ),
    ...[0, 1].flatMap((provider) => list(`provider${provider} visits`, ofProvider(provider))),
    ...ofProvider(0).map(({ number }) => lineOf('page visits', ref('sharing', number))),
    ...world.visits.flatMap((visit) =>
      seen.includes(visit)
        ? [
            lineOf(`visit ${visit.number}`, wholeVisitOf(world, visit, tenant)),
            lineOf(`file ${visit.number}`, { mediaType: 'text/html; charset=utf-8' }),
          ]
        : [`visit ${visit.number} NOT_FOUND`, `file ${visit.number} NOT_FOUND`],
    ),
  ];
}

const LONG_OVERDUE_DAYS = 7;

/** What only somebody of the visiting borough is shown: actions long overdue, and their own part of a visit. */
export const ownVisitLines = (world: MonitoringWorld, tenant: number): string[] =>
  world.visits
    .filter((visit) => isOwn(world, visit, tenant))
    .flatMap((visit) => [
      ...visit.actions.flatMap(({ due, state }, place) =>
        state === 'OPEN' && due < -LONG_OVERDUE_DAYS && stateOf(world, visit) !== 'WITHDRAWN'
          ? [lineOf('escalatedActions', ref(`action of ${visit.number}`, place))]
          : [],
      ),
      ...(visit.isReader
        ? [
            lineOf('myVisits', {
              visitId: `sharing ${visit.number}`,
              showsName: visit.showsName,
              submittedOn: visit.isSubmitted ? dayOf(0) : null,
              words: [{ words: said('words', visit.number) }],
              photos: visit.photo === 'NONE' ? [] : [ref('photo', visit.number)],
            }),
          ]
        : []),
    ]);

/** A hold as somebody may know of it; null where they may not. */
export function holdOf(world: MonitoringWorld, number: number, tenant: number) {
  const sharing = sharingOf(world, number);
  const known = knowledge(world, sharing, tenant);
  if (known === 'nothing') return null;
  const [all, own] = [known === 'all', sharing.owner === tenant];
  const isOwnerTold = all && (own || !sharing.anonymous);
  return {
    ...ref('sharing', number),
    borough: isOwnerTold ? ref('organisation', sharing.owner) : null,
    home: refOrNull('home', sharing.home),
    scope: sharing.home === null ? 'PROVIDER' : 'HOME',
    existenceOnly: !all,
    reason: all ? said('hold', number) : null,
    startsOn: all ? dayOf(-1) : null,
    liftedOn: all && sharing.ended ? dayOf(0) : null,
    decidedAt: isOwnerTold ? 'a time' : null,
    sharing: own ? sharing.level : null,
    sharingReason: own ? 'Reason' : null,
  };
}

export const holdLines = (world: MonitoringWorld, tenant: number): string[] =>
  world.holds.flatMap((number) => {
    const shown = holdOf(world, number, tenant);
    if (shown === null) return [`hold ${number} NOT_FOUND`];
    const { provider } = sharingOf(world, number);
    return [lineOf(`hold ${number}`, shown), lineOf(`provider${provider} holds`, shown)];
  });
