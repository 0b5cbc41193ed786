import { CalendarDate } from '@accord/access';
import { Field, ID, InputType, Int, registerEnumType } from 'type-graphql';
import { AccreditationStatus, PlacementType, ProcurementRoute, RegistrationStatus, Regulator } from './vocabulary.js';

export enum OrderDirection {
  ASC = 'ASC',
  DESC = 'DESC',
}

export enum ProviderOrderField {
  NAME = 'NAME',
  UPDATED_AT = 'UPDATED_AT',
  OPEN_FLAG_COUNT = 'OPEN_FLAG_COUNT',
  REVIEW_DUE = 'REVIEW_DUE',
}

registerEnumType(OrderDirection, { name: 'OrderDirection', description: 'Up or down.' });
registerEnumType(ProviderOrderField, {
  name: 'ProviderOrderField',
  description:
    'What providers are ordered by; ties are broken by id. OPEN_FLAG_COUNT counts flags that the caller may know of.',
});

@InputType({ description: 'The order of providers.' })
export class ProviderOrder {
  @Field(() => ProviderOrderField, { description: 'By what.' })
  field!: ProviderOrderField;

  @Field(() => OrderDirection, { description: 'Which way.' })
  direction!: OrderDirection;
}

@InputType({ description: 'Which providers; what is not given does not narrow.' })
export class ProviderFilter {
  @Field(() => String, {
    nullable: true,
    description: 'Words from names, trading names, home names, postcodes, registrations and company numbers.',
  })
  search?: string | null;

  @Field(() => [AccreditationStatus], { nullable: true, description: 'Any of these.' })
  accreditationStatus?: AccreditationStatus[] | null;

  @Field(() => [PlacementType], { nullable: true, description: 'With a home that offers any of these.' })
  placementType?: PlacementType[] | null;

  @Field(() => [String], { nullable: true, description: 'With a home in any of these authorities, by GSS code.' })
  hostBoroughGss?: string[] | null;

  @Field(() => [RegistrationStatus], { nullable: true, description: 'With a registration in any of these states.' })
  registrationStatus?: RegistrationStatus[] | null;

  @Field(() => Boolean, { nullable: true, description: 'With, or without, an open flag that the caller may know of.' })
  hasOpenFlag?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Where the own borough has, or has not, young people placed.' })
  usedByMyBorough?: boolean | null;
}

@InputType({ description: 'A registration with a regulator.' })
export class RegistrationInput {
  @Field(() => Regulator, { description: 'With whom.' })
  regulator!: Regulator;

  @Field(() => String, { description: 'Its number there.' })
  reference!: string;

  @Field(() => RegistrationStatus, { description: 'Where it stands.' })
  status!: RegistrationStatus;

  @Field(() => String, { nullable: true, description: 'What it is registered as.' })
  category?: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'Since when.' })
  registeredOn?: string | null;
}

@InputType({ description: 'A registration of a provider or home as it stands on a day; new, or changed.' })
export class RecordRegistrationInput {
  @Field(() => ID, { description: 'Whose.' })
  providerId!: string;

  @Field(() => ID, { nullable: true, description: 'Which home’s; left out where the provider is registered.' })
  homeId?: string | null;

  @Field(() => RegistrationInput, {
    description:
      'The registration. A suspension or cancellation is a notification of the regulator’s: recordRegulatorNotice.',
  })
  registration!: RegistrationInput;

  @Field(() => CalendarDate, { nullable: true, description: 'The day as of which it stands so; today unless given.' })
  asAt?: string | null;

  @Field(() => String, { description: 'A random key, new for each act.' })
  idempotencyKey!: string;
}

@InputType({ description: 'Facts of a provider. On a change, what is not given stays.' })
export class ProviderFacts {
  @Field(() => String, { nullable: true, description: 'The registered name.' })
  name?: string | null;

  @Field(() => [String], { nullable: true, description: 'Other names it goes by.' })
  tradingNames?: string[] | null;

  @Field(() => String, { nullable: true, description: 'Companies House number.' })
  companyNumber?: string | null;

  @Field(() => String, { nullable: true, description: 'Postcode of its registered office.' })
  postcode?: string | null;

  @Field(() => String, { nullable: true, description: 'The group that owns it.' })
  ownershipGroup?: string | null;

  @Field(() => [String], { nullable: true, description: 'Directors.' })
  directors?: string[] | null;

  @Field(() => String, { nullable: true, description: 'The responsible (or nominated) individual.' })
  responsibleIndividual?: string | null;

  @Field(() => Int, { nullable: true, description: 'Notice to end a placement, in days.' })
  noticePeriodDays?: number | null;

