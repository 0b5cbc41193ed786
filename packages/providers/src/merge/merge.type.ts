import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { AccreditationStanding, Provider } from '../provider.entity.js';

export enum DuplicateGround {
  SAME_COMPANY_NUMBER = 'SAME_COMPANY_NUMBER',
  SAME_REGISTRATION = 'SAME_REGISTRATION',
  SAME_NAME = 'SAME_NAME',
  SAME_POSTCODE_AND_SIMILAR_NAME = 'SAME_POSTCODE_AND_SIMILAR_NAME',
}

registerEnumType(DuplicateGround, {
  name: 'DuplicateGround',
  description: 'Why two providers may be one.',
  valuesConfig: {
    SAME_COMPANY_NUMBER: { description: 'The same company number, blanks and leading zeros aside.' },
    SAME_REGISTRATION: { description: 'The same registration, with whichever regulator it was entered.' },
    SAME_NAME: { description: 'The same name, spelling and the form of the company aside.' },
    SAME_POSTCODE_AND_SIMILAR_NAME: {
      description: 'The postcode of the one or of a home of its is the other’s too, and the names are similar.',
    },
  },
});

@ObjectType({ simpleResolvers: true, description: 'Two providers that may be one.' })
export class LikelyDuplicate {
  @Field(() => Provider, { description: 'The one.' })
  provider!: Provider;

  @Field(() => Provider, { description: 'The other.' })
  other!: Provider;

  @Field(() => [DuplicateGround], { description: 'Why, the strongest first.' })
  grounds!: DuplicateGround[];
}

@ObjectType({ simpleResolvers: true, description: 'How many rows of a kind go over to the provider that stays.' })
export class MergedRows {
  @Field(() => String, { description: 'Of what.' })
  what!: string;

  @Field(() => Int, { description: 'How many that the caller may know of.' })
  count!: number;
}

@ObjectType({ simpleResolvers: true, description: 'A fact that the two say differently.' })
export class MergeDifference {
  @Field(() => String, { description: 'Which, as the schema names it.' })
  field!: string;

  @Field(() => String, { nullable: true, description: 'Of the provider that stays: it stands afterwards, too.' })
  kept!: string | null;

  @Field(() => String, { nullable: true, description: 'Of the other.' })
  merged!: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'What a merge would do, as far as the caller may know of it.' })
export class ProviderMergePreview {
  @Field(() => Provider, { description: 'The provider that would stay.' })
  kept!: Provider;

  @Field(() => Provider, { description: 'The one whose id and names would become other names of it.' })
  merged!: Provider;

  @Field(() => [MergedRows], {
    description: 'What would go over. Boroughs’ own numbers and arrangements go too, and are nobody else’s to count.',
  })
  moves!: MergedRows[];

  @Field(() => [MergeDifference], { description: 'Facts that differ; none is taken over.' })
  differences!: MergeDifference[];

  @Field(() => [String], { description: 'What has to be settled first, in words; empty where it can be merged.' })
  obstacles!: string[];

  @Field(() => Int, {
    description:
      'Open flags and the like, of those that the caller may know of, of which boroughs would learn that do not know of them: whoever has to do with the one provider has to do with the other.',
  })
  reachingFurther!: number;
}

@ObjectType({
  simpleResolvers: true,
  description: 'A provider that was found to be this one, by its old id and names.',
})
export class MergedProvider {
  /** Under which its accreditation file lies, where one was set aside. */
  mergeId!: string;

  @Field(() => ID, { description: 'Its id, which goes on answering with this provider.' })
  id!: string;

  @Field(() => String, { description: 'Its name.' })
  name!: string;

  @Field(() => [String], { description: 'Other names that it went by.' })
  tradingNames!: string[];

  @Field(() => String, { nullable: true, description: 'Its company number.' })
  companyNumber!: string | null;

  @Field(() => Date, { description: 'When they were merged.' })
  mergedAt!: Date;

  @Field(() => AccreditationStanding, {
    nullable: true,
    description: 'Where both had an accreditation: the one that was set aside, with its history.',
  })
  accreditationSetAside?: AccreditationStanding | null;
}

@ObjectType({ simpleResolvers: true, description: 'Who merged providers or undid it, when and why.' })
export class ProviderMergeEntry {
  @Field(() => String, { description: 'Why.' })
  reason!: string;

  @Field(() => String, { description: 'Who, by the name in the directory then.' })
  by!: string;

  @Field(() => Date, { description: 'When.' })
  at!: Date;
}

@ObjectType({ simpleResolvers: true, description: 'A merge of two providers: the alliance’s record of it.' })
export class ProviderMerge {
  @Field(() => ID, { description: 'Opaque; to undo it by.' })
  id!: string;

  @Field(() => ID, { description: 'The provider that stayed.' })
  keptId!: string;

  @Field(() => ID, { description: 'The one that was merged into it.' })
  mergedId!: string;

  @Field(() => String, { description: 'The name of the one that was merged.' })
  name!: string;

  @Field(() => ProviderMergeEntry, { description: 'How it came about.' })
  merged!: ProviderMergeEntry;

  @Field(() => ProviderMergeEntry, { nullable: true, description: 'How it was undone; null while it is in force.' })
  undone!: ProviderMergeEntry | null;
}
