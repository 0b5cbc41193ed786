import { newProposal } from './accreditation-file.js';
import { AGREEMENT_IDS } from './hidden-agreements.js';
import { DUE_DILIGENCE_IDS } from './hidden-due-diligence.js';
import { hiddenGroup, PUBLIC, type Hidden } from './hidden.js';
import { newSavedCheck } from './placement-operation.js';
import { newRequest, referenceOf } from './reference-operation.js';
import { INTELLIGENCE_OPERATIONS } from './operation-intelligence.js';
import type { Scene } from './scene.js';
import { SCHEDULE_IDS } from './schedule-operation.js';
import { USE_IDS } from './use-operation.js';
import { VISIT_IDS } from './visit-ids.js';
import { GROUP } from './world.js';

const opened = new WeakMap<Scene, Promise<string>>();

/** An item of Brent's that Barnet has opened, always the same. */
export function openedItem(scene: Scene): Promise<string> {
  const known = opened.get(scene) ?? openOne(scene);
  opened.set(scene, known);
  return known;
}

async function openOne(scene: Scene): Promise<string> {
  const id = await scene.item();
  const open = INTELLIGENCE_OPERATIONS.find(({ field }) => field === 'Mutation.openIntelligence');
  await (await scene.caller('barnet-placements')).data(open?.document ?? '', { id });
  return id;
}

/** Flags of Brent's that Camden, or Ealing that places there, may not know of. */
const hiddenFlags = async (scene: Scene): Promise<string[]> => [
  await scene.flag({ level: 'OWN_BOROUGH' }),
  await scene.flag({ level: 'NAMED', named: [{ borough: 'barnet' }], outcome: 'WITHDRAWN' }),
  await scene.flag({ outcome: 'RESOLVED' }),
];

/** Holds of Brent's that Ealing, which places there and is outside the agreement, may not know of. */
const hiddenHolds = async (scene: Scene): Promise<string[]> => [
  await scene.hold({ level: 'OWN_BOROUGH' }),
  await scene.hold({ level: 'NAMED', named: [{ borough: 'barnet' }], outcome: 'WITHDRAWN' }),
  await scene.hold({ outcome: 'RESOLVED' }),
  await scene.flag(),
];

const hold = (at: string, who = 'ealing ASSISTANT_DIRECTOR'): Hidden => ({ who, at, ids: hiddenHolds });

/** A check that Brent saved, and who may do the same in Barnet. */
const savedCheck = (at: string, who = 'barnet-placements'): Hidden => ({
  who,
  at,
  ids: async (scene) => [await newSavedCheck(scene), await newSavedCheck(scene, { overridden: true })],
});

/** Brent's people, of whom Barnet's assistant director knows nothing. */
const officer = (at: string): Hidden => ({
  who: 'barnet ASSISTANT_DIRECTOR',
  at,
  ids: async (scene) => [(await scene.machine('brent', ['QUALITY'])).principalId],
});

/** Requests that reached neither Camden nor, of what others said, may be seen there; and whoever was asked besides. */
const request = (at: string): Hidden => ({
  who: 'hammersmith PLACEMENTS',
  at,
  ids: async (scene) => [
    await newRequest(scene),
    await newRequest(scene, { requester: 'barnet', asked: { brent: 'SHARED' } }),
  ],
});

const flag = (at: string, who = 'ealing QUALITY'): Hidden => ({ who, at, ids: hiddenFlags });
/** Items of Brent's that Ealing, outside the agreement, may not know of, whatever way they are shared. */
const hiddenItems = async (scene: Scene): Promise<string[]> => [
  await scene.item({ level: 'OWN_BOROUGH' }),
  await scene.item({ level: 'OWN_BOROUGH', consent: [] }),
  await scene.item({ level: 'NAMED', named: [{ borough: 'barnet' }] }),
  await scene.item({ withdrawn: true }),
  await scene.item({ mayBeAskedFor: true }),
  await scene.item({ disclosed: [{ to: 'ealing', ended: true }] }),
  await scene.flag(),
];

