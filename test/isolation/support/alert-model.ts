import { knowledge, type ModelSharing, type ModelWorld } from './audience-model.js';
import { ORGANISATIONS } from './random-world.js';
import { said } from './said.js';

/** An event about a sharing of a random world, and for whom it is where it is not for the whole audience. */
export interface ModelEvent {
  readonly number: number;
  readonly kind: string;
  readonly recipients: readonly number[] | null;
}

const ODD = Array.from({ length: ORGANISATIONS }, (_, tenant) => tenant).filter((tenant) => tenant % 2 === 1);

/** That something is there, that it is over, and that some are told of a change. */
const KINDS = {
  FLAG: { there: 'FLAG_RAISED', gone: 'FLAG_WITHDRAWN', changed: 'FLAG_RESOLVED' },
  INTELLIGENCE: { there: 'INTELLIGENCE_SHARED', gone: 'INTELLIGENCE_WITHDRAWN', changed: 'INTELLIGENCE_CHANGED' },
  // Who gains sight of a hold is told of it as of a new one.
  HOLD: { there: 'HOLD_STARTED', gone: 'HOLD_LIFTED', changed: 'HOLD_STARTED' },
  VISIT: { there: 'VISIT_SHARED', gone: 'VISIT_WITHDRAWN', changed: 'VISIT_CHANGED' },
} as const;

/** What is told of a world: of each thing that it is there, to some that it changed, and to one that it is gone. */
export const eventsOf = ({ sharings }: ModelWorld): ModelEvent[] =>
  sharings.flatMap(({ kind, ended }, number) => {
    if (kind === 'DUE_DILIGENCE') return [];
    const { there, gone, changed } = KINDS[kind];
    return [
      { number, kind: ended ? gone : there, recipients: null },
      { number, kind: changed, recipients: ODD },
      { number, kind: 'ACCESS_ENDED', recipients: [number % ORGANISATIONS] },
    ];
  });

/** What comes on every stream of a tenant, a line for each event. */
export const streamOf = (world: ModelWorld, tenant: number): string[] =>
  toldOf(world, tenant).map(({ event, sharing }) => {
    // Whoever lost it is told its id, whatever else they may see.
    const shown = event.kind === 'ACCESS_ENDED' ? withheld(sharing) : shownOf(world, sharing, tenant);
    return `${event.kind} ${event.number}${placeOf(sharing)}: ${shown}`;
  });

/** What stands in the inbox of somebody of a tenant, who reads it later: as they may see it then. */
export const inboxOf = (world: ModelWorld, tenant: number): string[] =>
  toldOf(world, tenant).map(({ event, sharing }) => {
    const shown = shownOf(world, sharing, tenant);
    return `${event.kind} ${shown === 'nothing' ? '?' : event.number}${placeOf(sharing)}: ${shown}`;
  });

interface ToldEvent {
  readonly event: ModelEvent;
  readonly sharing: ModelSharing;
}

function toldOf(world: ModelWorld, tenant: number): ToldEvent[] {
  if (world.suspended[tenant]) return [];
  return eventsOf(world).flatMap((event) => {
    const sharing = world.sharings[event.number];
    if (sharing === undefined || event.recipients?.includes(tenant) === false) return [];
    const isTold = event.kind === 'ACCESS_ENDED' || shownOf(world, sharing, tenant) !== 'nothing';
    return isTold ? [{ event, sharing }] : [];
  });
}

/**
 * Of a flag its summary, of a hold its reason, and whose it is; of an item no word, and of a visit what came of it. Of
 * flags and holds some are told that they are there; of the others nobody is.
 */
function shownOf(world: ModelWorld, sharing: ModelSharing, tenant: number): string {
  const known = knowledge(world, sharing, tenant);
  const hasOwner = HAVE_OWNERS.has(sharing.kind);
  if (known === 'nothing' || (known === 'existence' && !hasOwner)) return 'nothing';
  const isNamed = known === 'all' && (sharing.owner === tenant || !sharing.anonymous);
  const time = isNamed ? ', timed' : '';
  if (sharing.kind === 'INTELLIGENCE') return `${LABEL[sharing.level]}${time}`;
  if (sharing.kind === 'VISIT')
    return `${sharing.ended && sharing.owner !== tenant ? null : 'EXPECTATIONS_MET'}${time}`;
  const words = sharing.kind === 'HOLD' ? said('hold', world.sharings.indexOf(sharing)) : 'Summary';
  return `${known === 'all' ? words : null} by ${isNamed ? sharing.owner : 'nobody'}${time}`;
}

/** Classes of which an alert says whose a thing is. */
const HAVE_OWNERS = new Set(['FLAG', 'HOLD']);

const withheld = ({ kind }: ModelSharing): string => (HAVE_OWNERS.has(kind) ? 'null by nobody' : 'null');

const placeOf = ({ provider, home }: ModelSharing): string => ` at ${provider} ${home}`;

/** The Traffic Light Protocol's label of each level, as packages/intelligence/README.md says. */
const LABEL = { OWN_BOROUGH: 'AMBER_STRICT', NAMED: 'RED', BOROUGHS_CONCERNED: 'AMBER', ALLIANCE: 'GREEN' } as const;
