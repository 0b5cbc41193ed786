import type { Operation } from '@accord/access';
import { Arg, Ctx, Field, FieldResolver, ID, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { FormItem, FormTemplate } from './form.entity.js';
import { PublishFormInput } from './form.inputs.js';
import { FormLoader } from './form.loader.js';
import { FormService } from './form.service.js';

@ObjectType({ simpleResolvers: true, description: 'A version of a form that was published.' })
class FormPayload {
  @Field(() => FormTemplate, { description: 'The version.' })
  form!: FormTemplate;
}

@Resolver(() => FormTemplate)
export class FormResolver {
  @Query(() => [FormTemplate], { description: 'The newest version of each form.' })
  formTemplates(@Ctx() op: Operation): Promise<FormTemplate[]> {
    return op.get(FormLoader).newest();
  }

  @Query(() => FormTemplate, { nullable: true, description: 'One version of a form; null with NOT_FOUND for none.' })
  formTemplate(@Ctx() op: Operation, @Arg('id', () => ID) id: string): Promise<FormTemplate> {
    return op.get(FormService).seen(id);
  }

  @FieldResolver(() => [FormItem], { description: 'Its items, in their order.' })
  items(@Ctx() op: Operation, @Root() form: FormTemplate): Promise<FormItem[]> {
    return op.get(FormLoader).items.load(form.id);
  }

  @Mutation(() => FormPayload, {
    description: 'Publishes a form, or a new version of one. Visits that were begun keep the version that they have.',
  })
  async publishForm(
    @Ctx() op: Operation,
    @Arg('input', () => PublishFormInput) input: PublishFormInput,
  ): Promise<FormPayload> {
    return { form: await op.get(FormService).publish(input) };
  }
}
