import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@accord/kernel';
import type { TestClient } from '@accord/testkit';
import { OPERATIONS, type OperationCase } from './support/operation.js';
import { placesOf, withAt } from './support/place.js';
import { Scene } from './support/scene.js';
import { SCHEMA } from './support/selection.js';
import { GROUP, TENANT } from './support/world.js';

/** What is hidden behind an id, and who must not be able to tell it from one that never was. */
interface Hidden {
  readonly who: string;
  /** The path of the id in the operation's variables. */
  readonly at: string;
  /** Ids of things that are there and hidden from them, in every way in which they can be. */
  readonly ids: (scene: Scene) => Promise<string[]>;
}

/** Flags of Brent's that Camden, or Ealing that places there, may not know of. */
const hiddenFlags = async (scene: Scene): Promise<string[]> => [
  await scene.flag({ level: 'OWN_BOROUGH' }),
  await scene.flag({ level: 'NAMED', named: [{ borough: 'barnet' }], outcome: 'WITHDRAWN' }),
  await scene.flag({ outcome: 'RESOLVED' }),
];

const flag = (at: string, who = 'ealing QUALITY'): Hidden => ({ who, at, ids: hiddenFlags });
/** Items of Brent's that Ealing, outside the agreement, may not know of, whatever way they are shared. */
const hiddenItems = async (scene: Scene): Promise<string[]> => [
  await scene.item({ level: 'OWN_BOROUGH' }),
  await scene.item({ level: 'OWN_BOROUGH', consent: [] }),
  await scene.item({ level: 'NAMED', named: [{ borough: 'barnet' }] }),
  await scene.item({ withdrawn: true }),
  await scene.item({ mayBeAskedFor: true }),
  await scene.item({ granted: [{ to: 'ealing', state: 'ended', urgent: true }] }),
  await scene.flag(),
];

/** Barnet's own officer finds in Barnet's log nothing of Brent's items, nor of who reads there. */
const theirLog = (at: string): Hidden => ({
  who: 'barnet INFORMATION_GOVERNANCE',
  at,
  ids: async (scene) => [
    read,
    ...(await scene.sql<{ id: string }>('select reader_id as id from read_log_entry where item_id = $1', [read])).map(
      (row) => row.id,
    ),
  ],
});

const item = (at: string, who = 'ealing QUALITY'): Hidden => ({ who, at, ids: hiddenItems });
const principal = (at: string): Hidden => ({
  who: 'alliance-admin',
  at,
  ids: async (scene) => [(await scene.machine('brent', ['DASHBOARD'])).principalId],
});
/** Havering has left the one group, and never was in the other. */
const group: Hidden = {
  who: 'havering PLACEMENTS',
  at: 'input.sharing.groupIds',
  ids: async (scene) => [GROUP, await hiddenGroup(scene)],
};

async function hiddenGroup(scene: Scene): Promise<string> {
  const id = newId();
  await scene.insert('borough_group', { id, keeper_id: TENANT.brent, name: 'Brent and Barnet' });
  return id;
}

const PUBLIC = 'providers, homes and organisations are open to every member';

const disclosure = (at: string): Hidden => ({
  who: 'barnet INFORMATION_GOVERNANCE',
  at,
  ids: async (scene) => [await scene.disclosureRequest()],
});

/** The safeguarding lead, who alone may, sees every pattern. */
const LEADS = PUBLIC;

