import { calendarDaysAfter, londonDate } from '@accord/kernel';
import type { Client } from 'pg';
import { exampleId, homeId, insert, organisationId, providerId } from './example-rows.js';
import { EXAMPLE_FLAGS } from './story-flags.js';

/** A document, by the days from today on which it is dated and until which it holds. */
interface Document {
  readonly code: string;
  readonly dated: number;
  readonly until: number;
}

interface Answered {
  readonly provider: string;
  /** Left out where it is asked of the provider. */
  readonly home?: string;
  readonly by: string;
  readonly assurance: 'SELF_DECLARED' | 'EVIDENCE_SEEN' | 'VERIFIED_ON_SITE';
  readonly documents?: readonly Document[];
  readonly values?: Readonly<Record<string, string>>;
}

const BRENT = 'E09000005';
const BARNET = 'E09000003';
const HAVERING = 'E09000016';
const ANSWERED_DAYS_AGO = 40;

/** What has been answered from the start. Days are counted from the one on which the world is loaded: it does not age. */
const ANSWERED: readonly Answered[] = [
  {
    provider: 'Lanternfield Supported Living Ltd',
    home: 'Copperbeech House',
    by: BRENT,
    assurance: 'VERIFIED_ON_SITE',
    documents: [
      { code: 'GAS_SAFETY', dated: -120, until: 245 },
      { code: 'ELECTRICAL_SAFETY', dated: -500, until: 1300 },
      { code: 'FIRE_RISK_ASSESSMENT', dated: -90, until: 275 },
    ],
    values: { HMO_LICENCE_STATUS: 'LICENSED', STAFF_VACANCIES: '2', STAFF_LEAVERS: '5-9', MISSING_EPISODES: '10+' },
  },
  {
    provider: 'Lanternfield Supported Living Ltd',
    by: 'ALLIANCE',
    assurance: 'EVIDENCE_SEEN',
    documents: [
      { code: 'EMPLOYERS_LIABILITY', dated: -200, until: 165 },
      { code: 'PUBLIC_LIABILITY', dated: -200, until: 165 },
    ],
    values: { DBS_GAPS: 'NO' },
  },
  {
    // Its gas certificate has lapsed.
    provider: 'Marrowby Homes Ltd',
    home: 'Marrowby Court',
    by: BRENT,
    assurance: 'EVIDENCE_SEEN',
    documents: [
      { code: 'GAS_SAFETY', dated: -382, until: -17 },
      { code: 'ELECTRICAL_SAFETY', dated: -700, until: 1100 },
      { code: 'FIRE_RISK_ASSESSMENT', dated: -60, until: 305 },
    ],
    values: { HMO_LICENCE_STATUS: 'NOT_NEEDED' },
  },
  {
    provider: 'Marrowby Homes Ltd',
    by: HAVERING,
    assurance: 'SELF_DECLARED',
    documents: [{ code: 'PUBLIC_LIABILITY', dated: -350, until: 15 }],
  },
  {
    provider: 'Tidewell Care Ltd',
    home: 'Tidewell Lodge',
    by: BARNET,
    assurance: 'EVIDENCE_SEEN',
    documents: [{ code: 'GAS_SAFETY', dated: -30, until: 335 }],
    values: { COMPLAINTS: '0-4' },
  },
];

export async function loadAnswers(client: Client): Promise<void> {
  const { rows } = await client.query<{ id: string; asked_id: string; code: string }>(
    `select q.id, q.asked_id, q.code from due_diligence_question q join due_diligence_set s on s.id = q.set_id
     where s.state = 'PUBLISHED'`,
  );
  const questions = new Map(rows.map((row) => [row.code, row]));
  const today = londonDate(new Date());
  const day = (days: number) => calendarDaysAfter(today, days);
  for (const answered of ANSWERED) {
    const { documents = [], values = {} } = answered;
    const answers = [
      ...documents.map(({ code, dated, until }) => ({ code, value: day(dated), until: day(until) })),
      ...Object.entries(values).map(([code, value]) => ({ code, value, until: day(365 - ANSWERED_DAYS_AGO) })),
    ];
    for (const { code, value, until } of answers) {
      const question = questions.get(code);
      if (!question) throw new Error(`The first set of questions has no ${code}.`);
      await loadAnswer(client, answered, { question, value, until, today });
    }
  }
}

async function loadAnswer(
  client: Client,
  { provider, home, by, assurance }: Answered,
  {
    question,
    value,
    until,
    today,
  }: { question: { id: string; asked_id: string; code: string }; value: string; until: string; today: string },
): Promise<void> {
  const id = exampleId('answer', `${provider} ${home ?? ''} ${question.code}`);
  const about = { provider_id: providerId(provider), home_id: home === undefined ? null : homeId(home) };
  const owner = { id, owner_id: organisationId(by), ...about };
  const shared = { kind: 'DUE_DILIGENCE', level: 'ALLIANCE', anonymous: false, existence_known: false };
  await insert(client, 'sharing', { ...owner, ...shared, reason: 'Part of the example world' });
  await insert(client, 'due_diligence_answer', {
    ...owner,
    question_id: question.id,
    asked_id: question.asked_id,
    value,
    is_held: true,
    assurance,
    answered_on: calendarDaysAfter(today, -ANSWERED_DAYS_AGO),
    valid_until: until,
    recorded_at: new Date(),
    recorded_by: 'Part of the example world',
  });
  if (until < today) await loadKnownLapse(client, id, provider);
  if (until < calendarDaysAfter(today, 30)) {
    const at = new Date();
    await insert(client, 'due_diligence_reminder', { answer_id: id, told_expiring_at: at, told_expired_at: at });
  }
}

/** Somebody flagged it by hand before Accord watched over it: nobody is told a second time. */
async function loadKnownLapse(client: Client, answerId: string, provider: string): Promise<void> {
  const flag = EXAMPLE_FLAGS.find((one) => one.provider === provider && one.kind === 'COMPLIANCE_LAPSED');
  if (!flag) throw new Error(`${provider} has no flag of what has lapsed.`);
  const row = { answer_id: answerId, flag_id: exampleId('flag', flag.summary), flagged_at: new Date() };
  await insert(client, 'due_diligence_lapse', row);
}
