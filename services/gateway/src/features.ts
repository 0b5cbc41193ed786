import { accessFeature, agreementsFeature, mergeAccess, type Feature } from '@accord/access';
import { accreditationFeature } from '@accord/accreditation';
import { dueDiligenceFeature, EVIDENCE_FILES } from '@accord/due-diligence';
import { filesFeature, type FileKind } from '@accord/files';
import { flagsFeature } from '@accord/flags';
import { intelligenceFeature } from '@accord/intelligence';
import { monitoringFeature, PHOTO_FILES, scheduleFeature } from '@accord/monitoring';
import { notificationsFeature } from '@accord/notifications';
import { placementCheckFeature } from '@accord/placement-check';
import { persistenceFeature } from './persistence.feature.js';
import { providersFeature, useFeature } from '@accord/providers';
import { recordKeepingFeature } from '@accord/record-keeping';
import { referencesFeature } from '@accord/references';
import { regulatorFeature } from '@accord/regulator';
import { reportingFeature } from '@accord/reporting';

/** What Accord is made of, in the order in which one stands on another. */
export const FEATURES: readonly Feature[] = [
  persistenceFeature,
  accessFeature,
  agreementsFeature,
  filesFeature,
  providersFeature,
  useFeature,
  accreditationFeature,
  flagsFeature,
  intelligenceFeature,
  referencesFeature,
  dueDiligenceFeature,
  monitoringFeature,
  scheduleFeature,
  placementCheckFeature,
  recordKeepingFeature,
  regulatorFeature,
  reportingFeature,
  notificationsFeature,
];

export const ENTITIES = FEATURES.flatMap((feature) => feature.entities);

/** What the features have to say to a merge of providers. */
export const MERGE_PARTS = FEATURES.flatMap((feature) => feature.merge ?? []);

/** What comes along with homes. */
export const ALONG_HOMES = FEATURES.flatMap((feature) => feature.alongHomes ?? []);

/** What queries have asked for before they are resolved, by their names. */
export const ASK_AHEAD = Object.assign({}, ...FEATURES.map((feature) => feature.askAhead)) as NonNullable<
  Feature['askAhead']
>;

/** The files that opened ones are fetched of. */
export const FILE_KINDS: readonly FileKind[] = [EVIDENCE_FILES, PHOTO_FILES];

export const ACCESS = mergeAccess(FEATURES.map((feature) => feature.access));
