import { Organisation, type Operation } from '@accord/access';
import { Arg, Ctx, Field, FieldResolver, ID, Mutation, ObjectType, Resolver, Root } from 'type-graphql';
import { Provider } from '../provider.entity.js';
import { BusinessContact } from './contact.entity.js';
import { AddContactInput, ChangeContactInput } from './contact.inputs.js';
import { ContactService } from './contact.service.js';

@ObjectType({ simpleResolvers: true, description: 'A contact that was added or changed.' })
class ContactPayload {
  @Field(() => BusinessContact, { description: 'The contact.' })
  contact!: BusinessContact;
}

@ObjectType({ simpleResolvers: true, description: 'A contact that is gone.' })
class RemovedContactPayload {
  @Field(() => ID, { description: 'The id that it had.' })
  contactId!: string;
}

@Resolver(() => Organisation)
export class OrganisationContactResolver {
  @FieldResolver(() => [BusinessContact], { description: 'Its duty team, LADO and out-of-hours team.' })
  contacts(@Ctx() op: Operation, @Root() organisation: Organisation): Promise<BusinessContact[]> {
    return op.get(ContactService).ofBorough.load(organisation.id);
  }
}

@Resolver(() => Provider)
export class ProviderContactResolver {
  @FieldResolver(() => [BusinessContact], {
    description: 'Its referrals desk and on-call number. The LADO is with a home’s host borough.',
  })
  contacts(@Ctx() op: Operation, @Root() provider: Provider): Promise<BusinessContact[]> {
    return op.get(ContactService).ofProvider.load(provider.id);
  }

  @Mutation(() => ContactPayload, { description: 'Adds a contact of the own borough, or of a provider.' })
  async addContact(
    @Ctx() op: Operation,
    @Arg('input', () => AddContactInput) input: AddContactInput,
  ): Promise<ContactPayload> {
    return { contact: await op.get(ContactService).add(input) };
  }

  @Mutation(() => ContactPayload, { description: 'Says a contact anew.' })
  async changeContact(
    @Ctx() op: Operation,
    @Arg('input', () => ChangeContactInput) input: ChangeContactInput,
  ): Promise<ContactPayload> {
    return { contact: await op.get(ContactService).change(input) };
  }

  @Mutation(() => RemovedContactPayload, { description: 'Takes a contact away.' })
  async removeContact(@Ctx() op: Operation, @Arg('id', () => ID) id: string): Promise<RemovedContactPayload> {
    return { contactId: await op.get(ContactService).remove(id) };
  }
}
