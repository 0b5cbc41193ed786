import { Field, ID, InputType, Int } from 'type-graphql';

@InputType({ description: 'Two providers that are one.' })
export class PreviewProviderMergeInput {
  @Field(() => ID, { description: 'The provider that stays.' })
  keptId!: string;

  @Field(() => ID, { description: 'The one that is merged into it.' })
  mergedId!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'Where both have an accreditation: the provider whose file goes on. The other’s is set aside.',
  })
  accreditationOf?: string | null;
}

@InputType({ description: 'A merge of two providers that are one.' })
export class MergeProvidersInput extends PreviewProviderMergeInput {
  @Field(() => Int, {
    description: 'The version of the provider that stays, as the caller saw it; another is CONFLICT.',
  })
  expectedVersion!: number;

  @Field(() => Int, { description: 'The version of the other, as the caller saw it; another one is CONFLICT.' })
  expectedMergedVersion!: number;

  @Field(() => String, { description: 'Why they are one; the alliance’s own.' })
  reason!: string;

  @Field(() => String, { description: 'A random key, new for each act.' })
  idempotencyKey!: string;
}

@InputType({ description: 'A merge that is undone.' })
export class UndoProviderMergeInput {
  @Field(() => ID, { description: 'Which merge.' })
  mergeId!: string;

  @Field(() => String, { description: 'Why they are two after all; the alliance’s own.' })
  reason!: string;

  @Field(() => String, { description: 'A random key, new for each act.' })
  idempotencyKey!: string;
}