  @Field(() => String, { nullable: true, description: 'Lot of the alliance’s purchasing vehicle.' })
  dpvLot?: string | null;
}

@InputType({ description: 'A new provider.' })
export class AddProviderInput {
  @Field(() => ProviderFacts, { description: 'Its facts; the name must be given.' })
  provider!: ProviderFacts;

  @Field(() => RegistrationInput, {
    nullable: true,
    description: 'Its registration, where the regulator registers the provider and not a home.',
  })
  registration?: RegistrationInput | null;

  @Field(() => String, { description: 'A random key, new for each act.' })
  idempotencyKey!: string;
}

@InputType({ description: 'Changed facts of a provider.' })
export class ChangeProviderInput {
  @Field(() => ID, { description: 'Which provider.' })
  providerId!: string;

  @Field(() => ProviderFacts, { description: 'What changes.' })
  provider!: ProviderFacts;

  @Field(() => Int, { description: 'The version that the caller saw; another one is CONFLICT.' })
  expectedVersion!: number;
}

@InputType({ description: 'Facts of a home. On a change, what is not given stays.' })
export class HomeFacts {
  @Field(() => String, { nullable: true, description: 'Its name.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'Street address.' })
  address?: string | null;

  @Field(() => String, { nullable: true, description: 'Postcode.' })
  postcode?: string | null;

  @Field(() => String, { nullable: true, description: 'GSS code of the authority in whose area it stands.' })
  hostBoroughGss?: string | null;

  @Field(() => [PlacementType], { nullable: true, description: 'What it offers.' })
  placementTypes?: PlacementType[] | null;

  @Field(() => Int, { nullable: true, description: 'Places.' })
  beds?: number | null;

  @Field(() => String, { nullable: true, description: 'Whom it takes, by gender.' })
  gender?: string | null;

  @Field(() => Int, { nullable: true, description: 'Youngest age taken.' })
  ageFrom?: number | null;

  @Field(() => Int, { nullable: true, description: 'Oldest age taken.' })
  ageTo?: number | null;

  @Field(() => String, { nullable: true, description: 'How support is given.' })
  supportModel?: string | null;

  @Field(() => String, { nullable: true, description: 'The registered manager.' })
  registeredManager?: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'Since when it has had none.' })
  managerVacantSince?: string | null;

  @Field(() => String, { nullable: true, description: 'Planning permission.' })
  planning?: string | null;

  @Field(() => String, { nullable: true, description: 'Licence as a house in multiple occupation.' })
  hmoLicence?: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'When the missing protocol was last agreed.' })
  missingProtocolOn?: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'Date of the last Regulation 44 or 32 report.' })
  lastIndependentReportOn?: string | null;
}

@InputType({ description: 'A new home of a provider.' })
export class AddHomeInput {
  @Field(() => ID, { description: 'Whose home.' })
  providerId!: string;

  @Field(() => HomeFacts, { description: 'Its facts; the name must be given.' })
  home!: HomeFacts;

  @Field(() => RegistrationInput, {
    nullable: true,
    description: 'Its registration, where the regulator registers the home.',
  })
  registration?: RegistrationInput | null;

  @Field(() => String, { description: 'A random key, new for each act.' })
  idempotencyKey!: string;
}

@InputType({ description: 'Changed facts of a home.' })
export class ChangeHomeInput {
  @Field(() => ID, { description: 'Which home.' })
  homeId!: string;

  @Field(() => HomeFacts, { description: 'What changes.' })
  home!: HomeFacts;

  @Field(() => Int, { description: 'The version that the caller saw; another one is CONFLICT.' })
  expectedVersion!: number;
}

@InputType({ description: 'The own borough’s arrangement with a provider.' })
export class RecordArrangementInput {
  @Field(() => ID, { description: 'With whom.' })
  providerId!: string;

  @Field(() => ProcurementRoute, { description: 'By which route.' })
  route!: ProcurementRoute;

  @Field(() => CalendarDate, { description: 'From which day.' })
  startsOn!: string;

  @Field(() => CalendarDate, { nullable: true, description: 'The first day on which it no longer holds.' })
  endsOn?: string | null;

  @Field(() => String, { description: 'A random key, new for each act.' })
  idempotencyKey!: string;
}

@InputType({
  description: 'How many young people the own borough has at a home or with a provider. No names, no ages.',
})
export class RecordPlacementNumberInput {
  @Field(() => ID, { description: 'With whom.' })
  providerId!: string;

  @Field(() => ID, { nullable: true, description: 'At which home; left out for fostering.' })
  homeId?: string | null;

  @Field(() => Int, { description: 'How many; 0 when none are left.' })
  youngPeople!: number;

  @Field(() => CalendarDate, { description: 'On which day it was so.' })
  asAt!: string;
}
