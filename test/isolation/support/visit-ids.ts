import { exampleId } from '@accord/infra';
import { hiddenGroup, PUBLIC as PUBLIC_ID, type Hidden } from './hidden.js';
import type { List } from './hidden-agreements.js';
import type { Scene } from './scene.js';
import { newVisit, type VisitRows } from './visit-scene.js';
import { COURT, GROUP, JUNIPERFIELD, JUNIPERWOOD } from './world.js';

/** Visits of Brent's that Ealing, outside the agreement, and in part Barnet may not know of. */
const hiddenVisits = async (scene: Scene): Promise<string[]> => [
  (await newVisit(scene, { state: 'DRAFT' })).id,
  (await newVisit(scene, { level: 'OWN_BOROUGH' })).id,
  (await newVisit(scene, { level: 'NAMED', named: [{ borough: 'barnet' }] })).id,
  (await newVisit(scene, { disclosed: [{ to: 'ealing', ended: true }] })).id,
  (await newVisit(scene, { state: 'WITHDRAWN' })).id,
];

const visit = (at: string, who = 'ealing QUALITY'): Hidden => ({ who, at, ids: hiddenVisits });

const finding: Hidden = {
  who: 'barnet QUALITY',
  at: 'input.findingId',
  ids: async (scene) => {
    const { draft: written, replied } = await newVisit(scene);
    const hidden: VisitRows = await newVisit(scene, { level: 'OWN_BOROUGH' });
    return [written, replied, hidden.published];
  },
};

const action: Hidden = {
  who: 'ealing QUALITY',
  at: 'input.actionId',
  ids: async (scene) => [(await newVisit(scene)).open, (await newVisit(scene, { state: 'DRAFT' })).open],
};

/** Photos of Brent's that Barnet may not know of: kept in the borough, or of a visit that is not shared with it. */
const photo: Hidden = {
  who: 'barnet QUALITY',
  at: 'input.photoId',
  ids: async (scene) => {
    const { id, shown, kept } = await newVisit(scene);
    await scene.sql('update visitor_part set submitted_on = null where visit_id = $1', [id]);
    return [
      shown,
      kept,
      (await newVisit(scene)).kept,
      (await newVisit(scene, { level: 'OWN_BOROUGH' })).shown,
      (await newVisit(scene, { state: 'DRAFT' })).shown,
      (await newVisit(scene, { state: 'WITHDRAWN' })).shown,
    ];
  },
};

/** Another visitor's, of the same borough. */
const colleaguesPhoto = (at: string): Hidden => ({
  who: 'brent CARE_EXPERIENCED_VISITOR',
  at,
  ids: async (scene) => {
    const { shown, kept } = await newVisit(scene);
    return [shown, kept];
  },
});

const group: Hidden = {
  who: 'havering QUALITY',
  at: 'input.sharing.groupIds',
  ids: async (scene) => [GROUP, await hiddenGroup(scene)],
};

const colleague: Hidden = {
  who: 'havering QUALITY',
  at: 'input.visitorIds',
  ids: () => Promise.resolve([exampleId('principal', 'brent-visitor'), exampleId('principal', 'brent-quality')]),
};

export const VISIT_IDS: Readonly<Record<string, Hidden | typeof PUBLIC_ID>> = {
  'Mutation.addVisitorPhoto(input.visitId)': visit('input.visitId', 'barnet CARE_EXPERIENCED_VISITOR'),
  'Mutation.agreeAction(input.findingId)': { ...finding, who: 'havering QUALITY' },
  'Mutation.agreeAction(input.visitId)': visit('input.visitId'),
  'Mutation.askForReply(input.findingId)': finding,
  'Mutation.changeAction(input.actionId)': action,
  'Mutation.changeFinding(input.findingId)': finding,
  'Mutation.changeVisitSharing(input.sharing.boroughIds)': PUBLIC_ID,
  'Mutation.changeVisitSharing(input.sharing.groupIds)': group,
  'Mutation.changeVisitSharing(input.visitId)': visit('input.visitId'),
  'Mutation.completeAction(input.actionId)': action,
  'Mutation.dropFinding(input.findingId)': finding,
  'Mutation.openVisitorPhoto(input.photoId)': photo,
  'Mutation.publishFinding(input.findingId)': finding,
  'Mutation.recordFindingReply(input.findingId)': finding,
  'Mutation.removeVisitorPhoto(input.photoId)': colleaguesPhoto('input.photoId'),
  'Mutation.saveVisit(input.visitId)': visit('input.visitId'),
  'Mutation.saveVisit(input.visitorIds)': colleague,
  'Mutation.shareVisit(input.sharing.boroughIds)': PUBLIC_ID,
  'Mutation.shareVisit(input.sharing.groupIds)': group,
  'Mutation.shareVisit(input.visitId)': visit('input.visitId'),
  'Mutation.startVisit(input.homeId)': PUBLIC_ID,
  'Mutation.startVisit(input.providerId)': PUBLIC_ID,
  'Mutation.startVisit(input.templateId)': PUBLIC_ID,
  'Mutation.startVisit(input.visitorIds)': colleague,
  'Mutation.verifyAction(input.actionId)': action,
  'Mutation.withdrawVisit(input.visitId)': visit('input.visitId'),
  'Mutation.writeFinding(input.visitId)': visit('input.visitId'),
  'Mutation.writeVisitorPart(input.shownPhotoIds)': colleaguesPhoto('input.shownPhotoIds'),
  'Mutation.writeVisitorPart(input.visitId)': visit('input.visitId', 'barnet CARE_EXPERIENCED_VISITOR'),
  'Query.formTemplate(id)': PUBLIC_ID,
  'Query.visit(id)': visit('id'),
  'Query.visitFile(id)': visit('id'),
};

const inPlace = (type: 'home' | 'provider', id: string) => (after: string) =>
  `{ page: ${type}(id: "${id}") { visits(first: 1${after}) { pageInfo { endCursor } } } }`;

/** Lists with a cursor; there is a visit in each (`newVisit`). */
export const VISIT_LISTS: Readonly<Record<string, List>> = {
  'Home.visits(after)': {
    who: 'brent-placements',
    other: 'barnet-placements',
    page: inPlace('home', COURT),
    otherwise: inPlace('provider', JUNIPERFIELD),
  },
  'Provider.visits(after)': {
    who: 'brent-placements',
    other: 'barnet-placements',
    page: inPlace('provider', JUNIPERFIELD),
    otherwise: inPlace('provider', JUNIPERWOOD),
  },
  'Query.visits(after)': {
    who: 'brent-placements',
    other: 'barnet-placements',
    page: (after) => `{ page: visits(first: 1${after}) { pageInfo { endCursor } } }`,
    otherwise: (after) => `{ page: visits(first: 1${after}, state: SHARED) { pageInfo { endCursor } } }`,
  },
};
