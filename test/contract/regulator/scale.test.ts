import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { exampleId, homeId, providerId } from '@accord/infra';
import { judged, JudgementScale } from '@accord/providers';
import { Register } from '../support/register.js';

let register: Register;
let inspections = 0;

beforeAll(async () => {
  register = await Register.open();
});

afterAll(() => register.close());

const OVERALL = 'Overall experiences and progress of children and young people';

/** Writes an inspection as the superuser, whom only the table itself can stop. */
const write = (judgements: unknown, regulator = 'OFSTED') =>
  register.query(
    `insert into inspection (id, registration_id, provider_id, home_id, regulator, event_number, kind, inspected_on, judgements)
     values (gen_random_uuid(), $1, $2, $3, $4, $5, 'Full inspection', '2026-01-05', $6)`,
    [
      exampleId('registration', 'SC990002'),
      providerId('Tidewell Care Ltd'),
      homeId('Tidewell Lodge'),
      regulator,
      String(99_300_000 + (inspections += 1)),
      JSON.stringify(judgements),
    ],
  );

const good = judged(JudgementScale.OFSTED_FOUR_POINT, OVERALL, 'Good');
const outcome = judged(JudgementScale.SUPPORTED_ACCOMMODATION_OUTCOME, 'Outcome', 'Serious or widespread weaknesses');
const rating = judged(JudgementScale.CQC_RATING, 'Safe', 'Requires improvement');

it.each([
  ['no judgement', [], 'OFSTED'],
  ['several on one scale', [good, { ...good, aspect: 'Health services' }], 'OFSTED'],
  ['an outcome', [outcome], 'OFSTED'],
  ['a rating of CQC’s', [rating], 'CQC'],
])('an inspection may have %s', async (_, judgements, regulator) => {
  await expect(write(judgements, regulator)).resolves.toEqual([]);
});

it.each([
  ['judgements on two scales', [good, outcome], 'OFSTED', /inspection_one_scale/],
  ['a word of another scale', [{ ...good, judgement: 'Requires improvement' }], 'OFSTED', /inspection_words_of_scale/],
  ['a word of no scale', [{ ...outcome, judgement: 'Outcome 3' }], 'OFSTED', /inspection_words_of_scale/],
  ['no scale', [{ aspect: OVERALL, judgement: 'Good' }], 'OFSTED', /inspection_(one_scale|words)/],
  ['a scale that is none', [{ ...good, scale: 5 }], 'OFSTED', /inspection_(scale|words)/],
  ['another regulator’s scale', [good], 'CQC', /inspection_scale_of_regulator/],
  ['CQC’s rating by Ofsted', [rating], 'OFSTED', /inspection_scale_of_regulator/],
  ['something that is no list', good, 'OFSTED', /array|inspection_/],
])('an inspection cannot have %s', async (_, judgements, regulator, reason) => {
  await expect(write(judgements, regulator)).rejects.toThrow(reason);
});
