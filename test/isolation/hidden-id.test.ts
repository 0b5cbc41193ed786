import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { providerId } from '@accord/infra';
import { newId } from '@accord/kernel';
import type { TestClient } from '@accord/testkit';
import { newDisclosure } from './support/agreement-operation.js';
import { AGREEMENT_LISTS, type List } from './support/hidden-agreements.js';
import { newLink } from './support/due-diligence-rows.js';
import { DUE_DILIGENCE_LISTS } from './support/hidden-due-diligence.js';
import { IDS, openedItem } from './support/hidden-ids.js';
import { OPERATIONS, type OperationCase } from './support/operation.js';
import { refusalRow } from './support/agreement-rows.js';
import { SCHEDULE_LISTS } from './support/schedule-operation.js';
import { placesOf, withAt } from './support/place.js';
import { newSavedCheck } from './support/placement-operation.js';
import { newReturns, PLACEMENT_RETURN_LISTS } from './support/placement-return-operation.js';
import { recordRows } from './support/record-operation.js';
import { newRequest } from './support/reference-operation.js';
import { importRows } from './support/regulator-operation.js';
import { Scene } from './support/scene.js';
import { SCHEMA } from './support/selection.js';
import { newUseImport, useLists } from './support/use-operation.js';
import { newTwins } from './support/twins.js';
import { VISIT_LISTS } from './support/visit-ids.js';
import { newVisit } from './support/visit-scene.js';
import { GROUP, TENANT } from './support/world.js';

const IMPORT_ID = newId();

const HIDDEN = Object.entries(IDS).flatMap(([place, hidden]) =>
  typeof hidden === 'string' ? [] : [{ place, ...hidden }],
);

let scene: Scene;
/** An item of Brent's that Barnet has opened. */
let read: string;
let useImportId: string;

beforeAll(async () => {
  scene = await Scene.start();
  for (const [table, row] of importRows(IMPORT_ID)) await scene.insert(table, row);
  await newTwins(scene);
  await newDisclosure(scene);
  await scene.insert('sharing_refusal', refusalRow(TENANT.brent));
  await newLink(scene);
  for (const [table, row] of recordRows(newId(), TENANT.brent)) await scene.insert(table, row);
  read = await openedItem(scene);
  useImportId = await newUseImport(scene);
  await newReturns(scene);
  await newVisit(scene);
  await newVisit(scene);
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
    const isList = ['ids', 'input.reliedOn', 'input.sharing.groupIds', 'input.shownPhotoIds'].includes(at);
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
      at === 'ids' || at.startsWith('filter.') ? /unreadCount|readLog|revokeCalendarFeeds/ : /NOT_FOUND|BAD_USER_INPUT/,
    );
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

/** Lists with a cursor. */
const LISTS: Readonly<Record<string, List>> = {
  ...AGREEMENT_LISTS,
  ...DUE_DILIGENCE_LISTS,
  ...useLists(() => useImportId),
  ...PLACEMENT_RETURN_LISTS,
  ...VISIT_LISTS,
  ...SCHEDULE_LISTS,
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
  'Provider.holds(after)': {
    who: 'brent-placements',
    other: 'barnet-placements',
    page: (after) => inProvider('a0000000-0000-4000-8000-000000000001', 'holds', after),
    otherwise: (after) => inProvider('a0000000-0000-4000-8000-000000000002', 'holds', after),
  },
  'Provider.references(after)': {
    who: 'islington PLACEMENTS',
    other: 'barnet-placements',
    page: (after) => inProvider('a0000000-0000-4000-8000-000000000001', 'references', after),
    otherwise: (after) => inProvider('a0000000-0000-4000-8000-000000000002', 'references', after),
  },
  'Query.recordTombstones(after)': {
    who: 'brent-ig',
    other: 'barnet INFORMATION_GOVERNANCE',
    page: (after) => `{ page: recordTombstones(first: 1${after}) { pageInfo { endCursor } } }`,
    otherwise: (after) => `{ page: readLog(first: 1${after}) { pageInfo { endCursor } } }`,
  },
  'Query.savedPlacementChecks(after)': {
    who: 'brent-placements',
    other: 'barnet-placements',
    page: (after) => `{ page: savedPlacementChecks(first: 1${after}) { pageInfo { endCursor } } }`,
    otherwise: (after) => `{ page: providers(first: 1${after}) { pageInfo { endCursor } } }`,
  },
  'Query.referenceRequests(after)': {
    who: 'islington PLACEMENTS',
    other: 'barnet-placements',
    page: (after) => `{ page: referenceRequests(first: 1${after}) { pageInfo { endCursor } } }`,
    otherwise: (after) => `{ page: providers(first: 1${after}) { pageInfo { endCursor } } }`,
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
      await scene.hold();
      await newSavedCheck(scene);
      await newRequest(scene, { asked: { brent: 'ANSWERED' } });
      await scene.item();
      await scene.accessRequest();
      const [mine, theirs] = [await scene.caller(who), await scene.caller(other ?? who)];
      const { text } = await mine.send(page(''));
      const cursor = /"endCursor":"([^"]+)"/.exec(text)?.[1] ?? '';
      const after = (value: string) => `, after: "${value}"`;
      expect((await mine.send(page(after(cursor)))).errors).toBeUndefined();
      const never = Buffer.alloc(Buffer.from(cursor, 'base64url').length, 7).toString('base64url');
      const absent = await answer(theirs, page(after(never)), {}, never);
      expect(absent).toContain(closed ?? 'BAD_USER_INPUT');
      const foreign = other === null ? absent : await answer(theirs, page(after(cursor)), {}, cursor);
      expect(foreign).toBe(absent);
      expect(await answer(mine, otherwise(after(cursor)), {}, cursor)).toBe(
        await answer(mine, otherwise(after(never)), {}, never),
      );
    },
  );
});
