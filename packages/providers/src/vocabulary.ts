import { registerEnumType } from 'type-graphql';

/** Where children and young people live, as the field names it (seeds: Kent l.20-90; SI 2023/416 for the four supported kinds). */
export enum PlacementType {
  FOSTERING_IN_HOUSE = 'FOSTERING_IN_HOUSE',
  FOSTERING_IFA = 'FOSTERING_IFA',
  CHILDRENS_HOME = 'CHILDRENS_HOME',
  SECURE_CHILDRENS_HOME = 'SECURE_CHILDRENS_HOME',
  RESIDENTIAL_FAMILY_CENTRE = 'RESIDENTIAL_FAMILY_CENTRE',
  RESIDENTIAL_SPECIAL_SCHOOL = 'RESIDENTIAL_SPECIAL_SCHOOL',
  SUPPORTED_SELF_CONTAINED = 'SUPPORTED_SELF_CONTAINED',
  SUPPORTED_SHARED_RING_FENCED = 'SUPPORTED_SHARED_RING_FENCED',
  SUPPORTED_SHARED_OPEN = 'SUPPORTED_SHARED_OPEN',
  SUPPORTED_PRIVATE_RESIDENCE = 'SUPPORTED_PRIVATE_RESIDENCE',
  STAYING_PUT = 'STAYING_PUT',
  CARE_LEAVER_18_PLUS = 'CARE_LEAVER_18_PLUS',
  SUPPORTED_LIVING = 'SUPPORTED_LIVING',
  SHARED_LIVES = 'SHARED_LIVES',
}

export enum RegistrationStatus {
  REGISTERED = 'REGISTERED',
  /** Applied and not yet approved: counts as unregistered (Kent l.49, l.174). */
  APPLICATION_PENDING = 'APPLICATION_PENDING',
  SUSPENDED = 'SUSPENDED',
  CANCELLED = 'CANCELLED',
  RESIGNED = 'RESIGNED',
  CLOSED = 'CLOSED',
  UNREGISTERED = 'UNREGISTERED',
  NOT_REQUIRED = 'NOT_REQUIRED',
  UNKNOWN = 'UNKNOWN',
}

/** Whether a status lets somebody run what has to be registered: an application that is pending does not. */
export const countsAsRegistered = (status: RegistrationStatus): boolean => status === RegistrationStatus.REGISTERED;

/** The statuses that somebody asks for: an application that is pending counts as unregistered. */
export const statusesMeant = (asked: readonly RegistrationStatus[]): RegistrationStatus[] =>
  asked.includes(RegistrationStatus.UNREGISTERED)
    ? [...new Set([...asked, RegistrationStatus.APPLICATION_PENDING])]
    : [...asked];

export enum Regulator {
  OFSTED = 'OFSTED',
  CQC = 'CQC',
}

export enum ProcurementRoute {
  DPV = 'DPV',
  DPS = 'DPS',
  DYNAMIC_MARKET = 'DYNAMIC_MARKET',
  FRAMEWORK = 'FRAMEWORK',
  REGIONAL_LIST = 'REGIONAL_LIST',
  BLOCK = 'BLOCK',
  SPOT = 'SPOT',
  IN_HOUSE = 'IN_HOUSE',
  MOU = 'MOU',
}

export enum AccreditationStatus {
  APPLIED = 'APPLIED',
  IN_ASSESSMENT = 'IN_ASSESSMENT',
  ACCREDITED = 'ACCREDITED',
  ACCREDITED_WITH_CONDITIONS = 'ACCREDITED_WITH_CONDITIONS',
  REVIEW_OVERDUE = 'REVIEW_OVERDUE',
  INTERIM_SUSPENDED = 'INTERIM_SUSPENDED',
  SUSPENDED = 'SUSPENDED',
  REFUSED = 'REFUSED',
  REVOKED = 'REVOKED',
  WITHDRAWN_BY_PROVIDER = 'WITHDRAWN_BY_PROVIDER',
  LAPSED = 'LAPSED',
}

registerEnumType(PlacementType, { name: 'PlacementType', description: 'Where children and young people live.' });
registerEnumType(RegistrationStatus, {
  name: 'RegistrationStatus',
  description: 'Where a registration stands. An application that is pending counts as unregistered.',
});
registerEnumType(Regulator, { name: 'Regulator', description: 'Who registers and inspects.' });
registerEnumType(ProcurementRoute, { name: 'ProcurementRoute', description: 'How a borough came to use a provider.' });
registerEnumType(AccreditationStatus, {
  name: 'AccreditationStatus',
  description: 'Where a provider stands with the alliance’s accreditation.',
});
