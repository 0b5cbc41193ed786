import { OFSTED_COLUMNS, type OfstedColumn } from '@accord/providers';
import { registerEnumType } from 'type-graphql';

/** Where an import stands. */
export enum RegulatorImportState {
  QUEUED = 'QUEUED',
  RUNNING = 'RUNNING',
  DONE = 'DONE',
  FAILED = 'FAILED',
}

/** What became of a provider, home, registration or inspection, or that a flag was raised. */
export enum RegulatorImportKind {
  PROVIDER = 'PROVIDER',
  HOME = 'HOME',
  REGISTRATION = 'REGISTRATION',
  INSPECTION = 'INSPECTION',
  FLAG = 'FLAG',
}

export enum RegulatorImportOutcome {
  ADDED = 'ADDED',
  CHANGED = 'CHANGED',
  UNCHANGED = 'UNCHANGED',
}

export enum RegulatorFindingKind {
  REFUSED = 'REFUSED',
  TO_LOOK_AT = 'TO_LOOK_AT',
}

/**
 * What the regulator tells every local authority of (Care Standards Act 2000, section 30A). A notice of proposal is not
 * on its list and not a decision; proceedings are, and are no trigger (rules 17): who has to know of them is flagged to.
 */
export enum RegulatorNoticeKind {
  SUSPENSION = 'SUSPENSION',
  SUSPENSION_EXTENDED = 'SUSPENSION_EXTENDED',
  CANCELLATION = 'CANCELLATION',
  RESTRICTION_OF_ACCOMMODATION = 'RESTRICTION_OF_ACCOMMODATION',
}

const upperSnake = (column: OfstedColumn): string => column.replaceAll(/(?=[A-Z\d])/g, '_').toUpperCase();

/** The columns that the import reads, as clients name them. */
export const REGULATOR_COLUMN = Object.fromEntries(OFSTED_COLUMNS.map((column) => [upperSnake(column), column]));

registerEnumType(RegulatorImportState, { name: 'RegulatorImportState', description: 'Where an import stands.' });
registerEnumType(RegulatorImportKind, { name: 'RegulatorImportKind', description: 'What an import wrote.' });
registerEnumType(RegulatorImportOutcome, {
  name: 'RegulatorImportOutcome',
  description: 'What became of it. Each is counted once, however many rows speak of it.',
});
registerEnumType(RegulatorFindingKind, {
  name: 'RegulatorFindingKind',
  description: 'Whether something of a row did not come in, or came in and should be looked at.',
});
registerEnumType(RegulatorNoticeKind, {
  name: 'RegulatorNoticeKind',
  description:
    'What the regulator decided and told every local authority of, under section 30A of the Care Standards Act 2000. A notice of proposal is not a decision.',
  valuesConfig: {
    RESTRICTION_OF_ACCOMMODATION: {
      description: 'No new children (section 22B); those who live there may stay. The registration stands.',
    },
  },
});
registerEnumType(REGULATOR_COLUMN, {
  name: 'RegulatorColumn',
  description: 'What a column of the regulator’s file can mean.',
});
