import { registerEnumType } from 'type-graphql';

export enum FindingState {
  DRAFT = 'DRAFT',
  REPLY_ASKED = 'REPLY_ASKED',
  PUBLISHED = 'PUBLISHED',
  DROPPED = 'DROPPED',
}

registerEnumType(FindingState, {
  name: 'FindingState',
  description:
    'DRAFT: being written. REPLY_ASKED: the provider has it and may comment. PUBLISHED: it goes where its visit goes. DROPPED: it did not hold.',
});