/** Barnet's own officer finds in Barnet's log nothing of Brent's items, nor of who reads there. */
const theirLog = (at: string): Hidden => ({
  who: 'barnet INFORMATION_GOVERNANCE',
  at,
  ids: async (scene) => [
    await openedItem(scene),
    ...(
      await scene.sql<{ id: string }>('select reader_id as id from read_log_entry where item_id = $1', [
        await openedItem(scene),
      ])
    ).map((row) => row.id),
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

const disclosure = (at: string): Hidden => ({
  who: 'barnet INFORMATION_GOVERNANCE',
  at,
  ids: async (scene) => [await scene.disclosureRequest()],
});

/** The safeguarding lead, who alone may, sees every pattern. */
const LEADS = PUBLIC;

const STAFF = 'whoever may call it reads the whole of the alliance’s own';

/** Every place where a client can put an id. */
export const IDS: Readonly<Record<string, Hidden | typeof PUBLIC | typeof STAFF>> = {
  ...AGREEMENT_IDS,
  ...DUE_DILIGENCE_IDS,
  ...USE_IDS,
  ...VISIT_IDS,
  ...SCHEDULE_IDS,
  'Mutation.acknowledgeFlag(input.flagId)': flag('input.flagId'),
  'Mutation.addHome(input.providerId)': PUBLIC,
  'Mutation.answerReference(input.requestId)': request('input.requestId'),
  'Mutation.askForReferences(input.homeId)': PUBLIC,
  'Mutation.askForReferences(input.providerId)': PUBLIC,
  'Mutation.declineReference(input.requestId)': request('input.requestId'),
  'Mutation.shareReference(input.referenceId)': {
    who: 'hammersmith PLACEMENTS',
    at: 'input.referenceId',
    ids: async (scene) => [
      await referenceOf(scene, await newRequest(scene), 'brent'),
      await referenceOf(scene, await newRequest(scene, { asked: { brent: 'ANSWERED' } }), 'brent'),
    ],
  },
  'Mutation.endPlacementNomination(principalId)': officer('id'),
  'Mutation.nominatePlacementOfficer(principalId)': officer('id'),
  'Mutation.overridePlacementCheck(input.checkId)': savedCheck('input.checkId', 'barnet ASSISTANT_DIRECTOR'),
  'Mutation.savePlacementCheck(input.check.homeId)': PUBLIC,
  'Mutation.savePlacementCheck(input.reliedOn)': item('input.reliedOn', 'ealing PLACEMENTS'),
  'Query.placementCheck(input.homeId)': PUBLIC,
  'Query.placementCheckPack(id)': savedCheck('id'),
  'Query.savedPlacementCheck(id)': savedCheck('id'),
  'Query.referenceRequest(id)': request('id'),
  'Mutation.answerAccessRequest(input.requestId)': {
    who: 'camden QUALITY',
    at: 'input.requestId',
    ids: async (scene) => [await scene.accessRequest(), await scene.accessRequest(true)],
  },
  'Mutation.answerConsultation(input.consultationId)': {
    who: 'barnet INFORMATION_GOVERNANCE',
    at: 'input.consultationId',
    ids: async (scene) => [await scene.consultation()],
  },
  'Mutation.answerPattern(input.reviewId)': {
    who: 'brent-placements',
    at: 'input.reviewId',
    ids: async (scene) => [await scene.pattern('FOUND')],
  },
  'Mutation.approveAccreditationDecision(input.decisionId)': STAFF,
  'Mutation.askForIntelligence(input.itemId)': {
    who: 'ealing PLACEMENTS',
    at: 'input.itemId',
    ids: async (scene) => [
      ...(await hiddenItems(scene)),
      await scene.item({ level: 'OWN_BOROUGH', mayBeAskedFor: true, consent: [] }),
    ],
  },
  'Mutation.askPatternOwners(input.reviewId)': LEADS,
  'Mutation.assessAccreditationStage(input.providerId)': PUBLIC,
  'Mutation.changeFlagSharing(input.flagId)': flag('input.flagId'),
  'Mutation.changeFlagSharing(input.sharing.boroughIds)': PUBLIC,
  'Mutation.changeFlagSharing(input.sharing.groupIds)': group,
  'Mutation.changeHoldSharing(input.holdId)': hold('input.holdId'),
  'Mutation.changeHoldSharing(input.sharing.boroughIds)': PUBLIC,
  'Mutation.changeHoldSharing(input.sharing.groupIds)': { ...group, who: 'havering ASSISTANT_DIRECTOR' },
  'Mutation.changeHome(input.homeId)': PUBLIC,
  'Mutation.changeIntelligenceSharing(input.consentedBoroughIds)': PUBLIC,
  'Mutation.changeIntelligenceSharing(input.itemId)': item('input.itemId'),
  'Mutation.changeIntelligenceSharing(input.sharing.boroughIds)': PUBLIC,
  'Mutation.changeIntelligenceSharing(input.sharing.groupIds)': group,
  'Mutation.changeProvider(input.providerId)': PUBLIC,
  'Mutation.closePattern(input.reviewId)': LEADS,
  'Mutation.confirmIntelligence(input.itemId)': item('input.itemId'),
  'Mutation.consultOriginators(requestId)': disclosure('id'),
  'Mutation.correctIntelligence(input.itemId)': item('input.itemId'),
  'Mutation.corroborateIntelligence(input.itemId)': item('input.itemId'),
  'Mutation.decideAccreditationAppeal(input.decisionId)': STAFF,
  'Mutation.decideCorrection(input.correctionId)': {
    who: 'havering QUALITY',
    at: 'input.correctionId',
    ids: async (scene) => [await scene.correction()],
  },
  'Mutation.decideDisclosureRequest(input.requestId)': disclosure('input.requestId'),
  'Mutation.declareUse(providerId)': PUBLIC,
  'Mutation.disablePrincipal(id)': principal('id'),
  'Mutation.enablePrincipal(id)': principal('id'),
  'Mutation.exportIntelligence(input.filter.homeId)': PUBLIC,
  'Mutation.exportIntelligence(input.filter.providerId)': PUBLIC,
  'Mutation.holdIntelligence(input.itemId)': item('input.itemId', 'ealing INFORMATION_GOVERNANCE'),
  'Mutation.issueMachineKey(input.principalId)': principal('id'),
  'Mutation.liftHold(input.holdId)': hold('input.holdId'),
  'Mutation.markNotificationsRead(ids)': {
    who: 'barnet-placements',
    at: 'ids',
    ids: (scene) => scene.notifications('brent-placements'),
  },
  'Mutation.mergeProviders(input.accreditationOf)': PUBLIC,
  'Mutation.mergeProviders(input.keptId)': PUBLIC,
  'Mutation.mergeProviders(input.mergedId)': PUBLIC,
  'Mutation.openIntelligence(id)': item('id'),
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
  'Mutation.proposeAccreditationDecision(input.providerId)': PUBLIC,
  'Mutation.proposeCorrection(input.itemId)': item('input.itemId'),
  'Mutation.putOffTellingProvider(input.decisionId)': STAFF,
  'Mutation.raiseFlag(input.homeId)': PUBLIC,
  'Mutation.raiseFlag(input.providerId)': PUBLIC,
  'Mutation.raiseFlag(input.sharing.boroughIds)': PUBLIC,
  'Mutation.raiseFlag(input.sharing.groupIds)': group,
  'Mutation.recordAccreditationAppeal(input.decisionId)': STAFF,
  'Mutation.recordAccreditationApplication(input.providerId)': PUBLIC,
  'Mutation.recordArrangement(input.providerId)': PUBLIC,
  'Mutation.recordIntelligence(input.homeId)': PUBLIC,
  'Mutation.recordIntelligence(input.policeOrigin.consentedBoroughIds)': PUBLIC,
  'Mutation.recordIntelligence(input.providerId)': PUBLIC,
  'Mutation.recordIntelligence(input.sharing.boroughIds)': PUBLIC,
  'Mutation.recordIntelligence(input.sharing.groupIds)': group,
  'Mutation.recordPlacementNumber(input.homeId)': PUBLIC,
  'Mutation.recordPlacementNumber(input.providerId)': PUBLIC,
  'Mutation.recordProviderReply(input.decisionId)': STAFF,
  'Mutation.recordRegistration(input.homeId)': PUBLIC,
  'Mutation.recordRegistration(input.providerId)': PUBLIC,
  'Mutation.recordRegulatorNotice(input.registrationId)': PUBLIC,
  'Mutation.reinstateOrganisation(id)': PUBLIC,
  'Mutation.rejectAccreditationDecision(input.decisionId)': STAFF,
  'Mutation.releasePattern(input.reviewId)': LEADS,
  'Mutation.relyOnIntelligence(input.itemId)': item('input.itemId'),
  'Mutation.resolveFlag(input.flagId)': flag('input.flagId'),
  'Mutation.reviewHold(input.holdId)': hold('input.holdId'),
  'Mutation.revokeMachineKey(id)': {
    who: 'alliance-admin',
    at: 'id',
    ids: async (scene) => [(await scene.machine('brent', ['DASHBOARD'])).keyId],
  },
  'Mutation.setPrincipalRoles(id)': principal('id'),
  'Mutation.startHold(input.homeId)': PUBLIC,
  'Mutation.startHold(input.providerId)': PUBLIC,
  'Mutation.startHold(input.sharing.boroughIds)': PUBLIC,
  'Mutation.startHold(input.sharing.groupIds)': { ...group, who: 'havering ASSISTANT_DIRECTOR' },
  'Mutation.suspendAccreditationInterim(input.providerId)': PUBLIC,
  'Mutation.suspendOrganisation(id)': PUBLIC,
  'Mutation.tellProvider(input.decisionId)': STAFF,
  'Mutation.undoProviderMerge(input.mergeId)': STAFF,
  'Mutation.withdrawCorroboration(itemId)': item('id'),
  'Mutation.withdrawFlag(input.flagId)': flag('input.flagId'),
  'Mutation.withdrawIntelligence(input.itemId)': item('input.itemId'),
  'Query.accreditationDecision(id)': {
    who: 'brent-director',
    at: 'id',
    ids: async (scene) => [await newProposal(scene), await newProposal(scene, { told: true })],
  },
  'Query.flag(id)': flag('id'),
  'Query.hold(id)': hold('id'),
  'Query.home(id)': PUBLIC,
  'Query.intelligence(filter.homeId)': PUBLIC,
  'Query.intelligence(filter.providerId)': PUBLIC,
  'Query.intelligenceItem(id)': item('id'),
  'Query.previewAudience(input.homeId)': PUBLIC,
  'Query.previewAudience(input.providerId)': PUBLIC,
  'Query.previewAudience(input.sharing.boroughIds)': PUBLIC,
  'Query.previewAudience(input.sharing.groupIds)': group,
  'Query.previewProviderMerge(input.accreditationOf)': PUBLIC,
  'Query.previewProviderMerge(input.keptId)': PUBLIC,
  'Query.previewProviderMerge(input.mergedId)': PUBLIC,
  'Query.provider(id)': PUBLIC,
  'Query.readLog(filter.itemId)': theirLog('filter.itemId'),
  'Query.readLog(filter.readerId)': theirLog('filter.readerId'),
  'Query.readLogExport(filter.itemId)': theirLog('filter.itemId'),
  'Query.readLogExport(filter.readerId)': theirLog('filter.readerId'),
  'Query.regulatorImport(id)': STAFF,
  'Subscription.providerAlerts(filter.providerIds)': PUBLIC,
};
