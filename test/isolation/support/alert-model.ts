import { knowledge, type ModelSharing, type ModelWorld } from './audience-model.js';
import { ORGANISATIONS } from './random-world.js';

/** An event about a sharing of a random world, and for whom it is where it is not for the whole audience. */
export interface ModelEvent {
  readonly number: number;
  readonly kind: string;
  readonly recipients: readonly number[] | null;
}

const ODD = Array.from({ length: ORGANISATIONS }, (_, tenant) => tenant).filter((tenant) => tenant % 2 === 1);

/** What is told of a world: of each flag and item that it is there, to some that it changed, and to one that it is gone. */
export const eventsOf = ({ sharings }: ModelWorld): ModelEvent[] =>
  sharings.flatMap(({ kind, ended }, number) => {
    if (kind !== 'FLAG' && kind !== 'INTELLIGENCE') return [];
    const [there, gone, changed] =
      kind === 'FLAG'
        ? ['FLAG_RAISED', 'FLAG_WITHDRAWN', 'FLAG_RESOLVED']
        : ['INTELLIGENCE_SHARED', 'INTELLIGENCE_WITHDRAWN', 'INTELLIGENCE_CHANGED'];
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

/** Of a flag its summary and who raised it; of an item no word, and of that it may be asked for nothing at all. */
function shownOf(world: ModelWorld, sharing: ModelSharing, tenant: number): string {
  const known = knowledge(world, sharing, tenant);
  if (known === 'nothing' || (known === 'existence' && sharing.kind === 'INTELLIGENCE')) return 'nothing';
  const isNamed = known === 'all' && (sharing.owner === tenant || !sharing.anonymous);
  const time = isNamed ? ', timed' : '';
  if (sharing.kind === 'INTELLIGENCE') return `${LABEL[sharing.level]}${time}`;
  return `${known === 'all' ? 'Summary' : null} by ${isNamed ? sharing.owner : 'nobody'}${time}`;
}

const withheld = ({ kind }: ModelSharing): string => (kind === 'INTELLIGENCE' ? 'null' : 'null by nobody');

const placeOf = ({ provider, home }: ModelSharing): string => ` at ${provider} ${home}`;

/** The Traffic Light Protocol's label of each level, as packages/intelligence/README.md says. */
const LABEL = { OWN_BOROUGH: 'AMBER_STRICT', NAMED: 'RED', BOROUGHS_CONCERNED: 'AMBER', ALLIANCE: 'GREEN' } as const;
