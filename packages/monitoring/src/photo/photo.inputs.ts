import { MOST_FILE_MEGABYTES, ReadPurpose, Upload, type UploadedFile } from '@accord/access';
import { Field, ID, InputType } from 'type-graphql';
import { MOST_PHOTOS } from '../figures.js';

@InputType({ description: 'A photo of a visit that the caller made as a care-experienced visitor.' })
export class AddVisitorPhotoInput {
  @Field(() => ID, { description: `Which visit; each visitor adds at most ${MOST_PHOTOS} photos to it.` })
  visitId!: string;

  @Field(() => Upload, {
    description: `A JPEG or PNG of at most ${MOST_FILE_MEGABYTES} MB. Its pixels are kept and which side is up; its name, and what the camera wrote into it (place, time, device), are not. A HEIC is refused: that cannot be taken out of it here.`,
  })
  file!: UploadedFile;

  @Field(() => Boolean, {
    description:
      'That nobody can be recognised on it: no face, no name, nothing that says which child lives there. Without this it is not kept.',
  })
  nobodyIsRecognisable!: boolean;

  @Field(() => String, {
    description: 'A random key, new for each act: a photo that was kept offline is sent again with the same.',
  })
  idempotencyKey!: string;
}

@InputType({ description: 'A photo of the caller’s own.' })
export class RemoveVisitorPhotoInput {
  @Field(() => ID, { description: 'Which photo.' })
  photoId!: string;
}

@InputType({ description: 'A photo that the caller is about to see.' })
export class OpenVisitorPhotoInput {
  @Field(() => ID, { description: 'Which photo.' })
  photoId!: string;

  @Field(() => ReadPurpose, {
    nullable: true,
    description: 'What for; needed where the visit is another organisation’s, which reads it in its log.',
  })
  purpose?: ReadPurpose | null;

  @Field(() => String, { nullable: true, description: 'What to add to the purpose.' })
  note?: string | null;
}
