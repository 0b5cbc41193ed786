import { areAgreed } from './audience-model.js';
import { dayOf, lineOf, ref, refOrNull } from './monitoring-shape.js';
import type { ModelRequest, MonitoringWorld } from './monitoring-world.js';
import { said } from './said.js';

const REQUIRED_BY_DEFAULT = 2;

type Asked = ModelRequest['asked'][number];

export const seesRequest = ({ requester, asked }: ModelRequest, tenant: number): boolean =>
  requester === tenant || asked.some(({ borough }) => borough === tenant);

/** Its own from the start; whoever asked, once it has acted; other members, once it has answered and agreed to that. */
export function seesReference(world: MonitoringWorld, request: ModelRequest, one: Asked, tenant: number): boolean {
  if (one.borough === tenant) return true;
  if (!areAgreed(world, { owner: one.borough, kind: 'DUE_DILIGENCE' }, tenant)) return false;
  return request.requester === tenant ? one.state !== 'ASKED' : one.state === 'ANSWERED' && one.goesToAll;
}

function referenceOf({ requester, home, due }: ModelRequest, number: number, one: Asked, tenant: number) {
  const isParty = tenant === requester || tenant === one.borough;
  const [isAnswered, isOwn] = [one.state === 'ANSWERED', tenant === one.borough];
  const answers = [{ question: said('question', number), answer: said('reference', number, one.borough) }];
  return {
    ...ref(`reference of ${number}`, one.borough),
    home: refOrNull('home', home),
    borough: ref('organisation', one.borough),
    state: one.state === 'ASKED' && due < 0 ? 'LAPSED' : one.state,
    answers: isAnswered ? answers : null,
    answeredOn: one.state === 'ASKED' ? null : dayOf(-1),
    requestedBy: isParty ? ref('organisation', requester) : null,
    youngPeople: isParty && isAnswered ? 17 : null,
    usedSince: isParty && isAnswered ? dayOf(-400) : null,
    declineReason: isParty && one.state === 'DECLINED' ? said('declined', number, one.borough) : null,
    answeredBy: isParty && one.state !== 'ASKED' ? said('referee', number, one.borough) : null,
    sharedWithAlliance: isOwn ? one.goesToAll : null,
  };
}

function requestOf(world: MonitoringWorld, request: ModelRequest, number: number, tenant: number) {
  const { requester, provider, home, due, asked } = request;
  const isMine = requester === tenant;
  const received = asked.filter(
    (one) => (isMine || one.borough === tenant) && seesReference(world, request, one, tenant),
  );
  const required = requiredOf(world, tenant);
  const answered = received.filter(({ state }) => state === 'ANSWERED').length;
  const stands = answered >= required ? 'COMPLETE' : due >= 0 ? 'WAITING' : 'SHORT';
  return {
    ...ref('request', number),
    provider: ref('provider', provider),
    home: refOrNull('home', home),
    borough: ref('organisation', requester),
    requestedBy: said('asker', number),
    questions: [said('question', number)],
    dueOn: dayOf(due),
    state: isMine ? stands : null,
    required: isMine ? required : null,
    received: received.map((one) => referenceOf(request, number, one, tenant)),
  };
}

const requiredOf = ({ required }: MonitoringWorld, tenant: number): number => required[tenant] ?? REQUIRED_BY_DEFAULT;

export const referenceLines = (world: MonitoringWorld, tenant: number): string[] => [
  lineOf('referenceSetting', { required: requiredOf(world, tenant) }),
  ...world.requests.flatMap((request, number) => {
    if (!seesRequest(request, tenant)) return [`request ${number} NOT_FOUND`];
    const shown = requestOf(world, request, number, tenant);
    return [lineOf(`request ${number}`, shown), lineOf('referenceRequests', shown)];
  }),
  ...world.requests.flatMap((request, number) =>
    request.asked
      .filter((one) => one.state !== 'ASKED' && seesReference(world, request, one, tenant))
      .map((one) => lineOf(`provider${request.provider} references`, referenceOf(request, number, one, tenant))),
  ),
];

/** How far a borough has come with references on a home: out of all that it may see, whoever asked for them. */
export function standingOf(world: MonitoringWorld, provider: number, home: number, tenant: number) {
  const isAbout = (one: { readonly provider: number; readonly home: number | null }): boolean =>
    one.provider === provider && (one.home === home || one.home === null);
  const received = [...world.requests.entries()]
    .filter(([, request]) => isAbout(request))
    .flatMap(([number, request]) =>
      request.asked
        .filter((one) => one.state !== 'ASKED' && one.borough !== tenant && seesReference(world, request, one, tenant))
        .map((one) => ({ one, shown: referenceOf(request, number, one, tenant) })),
    );
  const required = requiredOf(world, tenant);
  const answered = new Set(received.filter(({ one }) => one.state === 'ANSWERED').map(({ one }) => one.borough));
  const own = world.requests.filter((request) => request.requester === tenant && isAbout(request));
  const isUsed = world.placements.some((one) => one.borough === tenant && isAbout(one));
  return {
    state: isUsed
      ? 'NOT_NEEDED'
      : answered.size >= required
        ? 'COMPLETE'
        : own.some(({ due }) => due >= 0)
          ? 'WAITING'
          : own.length > 0
            ? 'SHORT'
            : 'NOT_ASKED',
    required,
    received: received.map(({ shown }) => shown),
  };
}
