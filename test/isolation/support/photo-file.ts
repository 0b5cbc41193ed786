import { newId } from '@accord/kernel';
import type { Answer, TestClient } from '@accord/testkit';
import type { Scene } from './scene.js';
import { everyField } from './selection.js';
import { newVisit } from './visit-scene.js';

/** A grey square of eight by eight pixels, as it is kept: pixels and nothing else. */
export const PIXELS = Buffer.from(
  '/9j/2wBDACgcHiMeGSgjISMtKygwPGRBPDc3PHtYXUlkkYCZlo+AjIqgtObDoKrarYqMyP/L2u71////m8H////6/+b9//j/2wBDASstLTw1PHZBQXb4pYyl+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj/wAARCAAIAAgDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAL/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFAEBAAAAAAAAAAAAAAAAAAAAAP/EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAMAwEAAhEDEQA/AJAB/9k=',
  'base64',
);
/** What a phone wrote into it: a comment of 24 bytes. */
export const PLACE = '51.5074 N 0.1278 W 14:35';
const COMMENT = Buffer.concat([Buffer.from([0xff, 0xfe, 0, PLACE.length + 2]), Buffer.from(PLACE)]);
const JPEG = Buffer.concat([PIXELS.subarray(0, 2), COMMENT, PIXELS.subarray(2)]);

/** A photo as a phone sends it. */
export const photo = (name = 'IMG_20261102_143501.jpg', content: Buffer = JPEG): File => new File([content], name);

export const PHOTO = everyField('VisitorPhoto');
const MINE = `visit { visitId version photos { ${PHOTO} } }`;
export const ADD_PHOTO = `mutation($input: AddVisitorPhotoInput!) { addVisitorPhoto(input: $input) { ${MINE} } }`;
export const REMOVE_PHOTO = `mutation($input: RemoveVisitorPhotoInput!) { removeVisitorPhoto(input: $input) { ${MINE} } }`;
export const OPEN_PHOTO = `mutation($input: OpenVisitorPhotoInput!) {
  openVisitorPhoto(input: $input) { url expiresAt photo { id } }
}`;

/** A photo as the graph shows it. */
export interface SeenPhoto {
  readonly id: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly scan: string;
  readonly addedOn: string;
  readonly shownToOthers: boolean;
}

interface Added {
  readonly addVisitorPhoto: { readonly visit: { readonly photos: readonly SeenPhoto[] } } | null;
}

/** Sends a photo as a phone does. */
export const addPhoto = (
  client: TestClient,
  visitId: string,
  more: { readonly file?: File; readonly nobodyIsRecognisable?: boolean; readonly idempotencyKey?: string } = {},
): Promise<Answer<Added>> =>
  client.send<Added>(ADD_PHOTO, {
    input: { visitId, file: photo(), nobodyIsRecognisable: true, idempotencyKey: newId(), ...more },
  });

/** Keeps one more photo of a visit. @returns its id. */
export async function keptPhoto(client: TestClient, visitId: string): Promise<string> {
  const known = new Set((await myPhotos(client, visitId)).map(({ id }) => id));
  const { data, errors } = await addPhoto(client, visitId);
  const added = data?.addVisitorPhoto?.visit.photos.find(({ id }) => !known.has(id));
  if (!added) throw new Error(`The photo was refused: ${JSON.stringify(errors)}`);
  return added.id;
}

interface MyVisits {
  readonly myVisits: readonly { readonly visitId: string; readonly photos: readonly SeenPhoto[] }[];
}

/** A visitor's own photos of a visit of theirs. */
export async function myPhotos(client: TestClient, visitId: string): Promise<readonly SeenPhoto[]> {
  const { myVisits } = await client.data<MyVisits>(`{ myVisits { visitId photos { ${PHOTO} } } }`);
  return myVisits.find((visit) => visit.visitId === visitId)?.photos ?? [];
}

interface OpenedPhoto {
  readonly openVisitorPhoto: { readonly url: string } | null;
}

export const openPhoto = (
  client: TestClient,
  photoId: string,
  more: object = { purpose: 'MONITORING' },
): Promise<Answer<OpenedPhoto>> => client.send<OpenedPhoto>(OPEN_PHOTO, { input: { photoId, ...more } });

/** Where an opened photo is fetched. */
export async function photoUrl(client: TestClient, photoId: string): Promise<string> {
  const { data, errors } = await openPhoto(client, photoId);
  const url = data?.openVisitorPhoto?.url;
  if (url === undefined) throw new Error(`The photo was not opened: ${JSON.stringify(errors)}`);
  return url;
}

/** A visit of Brent's that its visitor has added no photo to. */
export async function visitWithoutPhotos(scene: Scene): Promise<string> {
  const { id } = await newVisit(scene);
  await scene.sql('delete from stored_file where id in (select id from visitor_photo where visit_id = $1)', [id]);
  await scene.sql('delete from visitor_photo where visit_id = $1', [id]);
  return id;
}
