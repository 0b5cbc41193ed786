import { registerEnumType } from 'type-graphql';

export enum UseImportOutcome {
  ADDED = 'ADDED',
  CHANGED = 'CHANGED',
  UNCHANGED = 'UNCHANGED',
  OLDER = 'OLDER',
  ENDED = 'ENDED',
  MISSING = 'MISSING',
  REFUSED = 'REFUSED',
}

registerEnumType(UseImportOutcome, {
  name: 'UseImportOutcome',
  description: 'What became of a home of a borough’s list, or of a row that is about none.',
  valuesConfig: {
    ADDED: { description: 'Nobody was there, and somebody is.' },
    CHANGED: { description: 'Another number.' },
    UNCHANGED: { description: 'The same number, now as of the file’s day.' },
    OLDER: { description: 'Known as of a later day than the file’s: it stays as it is.' },
    ENDED: { description: 'Nobody is there any more: the file says 0, or is whole and does not name it.' },
    MISSING: { description: 'In use and not in the file, which does not say that it is whole: it stays as it is.' },
    REFUSED: { description: 'The row cannot be right, and changes nothing.' },
  },
});
