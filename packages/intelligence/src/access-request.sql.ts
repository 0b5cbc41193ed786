import { audience, existence, FEED } from '@accord/access';

/** Items of which the caller's tenant may know that they are there, and nothing else; to be narrowed by more conditions. */
export const HINTS = `select s.id, s.provider_id, s.home_id, s.owner_id, s.anonymous from sharing s
  where ${FEED.replace('kind', 's.kind').replace('ended_at', 's.ended_at')} and ${existence('s')} and not ${audience('s')}`;
