import { knowledge, type ModelSharing, type ModelWorld } from './audience-model.js';

/** What an item of a random world says: nothing any more once it was withdrawn. */
export const summaryOf = ({ ended }: ModelSharing, number: number): string | null =>
  ended ? null : `Summary ${number}${isOdd(number) ? ' odd' : ''}`;
export const detailOf = ({ ended }: ModelSharing, number: number): string | null => (ended ? null : `Detail ${number}`);

const isOdd = (number: number): boolean => number % 2 === 1;

/**
 * What each surface says to a tenant of a world, a line for each thing: out of who may know, in the words of the
 * rules. A withdrawn item is in no list, and is there by its id without its text; what somebody else has to consent to
 * is not handed out; an owner that stays anonymous is nobody to others.
 */
export function surfacesOf(world: ModelWorld, tenant: number): string[] {
  if (world.suspended[tenant]) return ['look UNAUTHENTICATED', 'read UNAUTHENTICATED'];
  const known = itemsOf(world).filter(({ sharing }) => knowledge(world, sharing, tenant) === 'all');
  const live = known.filter(({ sharing }) => !sharing.ended);
  const show = ({ sharing, number }: Item) =>
    `${number} of ${ownerShown(sharing, tenant)}: ${summaryOf(sharing, number)}`;
  const detailed = (item: Item) => `${show(item)}, ${detailOf(item.sharing, item.number)}`;
  return [
    ...live.map((item) => `list ${show(item)}`),
    ...live.filter(({ number }) => isOdd(number)).map((item) => `search ${show(item)}`),
    ...live.filter(({ sharing }) => sharing.owner !== tenant).map((item) => `others ${show(item)}`),
    ...live.filter(({ sharing }) => sharing.home === 0).map((item) => `home ${show(item)}`),
    ...[0, 1].flatMap((provider) => {
      const about = live.filter(({ sharing }) => sharing.provider === provider);
      return [`provider ${provider} has ${about.length}`, ...about.map((item) => `provider ${provider} ${show(item)}`)];
    }),
    ...known.map((item) => `open ${detailed(item)}`),
    ...live.filter(({ sharing }) => sharing.consent === null).map((item) => `export ${detailed(item)}`),
    ...known.map(
      (item) => `item ${show(item)}, ${item.sharing.owner === tenant ? detailOf(item.sharing, item.number) : null}`,
    ),
    ...known
      .filter(({ sharing }) => sharing.owner === tenant)
      .flatMap((item) => readsOf(world, item).map((read) => `readers ${read}`)),
    ...logOf(world, tenant),
    ...world.sharings.flatMap((_, number) =>
      known.some((item) => item.number === number) ? [] : [`open ${number} NOT_FOUND`, `item ${number} NOT_FOUND`],
    ),
  ].toSorted();
}

/** Whom the answers to a tenant may name, wherever in them: itself, whose items it is shown, and who read its own. */
export const namedTo = (world: ModelWorld, tenant: number): Set<number> => {
  const items = itemsOf(world).filter(({ sharing }) => knowledge(world, sharing, tenant) === 'all');
  const own = items.filter(({ sharing }) => sharing.owner === tenant);
  return new Set([
    tenant,
    ...items.flatMap(({ sharing }) => (sharing.anonymous ? [] : [sharing.owner])),
    ...own.flatMap(({ sharing }) => readersOf(world, sharing)),
  ]);
};

interface Item {
  readonly sharing: ModelSharing;
  readonly number: number;
}

const itemsOf = ({ sharings }: ModelWorld): Item[] =>
  sharings.map((sharing, number) => ({ sharing, number })).filter(({ sharing }) => sharing.kind === 'INTELLIGENCE');

const ownerShown = ({ owner, anonymous }: ModelSharing, tenant: number): string =>
  anonymous && owner !== tenant ? 'nobody' : String(owner);

/** Everybody reads all that they can, but for their own and while they are suspended. */
const readersOf = (world: ModelWorld, sharing: ModelSharing): number[] =>
  world.suspended.flatMap((isSuspended, tenant) =>
    isSuspended || tenant === sharing.owner || knowledge(world, sharing, tenant) !== 'all' ? [] : [tenant],
  );

/** Who read an item in which way: once its summary, once its detail, and an export with it. */
const readsOf = (world: ModelWorld, { sharing, number }: Item): string[] =>
  readersOf(world, sharing).flatMap((reader) => {
    const kinds = ['DETAIL', ...(sharing.ended ? [] : ['SUMMARY', ...(sharing.consent === null ? ['EXPORT'] : [])])];
    return kinds.map((kind) => `${number} ${kind} by ${reader}`);
  });

/** A borough hands out its log; the alliance has nobody with the role for it. */
const logOf = (world: ModelWorld, tenant: number): string[] =>
  tenant === 0
    ? ['log FORBIDDEN']
    : itemsOf(world)
        .filter(({ sharing }) => sharing.owner === tenant)
        .flatMap((item) => readsOf(world, item).map((read) => `log ${read}`));
