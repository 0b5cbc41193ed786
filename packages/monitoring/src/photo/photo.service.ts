import { createHash } from 'node:crypto';
import { callerMay, once, type Operation } from '@accord/access';
import { FileOpening, givingUp, keepFiles, storeOf, type Fetching, type FileKind } from '@accord/files';
import { badInput, conflict, isId, londonDate, notFound } from '@accord/kernel';
import { execute, readPlain } from '@accord/persistence';
import { MOST_PHOTOS } from '../figures.js';
import { readVisits } from '../visit/visit.disclosure.js';
import { VisitorService } from '../visit/visitor.service.js';
import { cleanedPhoto } from './cleaned-photo.js';
import { PhotoRecord } from './photo.entity.js';
import type { AddVisitorPhotoInput, OpenVisitorPhotoInput } from './photo.inputs.js';

/** Photos of care-experienced visitors: theirs to add and to remove, and seen as their part is. */
export class PhotoService {
  constructor(private readonly op: Operation) {}

  /** Keeps a photo beside the caller's own part, in their borough. */
  async add({ visitId, file, nobodyIsRecognisable, idempotencyKey }: AddVisitorPhotoInput): Promise<void> {
    const told = { visitId, hash: file.hash, nobodyIsRecognisable, idempotencyKey };
    await once(this.op, 'addVisitorPhoto', told, async (id) => {
      storeOf(this.op.runtime);
      const { id: principalId, tenantId } = await this.op.caller();
      // It locks the visit: of two that come at once, the second counts the first.
      await this.op.get(VisitorService).writable(visitId);
      if (!nobodyIsRecognisable)
        throw badInput(
          'input.nobodyIsRecognisable',
          'Take a photo on which nobody can be recognised, and say so: no faces, no names, nothing of a child’s.',
        );
      const photos = await this.#of(visitId, principalId);
      if (photos.length >= MOST_PHOTOS)
        throw conflict(
          `You have ${MOST_PHOTOS} photos of this visit, which is as many as there can be: remove one first.`,
        );
      const { mediaType, content } = cleanedPhoto('input.file', file.content);
      const hash = createHash('sha256').update(content).digest('hex');
      await this.op.em.insert(PhotoRecord, {
        id,
        visitId,
        principalId,
        ownerId: tenantId,
        mediaType,
        bytes: content.length,
        hash,
        scan: file.scan,
        addedOn: londonDate(new Date()),
        shownToOthers: false,
      });
      await keepFiles(this.op.runtime, this.op.em, tenantId, [{ id, content }]);
    });
  }

  /** Removes a photo of the caller's own. @returns the id of its visit. */
  async remove(photoId: string): Promise<string> {
    const { id: principalId } = await this.op.caller();
    const own = 'where e.id = ? and e.principal_id = ?';
    const [photo] = isId(photoId) ? await readPlain(this.op.em, PhotoRecord, own, [photoId, principalId]) : [];
    if (!photo) throw notFound('photo');
    await this.op.get(VisitorService).writable(photo.visitId);
    const removed = await execute(this.op.em, 'delete from visitor_photo where id = ? returning id', [photo.id]);
    if (removed.length === 0)
      throw conflict(
        'A legal hold keeps this visit as it is, so nothing of it can be removed now. You can still stop showing the photo to others (writeVisitorPart, shownPhotoIds).',
      );
    await execute(this.op.em, givingUp('?::uuid'), [photo.id]);
    return photo.visitId;
  }

  /** Opens a photo that the caller may see; another organisation's for a purpose. */
  async open(input: OpenVisitorPhotoInput): Promise<Fetching & { readonly photo: PhotoRecord }> {
    const photo = await this.seen(input.photoId);
    const [visit] = await readVisits(this.op, [photo.visitId]);
    if (!visit) throw notFound('photo');
    const toRead = { id: photo.id, ownerId: photo.ownerId, providerId: visit.providerId };
    return { photo, ...(await this.op.get(FileOpening).open(PHOTO_FILES, toRead, input)) };
  }

  /** The photo as the caller may see it; to whoever sees no visits but their own, their own alone. @throws `NOT_FOUND`. */
  async seen(id: string): Promise<PhotoRecord> {
    const caller = await this.op.caller();
    const [photo] = isId(id) ? await readPlain(this.op.em, PhotoRecord, 'where e.id = ?', [id]) : [];
    if (!photo || (photo.principalId !== caller.id && !callerMay(caller, 'visit:read'))) throw notFound('photo');
    return photo;
  }

  #of(visitId: string, principalId: string): Promise<PhotoRecord[]> {
    return readPlain(this.op.em, PhotoRecord, 'where e.visit_id = ? and e.principal_id = ?', [visitId, principalId]);
  }
}

const FILE_NAMES: Readonly<Record<string, string>> = { 'image/jpeg': 'photo.jpg', 'image/png': 'photo.png' };

/** Photos, as they are handed out: under a name that says nothing of them. */
export const PHOTO_FILES: FileKind = {
  name: 'photo',
  action: 'visit:open-photo',
  seen: async (op, id) => {
    const { hash, mediaType } = await op.get(PhotoService).seen(id);
    return { id, hash, mediaType, fileName: FILE_NAMES[mediaType] ?? 'photo' };
  },
};
