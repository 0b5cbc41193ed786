import {
  Arg,
  Args,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { connectionOf, PageArgs, type Connection } from './connection.js';
import { DirectoryService } from './directory.service.js';
import type { Operation } from './operation.js';
import { Organisation } from './organisation.entity.js';
import { MachineKey, Principal } from './principal.entity.js';
import { Role } from './role.js';

@ObjectType({
  simpleResolvers: true,
  description: 'Who is signed in, with the roles that hold: those that the token and the directory both name.',
})
export class Viewer {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  @Field(() => String, { description: 'The name colleagues know them by.' })
  displayName!: string;

  @Field(() => [Role], { description: 'Roles that hold.' })
  roles!: Role[];

  @Field(() => Organisation, { description: 'The organisation in whose name they ask.' })
  tenant!: Organisation;
}

const principals = connectionOf(Principal, 'Principal');

@ObjectType({ simpleResolvers: true, description: 'A changed directory entry.' })
class PrincipalPayload {
  @Field(() => Principal, { description: 'The entry.' })
  principal!: Principal;
}

@ObjectType({ simpleResolvers: true, description: 'A new key. Its secret is shown here and never again.' })
class IssuedKey {
  @Field(() => MachineKey, { description: 'The key without its secret.' })
  key!: MachineKey;

  @Field(() => String, { description: 'What the machine sends as its bearer token.' })
  secret!: string;
}

@ObjectType({ simpleResolvers: true, description: 'A changed key.' })
class MachineKeyPayload {
  @Field(() => MachineKey, { description: 'The key.' })
  key!: MachineKey;
}

@ObjectType({ simpleResolvers: true, description: 'A changed organisation.' })
class OrganisationPayload {
  @Field(() => Organisation, { description: 'The organisation.' })
  organisation!: Organisation;
}

@InputType({ description: 'A machine that shall act for the organisation.' })
export class CreateMachineInput {
  @Field(() => String, { description: 'The client id that its tokens carry as subject; unique in the organisation.' })
  subject!: string;

  @Field(() => String, { description: 'The name colleagues know it by.' })
  displayName!: string;

  @Field(() => [Role], { description: 'What it may do.' })
  roles!: Role[];
}

@InputType({ description: 'A key for a machine.' })
export class IssueMachineKeyInput {
  @Field(() => ID, { description: 'The machine.' })
  principalId!: string;

  @Field(() => String, { description: 'What the key is for.' })
  label!: string;

  @Field(() => Int, { description: 'For how many days it holds, 1 to 365.' })
  validDays!: number;
}

@Resolver(() => Principal)
export class DirectoryResolver {
  @Query(() => Viewer, { description: 'Who is signed in.' })
  viewer(@Ctx() op: Operation): Promise<Viewer> {
    return op.get(DirectoryService).viewer();
  }

  @Query(() => [Organisation], { description: 'The alliance and its boroughs, by name.' })
  organisations(@Ctx() op: Operation): Promise<Organisation[]> {
    return op.get(DirectoryService).organisations();
  }

  @Query(() => principals.Connection, { description: 'The people and machines of the own organisation, by name.' })
  directory(@Ctx() op: Operation, @Args(() => PageArgs) page: PageArgs): Promise<Connection<Principal>> {
    return op.get(DirectoryService).list(page);
  }

  @FieldResolver(() => [MachineKey], { description: 'The keys of a machine, newest first.' })
  keys(@Ctx() op: Operation, @Root() principal: Principal): Promise<MachineKey[]> {
    return op.get(DirectoryService).keys.load(principal.id);
  }

  @Mutation(() => PrincipalPayload, {
    description: 'Ends the access of a person or machine, at once, open streams included.',
  })
  async disablePrincipal(@Ctx() op: Operation, @Arg('id', () => ID) id: string): Promise<PrincipalPayload> {
    return { principal: await op.get(DirectoryService).setDisabled(id, true) };
  }

  @Mutation(() => PrincipalPayload, { description: 'Gives a disabled person or machine its access back.' })
  async enablePrincipal(@Ctx() op: Operation, @Arg('id', () => ID) id: string): Promise<PrincipalPayload> {
    return { principal: await op.get(DirectoryService).setDisabled(id, false) };
  }

  @Mutation(() => PrincipalPayload, {
    description: 'Sets the roles that the directory grants; effective are those that the token carries too.',
  })
  async setPrincipalRoles(
    @Ctx() op: Operation,
    @Arg('id', () => ID) id: string,
    @Arg('roles', () => [Role]) roles: Role[],
  ): Promise<PrincipalPayload> {
    return { principal: await op.get(DirectoryService).setRoles(id, roles) };
  }

  @Mutation(() => PrincipalPayload, { description: 'Adds a machine to the own organisation.' })
  async createMachine(
    @Ctx() op: Operation,
    @Arg('input', () => CreateMachineInput) input: CreateMachineInput,
  ): Promise<PrincipalPayload> {
    return { principal: await op.get(DirectoryService).createMachine(input) };
  }

  @Mutation(() => IssuedKey, { description: 'Issues a key to a machine of the own organisation.' })
  issueMachineKey(
    @Ctx() op: Operation,
    @Arg('input', () => IssueMachineKeyInput) input: IssueMachineKeyInput,
  ): Promise<IssuedKey> {
    return op.get(DirectoryService).issueKey(input);
  }

  @Mutation(() => MachineKeyPayload, { description: 'Revokes a key, at once, open streams included.' })
  async revokeMachineKey(@Ctx() op: Operation, @Arg('id', () => ID) id: string): Promise<MachineKeyPayload> {
    return { key: await op.get(DirectoryService).revokeKey(id) };
  }

  @Mutation(() => OrganisationPayload, {
    description: 'Suspends an organisation: nobody of it signs in, open streams end.',
  })
  async suspendOrganisation(@Ctx() op: Operation, @Arg('id', () => ID) id: string): Promise<OrganisationPayload> {
    return { organisation: await op.get(DirectoryService).setSuspended(id, true) };
  }

  @Mutation(() => OrganisationPayload, { description: 'Lifts a suspension.' })
  async reinstateOrganisation(@Ctx() op: Operation, @Arg('id', () => ID) id: string): Promise<OrganisationPayload> {
    return { organisation: await op.get(DirectoryService).setSuspended(id, false) };
  }
}
