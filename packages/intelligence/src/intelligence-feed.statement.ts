import {
  agreedAndConsented,
  audience,
  consented,
  disclosed,
  FEED,
  grants,
  groundsOfBranches,
  hasToDoWith,
  IS_UNDER_AGREEMENT,
} from '@accord/access';
import { TENANT, type Select } from '@accord/persistence';

/** A condition on `sharing s` or on `intelligence_item i`, with its values. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/** So many providers are looked at one by one; of more, some item is always near the head of the feed. */
const FEW_PROVIDERS = 64;

/** A place in the feed: the day of the sharing, and the id. */
export type Place = readonly [sharedOn: string, id: string];

/** What to look for: conditions on `sharing s`, the place after which to begin, and how many. */
export interface Looking {
  readonly narrowed: readonly Condition[];
  readonly from: Place | null;
  readonly limit: number;
}

/** What the audience role finds of an item: where it stands in the feed, and what and whose it is. */
export interface Placed {
  readonly id: string;
  readonly shared_on: string;
  readonly provider_id: string;
  readonly home_id: string | null;
  readonly owner_id: string;
}

const COLUMNS = 's.id, s.shared_on, s.provider_id, s.home_id, s.owner_id';
const FOUND = 'id, shared_on::text, provider_id, home_id, owner_id';

export const FEED_OF_S = FEED.replace('kind', 's.kind').replace('ended_at', 's.ended_at');

/** What stands about one provider or home is read off its own index; how much there is does not depend on the rest. */
export function aboutOne(looking: Looking): Select {
  return {
    sql: `select ${FOUND} from (${branch(audience('s', TENANT), looking)}) found order by found.shared_on desc, id desc`,
    values: valuesOf(looking),
  };
}

/**
 * The ways in which an item comes to be visible, each read off an index in the feed's order and no further than a
 * page: the time grows neither with the number of items nor with that of tenants.
 * @param mine only the caller's own, or only others'; both where undefined.
 */
export function visible(looking: Looking, mine: boolean | undefined): Select {
  const own = branch(`s.owner_id = ${TENANT}`, looking);
  const branches = mine === true ? [own] : [...(mine === false ? [] : [own]), ...branchesOfOthers(looking)];
  return {
    sql: `with ${groundsOfBranches('INTELLIGENCE')}
      select ${FOUND} from (
        select distinct shared_on, id, provider_id, home_id, owner_id from (${branches.map((one) => `(${one})`).join(' union all ')}) branch
        order by shared_on desc, id desc limit ${looking.limit}
      ) found order by found.shared_on desc, id desc`,
    values: branches.flatMap(() => valuesOf(looking)),
  };
}

function branchesOfOthers(looking: Looking): string[] {
  const concerned = `s.level = 'BOROUGHS_CONCERNED' and ${hasToDoWith('s')} and ${agreedAndConsented('s')}`;
  return [
    branch(`s.level = 'ALLIANCE' and ${IS_UNDER_AGREEMENT} and ${agreedAndConsented('s')}`, looking),
    `select found.* from (select distinct provider_id from concern) mine cross join lateral (
       ${branch(`s.provider_id = mine.provider_id and ${concerned}`, looking)}
     ) found where (select count(*) from concern) <= ${FEW_PROVIDERS} and ${IS_UNDER_AGREEMENT}`,
    branch(`${concerned} and (select count(*) from concern) > ${FEW_PROVIDERS} and ${IS_UNDER_AGREEMENT}`, looking),
    namedBranch(`n.organisation_id = ${TENANT}`, looking),
    `select found.* from group_of_mine g cross join lateral (${namedBranch('n.group_id = g.id', looking)}) found`,
    groundBranch(grants(TENANT), agreedAndConsented('s'), looking),
    groundBranch(disclosed(TENANT), consented('s'), looking),
  ];
}

const branch = (where: string, looking: Looking): string =>
  `select ${COLUMNS} from sharing s where ${all([FEED_OF_S, where], looking, ['s.shared_on', 's.id'])}`;

const namedBranch = (names: string, looking: Looking): string =>
  `select ${COLUMNS} from sharing_named n join sharing s on s.id = n.sharing_id and s.owner_id = n.owner_id
   where ${all([names, FEED_OF_S, `s.level = 'NAMED'`, agreedAndConsented('s')], looking, ['n.shared_on', 'n.sharing_id'])}`;

/** What is granted or disclosed to the tenant: as much as it asked for, which is little. */
const groundBranch = (ground: string, where: string, looking: Looking): string =>
  `select ${COLUMNS} from (${ground}) g join sharing s on s.id = g.sharing_id and s.owner_id = g.owner_id
   where ${all([FEED_OF_S, where], looking, ['s.shared_on', 's.id'])}`;

/** @param place the columns in whose order, newest first, what is looked for is read and beyond which it begins. */
function all(where: readonly string[], { narrowed, from, limit }: Looking, place: readonly [string, string]): string {
  const beyond = from === null ? [] : [`(${place.join(', ')}) < (?::date, ?::uuid)`];
  const conditions = [...where, ...narrowed.map((condition) => condition.sql), ...beyond];
  return `${conditions.join(' and ')} order by ${place.map((column) => `${column} desc`).join(', ')} limit ${limit}`;
}

const valuesOf = ({ narrowed, from }: Looking): unknown[] => [
  ...narrowed.flatMap((condition) => condition.values),
  ...(from ?? []),
];
