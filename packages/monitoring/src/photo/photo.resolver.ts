import type { Operation } from '@accord/access';
import { OpenedFile } from '@accord/files';
import { Arg, Ctx, Field, FieldResolver, Mutation, ObjectType, Resolver, Root } from 'type-graphql';
import { VisitorPartPayload } from '../visit/visit.payload.js';
import { MyVisit, VisitorPart } from '../visit/visit.type.js';
import { VisitorService } from '../visit/visitor.service.js';
import { PhotoRecord } from './photo.entity.js';
import { AddVisitorPhotoInput, OpenVisitorPhotoInput, RemoveVisitorPhotoInput } from './photo.inputs.js';
import { PhotoLoader } from './photo.loader.js';
import { PhotoService } from './photo.service.js';

@ObjectType({ simpleResolvers: true, description: 'A photo that may be fetched now.' })
class OpenedVisitorPhoto extends OpenedFile {
  @Field(() => PhotoRecord, { description: 'The photo.' })
  photo!: PhotoRecord;
}

@Resolver(() => VisitorPart)
export class PartPhotosResolver {
  @FieldResolver(() => [PhotoRecord], {
    description: 'Their photos. To other organisations: those alone that they agreed to show.',
  })
  photos(@Ctx() op: Operation, @Root() part: VisitorPart): Promise<PhotoRecord[]> {
    return op.get(PhotoLoader).ofPart(part);
  }
}

@Resolver(() => MyVisit)
export class MyPhotosResolver {
  @FieldResolver(() => [PhotoRecord], { description: 'The caller’s own photos of it.' })
  async photos(@Ctx() op: Operation, @Root() { visitId }: MyVisit): Promise<PhotoRecord[]> {
    const { id: principalId } = await op.caller();
    return op.get(PhotoLoader).ofPart({ visitId, principalId });
  }

  @Mutation(() => VisitorPartPayload, {
    description:
      'Keeps a photo beside the caller’s own part: all of it, or nothing. Sent as the GraphQL multipart request specification says. It stays in the own borough until it is shown (writeVisitorPart, shownPhotoIds).',
  })
  async addVisitorPhoto(
    @Ctx() op: Operation,
    @Arg('input', () => AddVisitorPhotoInput) input: AddVisitorPhotoInput,
  ): Promise<VisitorPartPayload> {
    await op.get(PhotoService).add(input);
    return { visit: await op.get(VisitorService).own(input.visitId) };
  }

  @Mutation(() => VisitorPartPayload, { description: 'Removes a photo of the caller’s own, for good.' })
  async removeVisitorPhoto(
    @Ctx() op: Operation,
    @Arg('input', () => RemoveVisitorPhotoInput) { photoId }: RemoveVisitorPhotoInput,
  ): Promise<VisitorPartPayload> {
    return { visit: await op.get(VisitorService).own(await op.get(PhotoService).remove(photoId)) };
  }

  @Mutation(() => OpenedVisitorPhoto, {
    description:
      'Opens a photo of a care-experienced visitor’s, for one download; a visitor, their own alone. Another organisation’s asks for a purpose, and stands in its read log.',
  })
  openVisitorPhoto(
    @Ctx() op: Operation,
    @Arg('input', () => OpenVisitorPhotoInput) input: OpenVisitorPhotoInput,
  ): Promise<OpenedVisitorPhoto> {
    return op.get(PhotoService).open(input);
  }
}
