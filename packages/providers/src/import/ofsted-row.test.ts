import { describe, expect, it } from '@jest/globals';
import { OfstedCells } from './ofsted-cells.js';
import type { OfstedColumn } from './ofsted-column.js';
import { readRow, type OfstedRow } from './ofsted-row.js';

const LINE = 17;

/** A row as the regulator publishes one of a children's home. */
const HOME: Partial<Record<OfstedColumn, string>> = {
  urn: '2612013',
  provisionType: "Children's home",
  registeredOn: '08/11/2021',
  status: 'Active',
  name: 'REDACTED',
  address1: 'REDACTED',
  address2: 'REDACTED',
  town: 'REDACTED',
  county: 'REDACTED',
  postcode: 'REDACTED',
  localAuthority: 'Bexley',
  places: '4',
  owner: 'EXAMPLE HOMES LIMITED',
  kind: 'Full inspection',
  inspectedOn: '27/06/2023',
  publishedOn: '08/08/2023',
  eventNumber: '10274879',
  overall: 'Good',
  protection: 'Good',
  leadership: 'Requires improvement to be good',
  previousKind: 'Full inspection',
  previousInspectedOn: '26/10/2022',
  previousPublishedOn: '30/11/2022',
  previousEventNumber: '10224974',
  previousOverall: 'Good',
  previousProtection: 'Good',
  previousLeadership: 'Inadequate',
};

function read(changes: Partial<Record<OfstedColumn, string>> = {}) {
  const raw = { ...HOME, ...changes };
  const cells = new OfstedCells(LINE, (column) => raw[column] ?? '');
  return { row: readRow(cells), refusals: cells.refusals };
}

function accepted(changes: Partial<Record<OfstedColumn, string>> = {}): OfstedRow {
  const { row, refusals } = read(changes);
  expect(refusals).toEqual([]);
  if (!row) throw new Error('The row did not come in.');
  return row;
}

