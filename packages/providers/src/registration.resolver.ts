import type { Operation } from '@accord/access';
import { Arg, Ctx, Field, FieldResolver, Mutation, ObjectType, Resolver, Root } from 'type-graphql';
import { RecordRegistrationInput } from './provider.inputs.js';
import { MOST_INSPECTIONS, ProviderLoader } from './provider.loader.js';
import { ProviderService } from './provider.service.js';
import { Inspection, Registration } from './registration.entity.js';
import { countsAsRegistered } from './vocabulary.js';

@ObjectType({ simpleResolvers: true, description: 'A registration that was added or changed.' })
class RegistrationPayload {
  @Field(() => Registration, { description: 'The registration.' })
  registration!: Registration;
}

@Resolver(() => Registration)
export class RegistrationResolver {
  @FieldResolver(() => Boolean, {
    description: 'Whether it counts as registered: an application that is pending does not, nor a suspension.',
  })
  countsAsRegistered(@Root() { status }: Registration): boolean {
    return countsAsRegistered(status);
  }

  @FieldResolver(() => [Inspection], {
    description: `Its inspections, newest first, the last ${MOST_INSPECTIONS}: of an agency or supported accommodation, too, which are inspected as providers.`,
  })
  inspections(@Ctx() op: Operation, @Root() registration: Registration): Promise<Inspection[]> {
    return op.get(ProviderLoader).inspectionsOfRegistration.load(registration.id);
  }

  @Mutation(() => RegistrationPayload, { description: 'Adds a registration, or says where a known one stands now.' })
  async recordRegistration(
    @Ctx() op: Operation,
    @Arg('input', () => RecordRegistrationInput) input: RecordRegistrationInput,
  ): Promise<RegistrationPayload> {
    return { registration: await op.get(ProviderService).recordRegistration(input) };
  }
}