/** Every place where a client can put an id. */
const IDS: Readonly<Record<string, Hidden | typeof PUBLIC>> = {
  'Mutation.acknowledgeFlag(input.flagId)': flag('input.flagId'),
  'Mutation.addHome(input.providerId)': PUBLIC,
  'Mutation.changeFlagSharing(input.flagId)': flag('input.flagId'),
  'Mutation.changeFlagSharing(input.sharing.boroughIds)': PUBLIC,
  'Mutation.changeFlagSharing(input.sharing.groupIds)': group,
  'Mutation.changeHome(input.homeId)': PUBLIC,
  'Mutation.changeIntelligenceSharing(input.consentedBoroughIds)': PUBLIC,
  'Mutation.changeIntelligenceSharing(input.itemId)': item('input.itemId'),
  'Mutation.changeIntelligenceSharing(input.sharing.boroughIds)': PUBLIC,
  'Mutation.changeIntelligenceSharing(input.sharing.groupIds)': group,
  'Mutation.changeProvider(input.providerId)': PUBLIC,
  'Mutation.answerConsultation(input.consultationId)': {
    who: 'brent-ig',
    at: 'input.consultationId',
    ids: async (scene) => [await scene.consultation()],
  },
  'Mutation.answerPattern(input.reviewId)': {
    who: 'brent-placements',
    at: 'input.reviewId',
    ids: async (scene) => [await scene.pattern('FOUND')],
  },
  'Mutation.askPatternOwners(input.reviewId)': LEADS,
  'Mutation.closePattern(input.reviewId)': LEADS,
  'Mutation.releasePattern(input.reviewId)': LEADS,
  'Mutation.consultOriginators(requestId)': disclosure('id'),
  'Mutation.decideDisclosureRequest(input.requestId)': disclosure('input.requestId'),
  'Mutation.answerAccessRequest(input.requestId)': {
    who: 'camden QUALITY',
    at: 'input.requestId',
    ids: async (scene) => [await scene.accessRequest(), await scene.accessRequest(true)],
  },
  'Mutation.askForIntelligence(input.itemId)': {
    who: 'ealing PLACEMENTS',
    at: 'input.itemId',
    ids: async (scene) => [
      ...(await hiddenItems(scene)),
      await scene.item({ level: 'OWN_BOROUGH', mayBeAskedFor: true, consent: [] }),
    ],
  },
  'Mutation.confirmIntelligence(input.itemId)': item('input.itemId'),
  'Mutation.corroborateIntelligence(input.itemId)': item('input.itemId'),
  'Mutation.decideCorrection(input.correctionId)': {
    who: 'havering QUALITY',
    at: 'input.correctionId',
    ids: async (scene) => [await scene.correction()],
  },
  'Mutation.exportIntelligence(input.filter.homeId)': PUBLIC,
  'Mutation.exportIntelligence(input.filter.providerId)': PUBLIC,
  'Mutation.holdIntelligence(input.itemId)': item('input.itemId', 'ealing INFORMATION_GOVERNANCE'),
  'Mutation.openSealedCopy(id)': {
    who: 'barnet INFORMATION_GOVERNANCE',
    at: 'id',
    ids: async (scene) => [await scene.reliedCopy()],
  },
  'Mutation.passOnAccessRequest(id)': {
    who: 'alliance-safeguarding',
    at: 'id',
    ids: async (scene) => [await scene.accessRequest()],
  },
  'Mutation.proposeCorrection(input.itemId)': item('input.itemId'),
  'Mutation.relyOnIntelligence(input.itemId)': item('input.itemId'),
  'Mutation.withdrawCorroboration(itemId)': item('id'),
  'Mutation.correctIntelligence(input.itemId)': item('input.itemId'),
  'Mutation.declareUse(providerId)': PUBLIC,
  'Mutation.disablePrincipal(id)': principal('id'),
  'Mutation.enablePrincipal(id)': principal('id'),
  'Mutation.issueMachineKey(input.principalId)': principal('id'),
  'Mutation.markNotificationsRead(ids)': {
    who: 'barnet-placements',
    at: 'ids',
    ids: (scene) => scene.notifications('brent-placements'),
  },
  'Mutation.openIntelligence(id)': item('id'),
  'Mutation.raiseFlag(input.homeId)': PUBLIC,
  'Mutation.raiseFlag(input.providerId)': PUBLIC,
  'Mutation.raiseFlag(input.sharing.boroughIds)': PUBLIC,
  'Mutation.raiseFlag(input.sharing.groupIds)': group,
  'Mutation.recordArrangement(input.providerId)': PUBLIC,
  'Mutation.recordIntelligence(input.homeId)': PUBLIC,
  'Mutation.recordIntelligence(input.policeOrigin.consentedBoroughIds)': PUBLIC,
  'Mutation.recordIntelligence(input.providerId)': PUBLIC,
  'Mutation.recordIntelligence(input.sharing.boroughIds)': PUBLIC,
  'Mutation.recordIntelligence(input.sharing.groupIds)': group,
  'Mutation.recordPlacementNumber(input.homeId)': PUBLIC,
  'Mutation.recordPlacementNumber(input.providerId)': PUBLIC,
  'Mutation.reinstateOrganisation(id)': PUBLIC,
  'Mutation.resolveFlag(input.flagId)': flag('input.flagId'),
  'Mutation.revokeMachineKey(id)': {
    who: 'alliance-admin',
    at: 'id',
    ids: async (scene) => [(await scene.machine('brent', ['DASHBOARD'])).keyId],
  },
  'Mutation.setPrincipalRoles(id)': principal('id'),
  'Mutation.suspendOrganisation(id)': PUBLIC,
  'Mutation.withdrawFlag(input.flagId)': flag('input.flagId'),
  'Mutation.withdrawIntelligence(input.itemId)': item('input.itemId'),
  'Query.flag(id)': flag('id'),
  'Query.home(id)': PUBLIC,
  'Query.intelligence(filter.homeId)': PUBLIC,
  'Query.intelligence(filter.providerId)': PUBLIC,
  'Query.intelligenceItem(id)': item('id'),
  'Query.previewAudience(input.homeId)': PUBLIC,
  'Query.previewAudience(input.providerId)': PUBLIC,
  'Query.previewAudience(input.sharing.boroughIds)': PUBLIC,
  'Query.previewAudience(input.sharing.groupIds)': group,
  'Query.readLog(filter.itemId)': theirLog('filter.itemId'),
  'Query.readLog(filter.readerId)': theirLog('filter.readerId'),
  'Query.readLogExport(filter.itemId)': theirLog('filter.itemId'),
  'Query.readLogExport(filter.readerId)': theirLog('filter.readerId'),
  'Query.provider(id)': PUBLIC,
  'Subscription.providerAlerts(filter.providerIds)': PUBLIC,
};

