import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { added, counts, Register, unchanged } from './support/register.js';
import { AGENCY, lineOf, regulatorFile } from './support/regulator-file.js';

let register: Register;

beforeEach(async () => {
  register = await Register.open();
});

afterEach(() => register.close());

describe('what is known already', () => {
  it('keeps a name and an address that the file withholds', async () => {
    await register.bringIn(
      regulatorFile({ Name: 'Thistle House', 'Address 1': '2 Example Road', Town: 'LONDON', Postcode: 'ZZ1 2TH' }),
    );
    const report = await register.bringIn(regulatorFile({}));
    expect(counts(report).homes).toEqual(unchanged(1));
    expect(await register.registered('9900001')).toMatchObject({
      home: 'Thistle House',
      address: '2 Example Road, LONDON',
      postcode: 'ZZ1 2TH',
    });
  });

  it('takes a name and an address when the regulator gives them at last', async () => {
    await register.bringIn(regulatorFile({}));
    expect(await register.registered('9900001')).toMatchObject({ home: 'Home 9900001' });
    const report = await register.bringIn(regulatorFile({ Name: 'Thistle House', Postcode: 'zz12th' }));
    expect(counts(report).homes).toEqual({ added: 0, changed: 1, unchanged: 0 });
    expect(await register.registered('9900001')).toMatchObject({ home: 'Thistle House', postcode: 'ZZ1 2TH' });
  });

  it('keeps what the file leaves blank, and what the alliance knows beyond it', async () => {
    await register.bringIn(regulatorFile({}));
    await register.query(
      "update home set placement_types = '{SUPPORTED_SELF_CONTAINED,CHILDRENS_HOME}' where name = 'Home 9900001'",
    );
    const report = await register.bringIn(
      regulatorFile({ Places: '', 'Local authority': ' ', 'Registration date': 'NULL' }),
    );
    expect(counts(report)).toMatchObject({ homes: unchanged(1), registrations: unchanged(1) });
    expect(await register.registered('9900001')).toMatchObject({
      beds: 4,
      host: 'Bexley',
      registered_on: '2021-11-08',
      placement_types: ['SUPPORTED_SELF_CONTAINED', 'CHILDRENS_HOME'],
    });
  });

  it('changes with the file, and the report tells exactly', async () => {
    await register.bringIn(
      regulatorFile({}, { URN: '9900002', 'Organisation which owns the provider': 'Thistledown Homes Ltd' }),
    );
    const report = await register.bringIn(
      regulatorFile(
        {
          Places: '5',
          'Registration status': 'Suspended',
          'Overall experiences and progress of children and young people': 'Inadequate',
        },
        { URN: '9900002' },
        { URN: '9900003', 'Local authority': 'Kingston upon Thames' },
      ),
    );
    expect(counts(report)).toEqual({
      providers: unchanged(1),
      homes: { added: 1, changed: 1, unchanged: 1 },
      registrations: { added: 1, changed: 1, unchanged: 1 },
      inspections: { added: 1, changed: 1, unchanged: 1 },
    });
    expect(await register.registered('9900001')).toMatchObject({ beds: 5, status: 'SUSPENDED' });
    const [home] = await register.query<{ version: number }>("select version from home where name = 'Home 9900001'");
    expect(home?.version).toBe(2);
  });

  it('is not undone by a row about an older inspection, in whichever order', async () => {
    const newer = {
      'Inspection date': '01/02/2024',
      'Inspection event number': '90000009',
      'Registration status': 'Cancelled',
    };
    await register.bringIn(regulatorFile(newer, {}));
    expect(await register.registered('9900001')).toMatchObject({ status: 'CANCELLED' });
    const report = await register.bringIn(regulatorFile({ Places: '9' }));
    expect(counts(report)).toMatchObject({
      homes: unchanged(1),
      registrations: unchanged(1),
      inspections: { changed: 0 },
    });
    expect(await register.registered('9900001')).toMatchObject({ status: 'CANCELLED', beds: 4 });
  });

  it('has an inspection’s own row before what the row of the next one says of it', async () => {
    const own = { 'Inspection date': '01/02/2023', 'Inspection event number': '90000005' };
    const next = {
      'Previous Event type': 'Full inspection',
      'Previous inspection Date': '01/02/2023',
      'Previous event number': '90000005',
      'Previous overall experiences and progress of children and young people': 'Outstanding',
    };
    await register.bringIn(regulatorFile(next));
    const report = await register.bringIn(regulatorFile(next, own));
    expect(counts(report).inspections).toEqual({ added: 0, changed: 1, unchanged: 1 });
    expect(counts(await register.bringIn(regulatorFile(next, own))).inspections).toEqual(unchanged(2));
  });

  it('that was entered by hand is found by its URN, and never by its name', async () => {
    await register.query(
      `insert into provider (id, name, trading_names, directors, updated_at) values
         (gen_random_uuid(), 'Thistledown', '{}', '{}', now()), (gen_random_uuid(), 'Bramblewick Homes Limited', '{}', '{}', now())`,
    );
    await register.query(
      `insert into registration (id, provider_id, regulator, reference, status)
       select gen_random_uuid(), id, 'OFSTED', '9900001', 'UNKNOWN' from provider where name = 'Thistledown'`,
    );
    await register.bringIn(
      regulatorFile(
        {},
        { URN: '9900002' },
        { URN: '9900003', 'Organisation which owns the provider': 'Bramblewick Homes Limited' },
      ),
    );
    // Its registration stays where it was put, with the provider and not with a home.
    expect(await register.registered('9900001')).toMatchObject({
      provider: 'Thistledown',
      home: null,
      status: 'REGISTERED',
    });
    expect(await register.registered('9900002')).toMatchObject({ provider: 'Thistledown', home: 'Home 9900002' });
    expect(await register.query("select from provider where name = 'Bramblewick Homes Limited'")).toHaveLength(2);
  });

  it('stays with its provider when the file names another owner, and the report says so', async () => {
    await register.bringIn(regulatorFile({}));
    const report = await register.bringIn(
      regulatorFile({ 'Organisation which owns the provider': 'Somebody Else LLP' }),
    );
    expect(report.remarks).toEqual([
      {
        line: lineOf(0),
        column: 'Organisation which owns the provider',
        reason: expect.stringContaining(
          '"Somebody Else LLP" owns 9900001 here; the register has it with "Thistledown Homes Limited"',
        ),
      },
    ]);
    expect(counts(report).providers).toEqual(unchanged(1));
    expect(await register.registered('9900001')).toMatchObject({ provider: 'Thistledown Homes Limited' });
  });

  it('gets its owner’s name when a later file has it', async () => {
    const withheld = { 'Organisation which owns the provider': '' };
    await register.bringIn(regulatorFile(withheld, { ...withheld, URN: '9900002' }));
    expect(await register.registered('9900001')).toMatchObject({ provider: 'Provider of 9900001' });
    expect(await register.registered('9900002')).toMatchObject({ provider: 'Provider of 9900002' });
    const report = await register.bringIn(regulatorFile({}, { ...withheld, URN: '9900002' }));
    expect(counts(report).providers).toEqual({ added: 0, changed: 1, unchanged: 1 });
    expect(await register.registered('9900001')).toMatchObject({ provider: 'Thistledown Homes Limited' });
  });

  it('is never matched on what is withheld', async () => {
    const withheld = { 'Organisation which owns the provider': 'REDACTED' };
    const report = await register.bringIn(regulatorFile(withheld, { ...withheld, URN: '9900002' }));
    expect(counts(report).providers).toEqual(added(2));
  });

  it('learns an agency’s names and address once', async () => {
    const agencies = regulatorFile(AGENCY, { ...AGENCY, URN: '9900002', Name: 'Thistledown Parents and Children' });
    expect(counts(await register.bringIn(agencies)).providers).toEqual(added(1));
    expect(counts(await register.bringIn(agencies)).providers).toEqual(unchanged(1));
    expect(await register.registered('9900002')).toMatchObject({
      trading_names: ['Thistledown Fostering', 'Thistledown Parents and Children'],
      provider_postcode: 'ZZ1 1TD',
    });
  });
});