describe('readRow', () => {
  it('reads a home with its inspection and the one before', () => {
    const scale = 'OFSTED_FOUR_POINT';
    const overall = 'Overall experiences and progress of children and young people';
    const protection = 'How well children and young people are helped and protected';
    const leadership = 'The effectiveness of leaders and managers';
    expect(accepted()).toEqual({
      line: LINE,
      urn: '2612013',
      provision: expect.objectContaining({ registered: 'HOME', placementTypes: ['CHILDRENS_HOME'] }),
      status: 'REGISTERED',
      registeredOn: '2021-11-08',
      name: null,
      address: null,
      postcode: null,
      localAuthority: 'Bexley',
      places: 4,
      owner: 'EXAMPLE HOMES LIMITED',
      inspection: {
        eventNumber: '10274879',
        kind: 'Full inspection',
        inspectedOn: '2023-06-27',
        publishedOn: '2023-08-08',
        judgements: [
          { aspect: overall, judgement: 'Good', scale },
          { aspect: protection, judgement: 'Good', scale },
          { aspect: leadership, judgement: 'Requires improvement to be good', scale },
        ],
      },
      previous: {
        eventNumber: '10224974',
        kind: 'Full inspection',
        inspectedOn: '2022-10-26',
        publishedOn: '2022-11-30',
        judgements: [
          { aspect: overall, judgement: 'Good', scale },
          { aspect: protection, judgement: 'Good', scale },
          { aspect: leadership, judgement: 'Inadequate', scale },
        ],
      },
    });
  });

  it.each(['', ' ', '   ', 'NULL', ' NULL ', '\u00a0'])('takes "%s" for a blank, in dates and texts alike', (blank) => {
    const row = accepted({
      registeredOn: blank,
      places: blank,
      owner: blank,
      publishedOn: blank,
      previousKind: blank,
      previousInspectedOn: blank,
      previousPublishedOn: blank,
      previousEventNumber: blank,
    });
    expect([row.registeredOn, row.places, row.owner, row.inspection.publishedOn, row.previous]).toEqual(
      Array.from({ length: 5 }, () => null),
    );
  });

  it('has no judgements where a visit gave no grades', () => {
    const visit = accepted({ kind: 'Assurance visit', overall: '', protection: ' ', leadership: 'NULL' });
    expect(visit.inspection.judgements).toEqual([]);
  });

  it('takes a withheld owner for one that is not given', () => {
    expect(accepted({ owner: 'REDACTED' }).owner).toBeNull();
  });

  it('joins what is open of an address', () => {
    const open = {
      name: 'Example  Fostering ',
      address1: 'Unit 3',
      address2: ' ',
      town: 'LONDON',
      county: '',
      postcode: 'ha96bz',
    };
    expect(accepted(open)).toMatchObject({ name: 'Example Fostering', address: 'Unit 3, LONDON', postcode: 'HA9 6BZ' });
  });

  it.each([
    ["Children's Home", "Children's home"],
    ['Children’s home', "Children's home"],
    ['RESIDENTIAL SPECIAL SCHOOL', 'Residential Special School'],
    ['Supported  accommodation', 'Supported Accommodation'],
  ])('knows the provision type "%s"', (spelling, name) => {
    const ungraded = { overall: '', protection: '', leadership: '', previousEventNumber: '' };
    expect(accepted({ ...ungraded, provisionType: spelling }).provision.name).toBe(name);
  });

  it.each([
    ["Children's home", 'HOME', ['CHILDRENS_HOME']],
    ["Secure children's home", 'HOME', ['SECURE_CHILDRENS_HOME']],
    ['Residential Special School', 'HOME', ['RESIDENTIAL_SPECIAL_SCHOOL']],
    [
      "Residential special school (registered as a children's home)",
      'HOME',
      ['RESIDENTIAL_SPECIAL_SCHOOL', 'CHILDRENS_HOME'],
    ],
    ['Residential Family Centre', 'HOME', ['RESIDENTIAL_FAMILY_CENTRE']],
    ['Boarding School', 'HOME', []],
    ['Further Education College with Residential Accommodation', 'HOME', []],
    ['Residential Holiday Scheme for Disabled Children', 'HOME', []],
    ['Secure Training Centre', 'HOME', []],
    ['Independent Fostering Agency', 'PROVIDER', []],
    ['Adoption Support Agency', 'PROVIDER', []],
    ['Voluntary Adoption Agency', 'PROVIDER', []],
  ])('%s: the registration is the %s’s', (type, registered, placementTypes) => {
    expect(accepted({ provisionType: type }).provision).toMatchObject({ registered, placementTypes });
  });

  it.each([
    ['Active', 'REGISTERED'],
    ['Suspended', 'SUSPENDED'],
    ['Cancelled', 'CANCELLED'],
    ['Resigned', 'RESIGNED'],
    ['closed', 'CLOSED'],
  ])('maps the status %s to %s', (word, status) => {
    expect(accepted({ status: word }).status).toBe(status);
  });

  it('keeps the dash of an event type, whichever dash it was', () => {
    expect(accepted({ kind: 'SC – Emergency inspection' }).inspection.kind).toBe('SC – Emergency inspection');
    expect(accepted({ kind: 'SC - Emergency inspection' }).inspection.kind).toBe('SC – Emergency inspection');
  });

  it.each<[OfstedColumn, string, string, RegExp]>([
    ['urn', '', 'URN', /is empty/],
    ['urn', '12345', 'URN', /SC and six digits, or seven digits/],
    ['provisionType', 'Care home', 'Provision type', /"Care home" is not known; these are: Children's home,/],
    ['status', 'Proposed', 'Registration status', /Active, Suspended, Cancelled, Resigned, Closed/],
    ['registeredOn', '31/02/2021', 'Registration date', /day\/month\/year/],
    ['registeredOn', '2021-11-08', 'Registration date', /day\/month\/year/],
    ['registeredOn', '11/25/2021', 'Registration date', /day\/month\/year/],
    ['postcode', 'HAM 6BZ', 'Postcode', /HA9 6BZ/],
    ['places', 'four', 'Places', /"four" is no number of places/],
    ['places', '-1', 'Places', /no number/],
    ['owner', 'x'.repeat(501), 'Organisation which owns the provider', /501 characters; 500 at most/],
    ['kind', '', 'Inspection event type', /is empty/],
    ['inspectedOn', 'NULL', 'Inspection date', /is empty/],
    ['inspectedOn', '30/02/2023', 'Inspection date', /"30\/02\/2023" is no date/],
    ['eventNumber', '', 'Inspection event number', /is empty/],
    ['eventNumber', '1.03E+07', 'Inspection event number', /eight digits/],
    ['overall', 'Good-ish', 'Overall experiences and progress of children and young people', /Outstanding, Good/],
    [
      'overall',
      'Requires improvement to be g',
      'Overall experiences and progress of children and young people',
      /no judgement/,
    ],
  ])('refuses a row whose %s is "%s"', (column, text, name, reason) => {
    const { row, refusals } = read({ [column]: text });
    expect(row).toBeUndefined();
    expect(refusals).toEqual([{ line: LINE, column: name, reason: expect.stringMatching(reason) }]);
  });

  it('tells everything that is wrong with a row at once', () => {
    const { refusals } = read({ urn: 'x', places: 'many', inspectedOn: 'yesterday' });
    expect(refusals.map(({ column }) => column)).toEqual(['URN', 'Places', 'Inspection date']);
  });

  it('leaves out a previous inspection that cannot be right, and keeps the row', () => {
    const { row, refusals } = read({ previousInspectedOn: 'NULL' });
    expect(row).toMatchObject({ urn: '2612013', previous: null });
    expect(refusals).toEqual([{ line: LINE, column: 'Previous inspection Date', reason: 'is empty.' }]);
  });

  const supported = {
    provisionType: 'Supported Accommodation',
    previousEventNumber: '',
    overall: '',
    protection: '',
    leadership: '',
  };

  it.each([
    ['Outcome 3', 'Serious or widespread weaknesses'],
    [
      'Inconsistent quality of service delivery adversely affects some children’s experiences.',
      'Inconsistent quality of service delivery',
    ],
  ])('reads the outcome "%s" of supported accommodation on its own scale', (text, judgement) => {
    expect(accepted({ ...supported, supportedOutcome: text }).inspection.judgements).toEqual([
      { aspect: 'Outcome', judgement, scale: 'SUPPORTED_ACCOMMODATION_OUTCOME' },
    ]);
  });

  it.each([
    [
      'a four-point grade on supported accommodation',
      { ...supported, overall: 'Good' },
      /no judgement of Supported Accommodation.*Consistently strong/,
    ],
    ['an outcome on a home', { supportedOutcome: 'Outcome 3' }, /no judgement of Children's home.*Outstanding, Good/],
    ['an effectiveness on a full inspection', { overall: 'Improved effectiveness' }, /Outstanding, Good/],
    ['a grade on an interim inspection', { kind: 'Interim inspection' }, /Improved effectiveness/],
  ])('does not put %s', (_, changes, reason) => {
    const { row, refusals } = read(changes);
    expect(row).toBeUndefined();
    expect(refusals[0]?.reason).toMatch(reason);
  });

  it.each([
    ['Improved effectiveness', 'Improved effectiveness'],
    ['Declined effectiveness', 'Declined in effectiveness'],
    ['Declined in effectiveness', 'Declined in effectiveness'],
  ])('reads "%s" of an interim inspection on its own scale', (text, judgement) => {
    const interim = { kind: 'Interim inspection', overall: text, protection: '', leadership: '' };
    expect(accepted(interim).inspection.judgements).toMatchObject([
      { judgement, scale: 'OFSTED_INTERIM_EFFECTIVENESS' },
    ]);
  });

  it('reads what was judged until 2018, in the words of that time', () => {
    const older = {
      overall: '',
      protection: '',
      leadership: '',
      effectiveness: 'Requires improvement',
      safeguarding: 'Good',
    };
    expect(accepted(older).inspection.judgements).toEqual([
      { aspect: 'Overall effectiveness', judgement: 'Requires improvement to be good', scale: 'OFSTED_FOUR_POINT' },
      { aspect: 'Safeguarding children and young people', judgement: 'Good', scale: 'OFSTED_FOUR_POINT' },
    ]);
  });

  it.each([
    ['Example School Trust 09494940', 'Example School Trust'],
    ['Example Trust Limited (09487106)', 'Example Trust Limited'],
    ['Over The Example 03713232, 1075361', 'Over The Example'],
    ['Homes 2 Example Ltd', 'Homes 2 Example Ltd'],
  ])('takes the owner "%s" without numbers', (text, name) => {
    expect(accepted({ owner: text }).owner).toBe(name);
  });

  it('reads places that a spreadsheet program made decimal', () => {
    expect(accepted({ places: '6.00' }).places).toBe(6);
  });
});
