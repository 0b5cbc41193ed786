import { badInput, isId } from '@accord/kernel';
import { array, execute } from '@accord/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';

/**
 * Shows these photos of a visitor's own part to other organisations, as far as its visit goes, and none of the others.
 * @throws AccordError `BAD_USER_INPUT` with the path of one that is not theirs.
 */
export async function showPhotos(
  em: EntityManager,
  { visitId, principalId }: { readonly visitId: string; readonly principalId: string },
  shownIds: readonly string[],
): Promise<void> {
  const own = await execute<{ id: string }>(
    em,
    'update visitor_photo set shown_to_others = (id = any(?::uuid[])) where visit_id = ? and principal_id = ? returning id',
    [array(shownIds.filter(isId)), visitId, principalId],
  );
  const other = shownIds.findIndex((shown) => !own.some(({ id }) => id === shown));
  if (other >= 0)
    throw badInput(`input.shownPhotoIds.${other}`, 'This is no photo of yours of this visit; see myVisits.');
}
