import { Arg, Ctx, Field, FieldResolver, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { DirectoryService } from '../directory.service.js';
import type { Operation } from '../operation.js';
import { Organisation } from '../organisation.entity.js';
import { GroupService } from './group.service.js';
import {
  AddToBoroughGroupInput,
  CreateBoroughGroupInput,
  GroupMember,
  GroupView,
  RemoveFromBoroughGroupInput,
  RenameBoroughGroupInput,
  RetireBoroughGroupInput,
} from './group.type.js';

@ObjectType({ simpleResolvers: true, description: 'A group that was made or changed.' })
class BoroughGroupPayload {
  @Field(() => GroupView, { description: 'The group, as it is now.' })
  group!: GroupView;
}

@Resolver(() => GroupView)
export class GroupResolver {
  @Query(() => [GroupView], { description: 'The groups that the own organisation keeps or is in, by name.' })
  boroughGroups(@Ctx() op: Operation): Promise<GroupView[]> {
    return op.get(GroupService).list();
  }

  @FieldResolver(() => Organisation, { nullable: true, description: 'Who keeps it.' })
  keeper(@Ctx() op: Operation, @Root() group: GroupView): Promise<Organisation | null> {
    return op.get(DirectoryService).organisation.load(group.keeperId);
  }

  @FieldResolver(() => [GroupMember], {
    description: 'Its members: to its keeper all; to a member its own, and those of the others unless it hides them.',
  })
  members(@Ctx() op: Operation, @Root() group: GroupView): Promise<GroupMember[]> {
    return op.get(GroupService).members.load(group.id);
  }

  @Mutation(() => BoroughGroupPayload, { description: 'Makes a group that the own organisation keeps.' })
  async createBoroughGroup(
    @Ctx() op: Operation,
    @Arg('input', () => CreateBoroughGroupInput) input: CreateBoroughGroupInput,
  ): Promise<BoroughGroupPayload> {
    return { group: await op.get(GroupService).create(input) };
  }

  @Mutation(() => BoroughGroupPayload, { description: 'Gives a group of the own organisation another name.' })
  async renameBoroughGroup(
    @Ctx() op: Operation,
    @Arg('input', () => RenameBoroughGroupInput) input: RenameBoroughGroupInput,
  ): Promise<BoroughGroupPayload> {
    return { group: await op.get(GroupService).rename(input) };
  }

  @Mutation(() => BoroughGroupPayload, {
    description:
      'Adds members to a group of the own organisation. What is shared with it reaches them from their day on.',
  })
  async addToBoroughGroup(
    @Ctx() op: Operation,
    @Arg('input', () => AddToBoroughGroupInput) input: AddToBoroughGroupInput,
  ): Promise<BoroughGroupPayload> {
    return { group: await op.get(GroupService).add(input) };
  }

  @Mutation(() => BoroughGroupPayload, {
    description:
      'Ends a membership of a group of the own organisation. What was shared with it is gone for that member, and it is told.',
  })
  async removeFromBoroughGroup(
    @Ctx() op: Operation,
    @Arg('input', () => RemoveFromBoroughGroupInput) input: RemoveFromBoroughGroupInput,
  ): Promise<BoroughGroupPayload> {
    return { group: await op.get(GroupService).remove(input) };
  }

  @Mutation(() => BoroughGroupPayload, {
    description: 'Retires a group of the own organisation: every membership ends, and nobody can name it.',
  })
  async retireBoroughGroup(
    @Ctx() op: Operation,
    @Arg('input', () => RetireBoroughGroupInput) input: RetireBoroughGroupInput,
  ): Promise<BoroughGroupPayload> {
    return { group: await op.get(GroupService).retire(input) };
  }
}

@Resolver(() => GroupMember)
export class GroupMemberResolver {
  @FieldResolver(() => Organisation, { nullable: true, description: 'Which organisation.' })
  organisation(@Ctx() op: Operation, @Root() member: GroupMember): Promise<Organisation | null> {
    return op.get(DirectoryService).organisation.load(member.organisationId);
  }
}
