import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { providerId } from '@accord/infra';
import { newId } from '@accord/kernel';
import type { TestClient } from '@accord/testkit';
import { newProposal } from './support/accreditation-file.js';
import { newDisclosure } from './support/agreement-operation.js';
import {
  AGREEMENT_IDS,
  AGREEMENT_LISTS,
  hiddenGroup,
  PUBLIC,
  type Hidden,
  type List,
} from './support/hidden-agreements.js';
import { OPERATIONS, type OperationCase } from './support/operation.js';
import { refusalRow } from './support/agreement-rows.js';
import { placesOf, withAt } from './support/place.js';
import { importRows } from './support/regulator-operation.js';
import { Scene } from './support/scene.js';
import { SCHEMA } from './support/selection.js';
import { newTwins } from './support/twins.js';
import { GROUP, TENANT } from './support/world.js';

/** Flags of Brent's that Camden, or Ealing that places there, may not know of. */
const hiddenFlags = async (scene: Scene): Promise<string[]> => [
  await scene.flag({ level: 'OWN_BOROUGH' }),
  await scene.flag({ level: 'NAMED', named: [{ borough: 'barnet' }], outcome: 'WITHDRAWN' }),
  await scene.flag({ outcome: 'RESOLVED' }),
];

const flag = (at: string, who = 'ealing QUALITY'): Hidden => ({ who, at, ids: hiddenFlags });
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

const STAFF = 'whoever may call it reads the whole of the alliance’s own';

/** Every place where a client can put an id. */
const IDS: Readonly<Record<string, Hidden | typeof PUBLIC | typeof STAFF>> = {
  ...AGREEMENT_IDS,
  'Mutation.acknowledgeFlag(input.flagId)': flag('input.flagId'),
  'Mutation.addHome(input.providerId)': PUBLIC,
  'Mutation.approveAccreditationDecision(input.decisionId)': STAFF,
  'Mutation.assessAccreditationStage(input.providerId)': PUBLIC,
  'Mutation.changeFlagSharing(input.flagId)': flag('input.flagId'),
  'Mutation.changeFlagSharing(input.sharing.boroughIds)': PUBLIC,
  'Mutation.changeFlagSharing(input.sharing.groupIds)': group,
  'Mutation.changeHome(input.homeId)': PUBLIC,
  'Mutation.changeProvider(input.providerId)': PUBLIC,
  'Mutation.decideAccreditationAppeal(input.decisionId)': STAFF,
  'Mutation.declareUse(providerId)': PUBLIC,
  'Mutation.disablePrincipal(id)': principal('id'),
  'Mutation.enablePrincipal(id)': principal('id'),
  'Mutation.issueMachineKey(input.principalId)': principal('id'),
  'Mutation.markNotificationsRead(ids)': {
    who: 'barnet-placements',
    at: 'ids',
    ids: (scene) => scene.notifications('brent-placements'),
  },
  'Mutation.mergeProviders(input.accreditationOf)': PUBLIC,
  'Mutation.mergeProviders(input.keptId)': PUBLIC,
  'Mutation.mergeProviders(input.mergedId)': PUBLIC,
  'Mutation.proposeAccreditationDecision(input.providerId)': PUBLIC,
  'Mutation.putOffTellingProvider(input.decisionId)': STAFF,
  'Mutation.raiseFlag(input.homeId)': PUBLIC,
  'Mutation.raiseFlag(input.providerId)': PUBLIC,
  'Mutation.raiseFlag(input.sharing.boroughIds)': PUBLIC,
  'Mutation.raiseFlag(input.sharing.groupIds)': group,
  'Mutation.recordAccreditationAppeal(input.decisionId)': STAFF,
  'Mutation.recordAccreditationApplication(input.providerId)': PUBLIC,
  'Mutation.recordArrangement(input.providerId)': PUBLIC,
  'Mutation.recordPlacementNumber(input.homeId)': PUBLIC,
  'Mutation.recordPlacementNumber(input.providerId)': PUBLIC,
  'Mutation.recordProviderReply(input.decisionId)': STAFF,
  'Mutation.recordRegistration(input.homeId)': PUBLIC,
  'Mutation.recordRegistration(input.providerId)': PUBLIC,
  'Mutation.recordRegulatorNotice(input.registrationId)': PUBLIC,
  'Mutation.reinstateOrganisation(id)': PUBLIC,
  'Mutation.rejectAccreditationDecision(input.decisionId)': STAFF,
  'Mutation.resolveFlag(input.flagId)': flag('input.flagId'),
  'Mutation.revokeMachineKey(id)': {
    who: 'alliance-admin',
    at: 'id',
    ids: async (scene) => [(await scene.machine('brent', ['DASHBOARD'])).keyId],
  },
  'Mutation.setPrincipalRoles(id)': principal('id'),
  'Mutation.suspendAccreditationInterim(input.providerId)': PUBLIC,
  'Mutation.suspendOrganisation(id)': PUBLIC,
  'Mutation.tellProvider(input.decisionId)': STAFF,
  'Mutation.undoProviderMerge(input.mergeId)': STAFF,
  'Mutation.withdrawFlag(input.flagId)': flag('input.flagId'),
  'Query.accreditationDecision(id)': {
    who: 'brent-director',
    at: 'id',
    ids: async (scene) => [await newProposal(scene), await newProposal(scene, { told: true })],
  },
  'Query.flag(id)': flag('id'),
  'Query.home(id)': PUBLIC,
  'Query.previewProviderMerge(input.accreditationOf)': PUBLIC,
  'Query.previewProviderMerge(input.keptId)': PUBLIC,
  'Query.previewProviderMerge(input.mergedId)': PUBLIC,
  'Query.provider(id)': PUBLIC,
  'Query.regulatorImport(id)': STAFF,
  'Subscription.providerAlerts(filter.providerIds)': PUBLIC,
};

