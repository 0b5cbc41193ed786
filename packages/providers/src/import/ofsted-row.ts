import { postcode, registrationReference } from '../identifier.js';
import { JudgementScale, type JudgementFacts } from '../judgement.js';
import { Regulator, type RegistrationStatus } from '../vocabulary.js';
import type { OfstedCells } from './ofsted-cells.js';
import type { OfstedColumn } from './ofsted-column.js';
import {
  ASPECTS,
  judgementNames,
  judgementOf,
  PROVISION_NAMES,
  provisionOf,
  STATUS_NAMES,
  statusOf,
  type Provision,
} from './ofsted-vocabulary.js';

/** An inspection as a row tells of it. */
export interface OfstedInspection {
  readonly eventNumber: string;
  readonly kind: string;
  /** `YYYY-MM-DD`, as every date here. */
  readonly inspectedOn: string;
  readonly publishedOn: string | null;
  /** All on one scale. */
  readonly judgements: readonly JudgementFacts[];
}

/** A row of the regulator's file: an inspection, and what was inspected as it was at the end of the file's year. */
export interface OfstedRow {
  readonly line: number;
  readonly urn: string;
  readonly provision: Provision;
  readonly status: RegistrationStatus;
  readonly registeredOn: string | null;
  /** The registered name; null where the regulator withholds it. So are address and postcode. */
  readonly name: string | null;
  readonly address: string | null;
  readonly postcode: string | null;
  readonly localAuthority: string | null;
  readonly places: number | null;
  /** Null for the few, mostly single persons, of whom the file says nothing. */
  readonly owner: string | null;
  readonly inspection: OfstedInspection;
  /** The full inspection before this one, where the row has it. */
  readonly previous: OfstedInspection | null;
}

interface InspectionColumns {
  readonly kind: OfstedColumn;
  readonly inspectedOn: OfstedColumn;
  readonly publishedOn: OfstedColumn;
  readonly eventNumber: OfstedColumn;
  readonly judgements: 'column' | 'previous';
}

const THIS: InspectionColumns = {
  kind: 'kind',
  inspectedOn: 'inspectedOn',
  publishedOn: 'publishedOn',
  eventNumber: 'eventNumber',
  judgements: 'column',
};

const PREVIOUS: InspectionColumns = {
  kind: 'previousKind',
  inspectedOn: 'previousInspectedOn',
  publishedOn: 'previousPublishedOn',
  eventNumber: 'previousEventNumber',
  judgements: 'previous',
};

const EVENT_NUMBER = /^\d{8}$/;
const ADDRESS: readonly OfstedColumn[] = ['address1', 'address2', 'town', 'county'];

/**
 * Reads a row. Where the previous inspection alone is wrong, that is left out and the rest comes in.
 * @returns `undefined` when the row cannot come in; `cells.refusals` says why.
 */
export function readRow(cells: OfstedCells): OfstedRow | undefined {
  // Cut short: what its cells say is not worth telling.
  if (cells.refusals.length > 0) return undefined;
  const urn = cells.checked('urn', cells.required('urn'), (path, text) =>
    registrationReference(path, Regulator.OFSTED, text),
  );
  const provision = cells.word('provisionType', provisionOf, PROVISION_NAMES);
  const status = cells.word('status', statusOf, STATUS_NAMES);
  const facts = {
    registeredOn: cells.date('registeredOn'),
    name: cells.openText('name'),
    address: address(cells),
    postcode: cells.checked('postcode', cells.openText('postcode'), postcode),
    localAuthority: cells.openText('localAuthority'),
    places: cells.places('places'),
    owner: ownerName(cells.openText('owner')),
  };
  const inspection = provision && readInspection(cells, THIS, provision);
  const whole = cells.refusals.length === 0;
  const previous =
    provision && cells.text('previousEventNumber') !== null ? readInspection(cells, PREVIOUS, provision) : null;
  if (!whole || !urn || !provision || !status || !inspection) return undefined;
  return { line: cells.line, urn, provision, status, ...facts, inspection, previous };
}

/** In some years the owner's name is followed by its company's and charity's numbers. */
const NUMBERS = /[\s(]+[0-9A-Z]{0,2}\d{5,8}\)?(,\s*\d{5,8}\)?)*$/;

const ownerName = (text: string | null): string | null => text?.replace(NUMBERS, '') ?? null;

function address(cells: OfstedCells): string | null {
  const parts = ADDRESS.map((column) => cells.openText(column)).filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(', ');
}

function readInspection(cells: OfstedCells, columns: InspectionColumns, provision: Provision): OfstedInspection | null {
  const before = cells.refusals.length;
  const eventNumber = cells.required(columns.eventNumber);
  if (eventNumber !== null && !EVENT_NUMBER.test(eventNumber)) {
    cells.refuse(columns.eventNumber, `"${eventNumber}" is no event number: one has eight digits, such as 10274879.`);
  }
  const kind = cells.required(columns.kind);
  const known = cells.refusals.length;
  const inspectedOn = cells.date(columns.inspectedOn);
  if (inspectedOn === null && cells.refusals.length === known) cells.refuse(columns.inspectedOn, 'is empty.');
  const publishedOn = cells.date(columns.publishedOn);
  const scale = kind === null ? provision.scale : scaleOf(provision, kind);
  const judgements = ASPECTS.flatMap(({ aspect, [columns.judgements]: column }) =>
    column === null ? [] : judgement(cells, column, aspect, scale, provision),
  );
  if (cells.refusals.length > before || eventNumber === null || kind === null || inspectedOn === null) return null;
  return { eventNumber, kind: kind.replaceAll(/\s[-‐-―]\s/g, ' – '), inspectedOn, publishedOn, judgements };
}

/** An interim inspection, of which there were some until 2022, gave no grade but said whether a home got better. */
const scaleOf = ({ scale }: Provision, kind: string): JudgementScale =>
  scale === JudgementScale.OFSTED_FOUR_POINT && /^interim inspection\b/i.test(kind)
    ? JudgementScale.OFSTED_INTERIM_EFFECTIVENESS
    : scale;

function judgement(
  cells: OfstedCells,
  column: OfstedColumn,
  aspect: string,
  scale: JudgementScale,
  { name }: Provision,
): JudgementFacts[] {
  const text = cells.text(column);
  if (text === null) return [];
  const known = judgementOf(scale, aspect, text);
  if (known) return [known];
  cells.refuse(column, `"${text}" is no judgement of ${name}; on its scale these are: ${judgementNames(scale)}.`);
  return [];
}