const HIDDEN = Object.entries(IDS).flatMap(([place, hidden]) => (hidden === PUBLIC ? [] : [{ place, ...hidden }]));

let scene: Scene;
/** An item of Brent's that Barnet has opened. */
let read: string;

beforeAll(async () => {
  scene = await Scene.start();
  read = await scene.item();
  const { document } = operationOf('Mutation.openIntelligence(');
  await (await scene.caller('barnet-placements')).data(document, { id: read });
});

afterAll(() => scene.stop());

const operationOf = (place: string): OperationCase => {
  const found = OPERATIONS.find(({ field }) => place.startsWith(`${field}(`));
  if (!found) throw new Error(`${place} belongs to no operation.`);
  return found;
};

/** The answer to the letter, without the request's own id and what was echoed. */
async function answer(
  client: TestClient,
  document: string,
  variables: Record<string, unknown>,
  echoed: string,
): Promise<string> {
  const { status, text } = await client.send(document, variables);
  return `${status} ${text.replaceAll(/"requestId":"[^"]*"/g, '').replaceAll(echoed, '')}`;
}

const NAMED = { level: 'NAMED', reason: 'They have to know.' };

describe('a hidden id', () => {
  it('is asked for in every place where an id can stand', () => {
    expect(Object.keys(IDS).toSorted()).toEqual(placesOf(SCHEMA, (_name, type) => type === 'ID'));
  });

  it.each(HIDDEN)('at $place is answered $who like one that never was', async ({ place, who, at, ids }) => {
    const { document, variables } = operationOf(place);
    const client = await scene.caller(who);
    const isList = at === 'ids' || at === 'input.sharing.groupIds';
    const send = async (id: string): Promise<string> => {
      // Of a flag's sharing, it is the caller's own flag that is re-shared.
      const sent = await variables(scene, { owner: 'havering' });
      const base = at === 'input.sharing.groupIds' ? withAt(sent, 'input.sharing', NAMED) : sent;
      return answer(client, document, withAt(base, at, isList ? [id] : id), id);
    };
    const hidden = await ids(scene);
    expect(hidden.length).toBeGreaterThan(0);
    const absent = await send(newId());
    for (const id of [...hidden, 'nobody', '', `${newId()} `]) expect(await send(id)).toBe(absent);
    // Of notifications, others’ and unknown ones are passed over.
    expect(absent).toMatch(
      at === 'ids' || at.startsWith('filter.') ? /unreadCount|readLog/ : /NOT_FOUND|BAD_USER_INPUT/,
    );
  });

  it('of a group is one for whoever belongs to it, and then not refused', async () => {
    const { document, variables } = operationOf('Mutation.raiseFlag(');
    const sent = withAt(await variables(scene), 'input.sharing', { ...NAMED, groupIds: [GROUP] });
    expect((await (await scene.caller('barnet PLACEMENTS')).send(document, sent)).errors).toBeUndefined();
  });
});

/** Lists with a cursor: how to ask for a page, and how to ask for the same list otherwise. */
const LISTS: Readonly<
  Record<
    string,
    {
      who: string;
      other: string;
      page: (after: string) => string;
      otherwise: (after: string) => string;
      /** What `other` is answered whatever the cursor. */
      closed?: string;
    }
  >
