import type { Operation } from '@accord/access';
import { array, readPlain } from '@accord/persistence';
import DataLoader from 'dataloader';
import { PhotoRecord } from './photo.entity.js';

/** Whose part of which visit. */
interface PartKey {
  readonly visitId: string;
  readonly principalId: string;
}

/** Photos of parts, for all of one operation at once. Row policies say whether they are there. */
export class PhotoLoader {
  readonly #ofVisit = new DataLoader<string, PhotoRecord[]>(async (ids) => {
    const clause = 'where e.visit_id = any(?::uuid[]) order by e.added_on, e.id';
    const photos = Map.groupBy(await readPlain(this.op.em, PhotoRecord, clause, [array(ids)]), (one) => one.visitId);
    return ids.map((id) => photos.get(id) ?? []);
  });

  constructor(private readonly op: Operation) {}

  async ofPart({ visitId, principalId }: PartKey): Promise<PhotoRecord[]> {
    return (await this.#ofVisit.load(visitId)).filter((photo) => photo.principalId === principalId);
  }
}