const IMPORT_ID = newId();

const HIDDEN = Object.entries(IDS).flatMap(([place, hidden]) =>
  typeof hidden === 'string' ? [] : [{ place, ...hidden }],
);

let scene: Scene;

beforeAll(async () => {
  scene = await Scene.start();
  for (const [table, row] of importRows(IMPORT_ID)) await scene.insert(table, row);
  await newTwins(scene);
  await newDisclosure(scene);
  await scene.insert('sharing_refusal', refusalRow(TENANT.brent));
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
    expect(absent).toMatch(at === 'ids' ? /unreadCount/ : /NOT_FOUND|BAD_USER_INPUT/);
  });

  it('of a group is one for whoever belongs to it, and then not refused', async () => {
    const { document, variables } = operationOf('Mutation.raiseFlag(');
    const sent = withAt(await variables(scene), 'input.sharing', { ...NAMED, groupIds: [GROUP] });
    expect((await (await scene.caller('barnet PLACEMENTS')).send(document, sent)).errors).toBeUndefined();
  });
});

function inFile(list: string): List {
  const of = (provider: string) => (after: string) =>
    `{ page: provider(id: "${providerId(provider)}") { accreditation { ${list}(first: 1${after}) { pageInfo { endCursor } } } } }`;
  return {
    who: 'brent-placements',
    other: 'barnet-placements',
    page: of('Tidewell Care Ltd'),
    otherwise: of('Lanternfield Supported Living Ltd'),
  };
}

/** A list of an import of the alliance's. */
const inImport = (list: string): List => ({
  who: 'alliance-lead',
  other: null,
  page: (after) =>
    `{ page: regulatorImport(id: "${IMPORT_ID}") { ${list}(first: 1${after}) { pageInfo { endCursor } } } }`,
  otherwise: (after) => `{ page: regulatorImports(first: 1${after}) { pageInfo { endCursor } } }`,
});

const LISTS: Readonly<Record<string, List>> = {
  ...AGREEMENT_LISTS,
  'Accreditation.assessments(after)': inFile('assessments'),
  'Accreditation.decisions(after)': inFile('decisions'),
  'Accreditation.history(after)': inFile('history'),
  'Query.regulatorImports(after)': {
    who: 'alliance-lead',
    other: null,
    page: (after) => `{ page: regulatorImports(first: 1${after}) { pageInfo { endCursor } } }`,
    otherwise: (after) => `{ page: providers(first: 1${after}) { pageInfo { endCursor } } }`,
  },
  'RegulatorImport.changes(after)': inImport('changes'),
  'RegulatorImport.findings(after)': inImport('findings'),
  'Query.likelyDuplicates(after)': {
    who: 'alliance-accreditation',
    other: 'alliance-lead',
    page: (after) => `{ page: likelyDuplicates(first: 1${after}) { pageInfo { endCursor } } }`,
    otherwise: (after) => `{ page: providers(first: 1${after}) { pageInfo { endCursor } } }`,
  },
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
  'Provider.homes(after)': {
    who: 'brent-placements',
    other: 'barnet-placements',
    page: (after) => inProvider('a0000000-0000-4000-8000-000000000001', 'homes', after),
    otherwise: (after) => inProvider('a0000000-0000-4000-8000-000000000002', 'homes', after),
  },
};

const inProvider = (id: string, list: string, after: string): string =>
  `{ page: provider(id: "${id}") { ${list}(first: 1${after}) { pageInfo { endCursor } } } }`;

describe('a foreign cursor', () => {
  it('is tried at every list; those of streams in subscription.test.ts', () => {
    const places = placesOf(SCHEMA, (name) => name === 'after');
    expect(places).toEqual([...Object.keys(LISTS), 'Subscription.providerAlerts(after)'].toSorted());
  });

  it.each(Object.entries(LISTS))(
    'of %s is answered like one that never was',
    async (_place, { who, other, page, otherwise }) => {
      await scene.flag();
      const [mine, theirs] = [await scene.caller(who), await scene.caller(other ?? who)];
      const { text } = await mine.send(page(''));
      const cursor = /"endCursor":"([^"]+)"/.exec(text)?.[1] ?? '';
      const after = (value: string) => `, after: "${value}"`;
      expect((await mine.send(page(after(cursor)))).errors).toBeUndefined();
      const never = Buffer.alloc(Buffer.from(cursor, 'base64url').length, 7).toString('base64url');
      const absent = await answer(theirs, page(after(never)), {}, never);
      expect(absent).toContain('BAD_USER_INPUT');
      const foreign = other === null ? absent : await answer(theirs, page(after(cursor)), {}, cursor);
      expect(foreign).toBe(absent);
      expect(await answer(mine, otherwise(after(cursor)), {}, cursor)).toBe(
        await answer(mine, otherwise(after(never)), {}, never),
      );
    },
  );
});
