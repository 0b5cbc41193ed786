import { TestAccord } from '@accord/testkit';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Register } from './support/register.js';

let accord: TestAccord;
let register: Register;

beforeAll(async () => {
  accord = await TestAccord.start();
  register = new Register(accord.database);
});

afterAll(() => accord.stop());

describe('the London rows that are there from the first start', () => {
  it('are what the regulator says', async () => {
    expect(await register.registered('2612013')).toEqual({
      provider: 'PURE GRACE HOMES LIMITED',
      trading_names: [],
      provider_postcode: null,
      home: 'Home 2612013',
      address: null,
      postcode: null,
      beds: 4,
      placement_types: ['CHILDRENS_HOME'],
      local_authority: 'Bexley',
      host: 'Bexley',
      category: "Children's home",
      status: 'REGISTERED',
      registered_on: '2021-11-08',
    });
    const inspections = await register.query(
      `select i.event_number, i.kind, i.inspected_on::text, i.published_on::text, jsonb_path_query_array(i.judgements, '$[*].judgement') as judgements,
         jsonb_path_query_array(i.judgements, '$[*].scale') as scales, i.home_id = r.home_id as of_the_home
       from inspection i join registration r on r.id = i.registration_id where r.reference = '2612013' order by i.inspected_on desc`,
    );
    const fourPoint = Array.from({ length: 3 }, () => 'OFSTED_FOUR_POINT');
    const kind = 'Full inspection';
    const judgements = ['Good', 'Good', 'Requires improvement to be good'];
    expect(inspections).toEqual([
      {
        event_number: '10274879',
        kind,
        inspected_on: '2023-06-27',
        published_on: '2023-08-08',
        judgements,
        scales: fourPoint,
        of_the_home: true,
      },
      {
        event_number: '10224974',
        kind,
        inspected_on: '2022-10-26',
        published_on: '2022-11-30',
        judgements,
        scales: fourPoint,
        of_the_home: true,
      },
    ]);
  });

  it('have the registrations of agencies and of supported accommodation with the provider', async () => {
    expect(await register.registered('1280297')).toMatchObject({
      provider: 'Achieving for Children Community Interest Company',
      trading_names: ['Achieving For Children'],
      provider_postcode: 'KT1 1EU',
      home: null,
    });
    expect(await register.registered('2748709')).toMatchObject({
      provider: 'Horizon Supported Accommodation Limited',
      home: null,
    });
    const visits = await register.query<{ judgements: unknown }>(
      "select judgements from inspection i join registration r on r.id = i.registration_id where r.reference = '2748709'",
    );
    expect(visits).toEqual([{ judgements: [] }, { judgements: [] }]);
  });

  it('have a home outside the alliance under its authority, without a host', async () => {
    const [outside] = await register.query<{ local_authority: string }>(
      "select local_authority from home where host_borough_id is null and local_authority = 'Stockton-on-Tees'",
    );
    expect(outside).toEqual({ local_authority: 'Stockton-on-Tees' });
    const hosts = await register.query<{ n: string }>(
      'select count(distinct host_borough_id) as n from home where name like $1',
      ['Home %'],
    );
    expect(Number(hosts[0]?.n)).toBeGreaterThan(25);
  });

  it('have owners once, however they are spelt, and registrations without an owner by themselves', async () => {
    const owners = await register.query<{ name: string; homes: string }>(
      `select p.name, count(*) as homes from provider p join home h on h.provider_id = p.id
       where p.name ilike 'woodford%' or p.name ilike '%borough of hillingdon' group by p.id order by p.name`,
    );
    expect(owners).toEqual([
      { name: "Woodford Children's Services Limited", homes: '4' },
      { name: 'london borough of hillingdon', homes: '3' },
    ]);
    const withheld = await register.query<{ name: string }>(
      "select name from provider where name like 'Provider of %' order by name",
    );
    expect(withheld).toEqual(
      ['SC010699', 'SC028460', 'SC038906', 'SC039213', 'SC462631', 'SC484912'].map((urn) => ({
        name: `Provider of ${urn}`,
      })),
    );
    expect(await register.registered('2689714')).toMatchObject({
      provider: 'David Game College',
      home: 'David Game College',
    });
    expect(
      await register.query("select from provider where name ilike '%redacted%' or 'REDACTED' = any(trading_names)"),
    ).toEqual([]);
  });

  it.each([
    ['a fictional provider', 'Lanternfield', 'Lanternfield Supported Living Ltd'],
    ['a real one by its name', 'pure grace', 'PURE GRACE HOMES LIMITED'],
    ['a real one by a home’s URN', '2612013', 'PURE GRACE HOMES LIMITED'],
    ['a real one by an agency’s registered name', 'diagrama adoption', "Diagrama Children's Services Limited"],
  ])('are searched beside the fictional ones: finds %s', async (_, words, name) => {
    const client = await accord.as('brent-placements');
    const { providers } = await client.data<{ providers: { nodes: { name: string }[] } }>(
      'query($search: String) { providers(first: 5, filter: { search: $search }) { nodes { name } } }',
      { search: words },
    );
    expect(providers.nodes.map((provider) => provider.name)).toContain(name);
  });
});
