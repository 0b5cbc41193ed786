import { LoadProcess } from './kit/load-process.ts';
import { Stage } from './kit/stage.ts';
import { findProviders, IS_VISITED } from './kit/provider-questions.ts';
import { HOME_VISITS_CONTESTANTS } from './kit/home-visits-contestants.ts';
const CALLERS = ['e09000005', 'e09000003', 'e09000009', 'e09000016', 'e09000001'].map((code) => `${code}-placements`);
const stage = await Stage.build(process.env['STAT'] ? { shared_preload_libraries: 'pg_stat_statements' } : {});
const load = new LoadProcess();
try {
  const prof = process.env['PROF'];
  const which = (process.env['WHICH'] ?? 'gateway') as 'gateway' | 'postgraphile' | 'handWritten';
  const script = {
    gateway: 'services/gateway/dist/main.js',
    postgraphile: 'test/bench/postgraphile.ts',
    handWritten: 'test/bench/hand-written.ts',
  }[which];
  const nodeOptions = prof ? ['--cpu-prof', `--cpu-prof-dir=${prof}`, '--cpu-prof-interval', '500'] : [];
  const gw = await stage.serve('Accord', script, nodeOptions);
  const qs = await findProviders(stage.database, IS_VISITED);
  const reqs = [];
  for (const q of qs)
    for (const c of CALLERS)
      reqs.push({
        authorization: `Bearer ${await stage.tokenOf(c)}`,
        body: process.env['BODY'] ?? HOME_VISITS_CONTESTANTS[which]!.body(q.variables),
      });
  await load.run({
    url: gw.url,
    connections: 16,
    warmUpAnswers: Number(process.env['WARM'] ?? 20000),
    warmUpMs: 0,
    milliseconds: 0,
    requests: reqs,
  });
  if (process.env['STAT']) {
    await stage.change('create extension pg_stat_statements');
    await stage.change('select pg_stat_statements_reset()');
  }
  for (let i = 0; i < Number(process.env['ROUNDS'] ?? 3); i++) {
    const counted = await stage.count(gw.process);
    const r = await load.run({
      url: gw.url,
      connections: Number(process.env['CONN'] ?? 16),
      warmUpMs: 0,
      milliseconds: 5000,
      requests: reqs,
    });
    const s = await counted();
    const n = r.latencies.length;
    console.log(
      `n ${n} rps ${(n / 5).toFixed(0)} gw ${((s.server * 1000) / n).toFixed(2)} db ${((s.database * 1000) / n).toFixed(2)} failed ${r.failures}`,
    );
  }
  if (process.env['STAT']) {
    const pg = (await import('pg')).default;
    const c = new pg.Client({ connectionString: stage.database.urls.superuser });
    await c.connect();
    const { rows } = await c.query(
      `select calls, round((total_exec_time/calls)::numeric,4) exec, round((total_plan_time/greatest(calls,1))::numeric,4) plan, left(regexp_replace(query,'\\s+',' ','g'),150) q from pg_stat_statements order by total_exec_time desc limit 20`,
    );
    for (const r of rows) console.log(r.calls, r.exec, r.plan, r.q);
    await c.end();
  }
} finally {
  load.stop();
  await stage.close();
}