> = {
  'Query.providers(after)': {
    who: 'brent-placements',
    other: 'barnet-placements',
    page: (after) => `{ page: providers(first: 1${after}) { pageInfo { endCursor } } }`,
    otherwise: (after) =>
      `{ page: providers(first: 1${after}, filter: { usedByMyBorough: true }) { pageInfo { endCursor } } }`,
  },
  'Query.directory(after)': {
    who: 'brent-admin',
    other: 'barnet BOROUGH_ADMIN',
    page: (after) => `{ page: directory(first: 1${after}) { pageInfo { endCursor } } }`,
    otherwise: (after) => `{ page: providers(first: 1${after}) { pageInfo { endCursor } } }`,
  },
  'Query.notifications(after)': {
    who: 'brent-placements',
    other: 'brent-director',
    page: (after) => `{ page: notifications(first: 1${after}) { pageInfo { endCursor } } }`,
    otherwise: (after) => `{ page: providers(first: 1${after}) { pageInfo { endCursor } } }`,
  },
  'Provider.flags(after)': {
    who: 'brent-placements',
    other: 'barnet-placements',
    page: (after) => inProvider('a0000000-0000-4000-8000-000000000001', 'flags', after),
    otherwise: (after) => inProvider('a0000000-0000-4000-8000-000000000002', 'flags', after),
  },
  'Query.intelligence(after)': {
    who: 'brent-placements',
    other: 'barnet-placements',
    page: (after) => `{ page: intelligence(first: 1${after}) { pageInfo { endCursor } } }`,
    otherwise: (after) => `{ page: intelligence(first: 1${after}, filter: { mine: true }) { pageInfo { endCursor } } }`,
  },
  'Provider.intelligence(after)': {
    who: 'brent-placements',
    other: 'barnet-placements',
    page: (after) => inProvider('a0000000-0000-4000-8000-000000000001', 'intelligence', after),
    otherwise: (after) => inProvider('a0000000-0000-4000-8000-000000000002', 'intelligence', after),
  },
  'Query.accessRequests(after)': {
    who: 'brent-placements',
    other: 'havering-quality',
    page: (after) => `{ page: accessRequests(first: 1${after}) { pageInfo { endCursor } } }`,
    otherwise: (after) => `{ page: intelligence(first: 1${after}) { pageInfo { endCursor } } }`,
  },
  'Query.readLog(after)': {
    who: 'brent-ig',
    other: 'barnet INFORMATION_GOVERNANCE',
    page: (after) => `{ page: readLog(first: 1${after}) { pageInfo { endCursor } } }`,
    otherwise: (after) =>
      `{ page: readLog(first: 1${after}, filter: { from: "2026-01-01" }) { pageInfo { endCursor } } }`,
  },
  'IntelligenceItem.readers(after)': {
    who: 'brent-placements',
    other: 'barnet-placements',
    closed: '"readers":null',
    page: (after) => inItem(after),
    otherwise: (after) => `{ page: intelligence(first: 1${after}) { pageInfo { endCursor } } }`,
  },
  'Provider.homes(after)': {
    who: 'brent-placements',
    other: 'barnet-placements',
    page: (after) => inProvider('a0000000-0000-4000-8000-000000000001', 'homes', after),
    otherwise: (after) => inProvider('a0000000-0000-4000-8000-000000000002', 'homes', after),
  },
};

/** The readers of an item whose log has one entry. */
const inItem = (after: string): string =>
  `{ page: intelligenceItem(id: "${read}") { readers(first: 1${after}) { pageInfo { endCursor } } } }`;

const inProvider = (id: string, list: string, after: string): string =>
  `{ page: provider(id: "${id}") { ${list}(first: 1${after}) { pageInfo { endCursor } } } }`;

describe('a foreign cursor', () => {
  it('is tried at every list; those of streams in subscription.test.ts', () => {
    const places = placesOf(SCHEMA, (name) => name === 'after');
    expect(places).toEqual([...Object.keys(LISTS), 'Subscription.providerAlerts(after)'].toSorted());
  });

  it.each(Object.entries(LISTS))(
    'of %s is answered like one that never was',
    async (_place, { who, other, page, otherwise, closed }) => {
      await scene.flag();
      await scene.item();
      await scene.accessRequest();
      const [mine, theirs] = [await scene.caller(who), await scene.caller(other)];
      const { text } = await mine.send(page(''));
      const cursor = /"endCursor":"([^"]+)"/.exec(text)?.[1] ?? '';
      const after = (value: string) => `, after: "${value}"`;
      expect((await mine.send(page(after(cursor)))).errors).toBeUndefined();
      const never = Buffer.alloc(Buffer.from(cursor, 'base64url').length, 7).toString('base64url');
      const absent = await answer(theirs, page(after(never)), {}, never);
      expect(absent).toContain(closed ?? 'BAD_USER_INPUT');
      expect(await answer(theirs, page(after(cursor)), {}, cursor)).toBe(absent);
      expect(await answer(mine, otherwise(after(cursor)), {}, cursor)).toBe(
        await answer(mine, otherwise(after(never)), {}, never),
      );
    },
  );
});
