import { LoadProcess } from './kit/load-process.ts';
import { Stage } from './kit/stage.ts';
import { findProviders, IS_VISITED } from './kit/provider-questions.ts';
import { HOME_VISITS_CONTESTANTS } from './kit/home-visits-contestants.ts';
const CALLERS = ['e09000005', 'e09000003', 'e09000009', 'e09000016', 'e09000001'].map((code) => `${code}-placements`);
const stage = await Stage.build();
const load = new LoadProcess();
try {
  const opts = (process.env['OPTS'] ?? '').split(' ').filter(Boolean);
  const all: Record<string, [string, 'gateway' | 'postgraphile' | 'handWritten', string[]]> = { old: ['../old/services/gateway/dist/main.js', 'gateway', []], new: ['services/gateway/dist/main.js', 'gateway', []], opt: ['services/gateway/dist/main.js', 'gateway', opts], pg: ['test/bench/postgraphile.ts', 'postgraphile', []], hand: ['test/bench/hand-written.ts', 'handWritten', []] };
  const names = (process.env['WHO'] ?? 'old,new,pg').split(',');
  const qs = await findProviders(stage.database, IS_VISITED);
  const servers = [];
  for (const n of names) {
    const [script, who, o] = all[n]!;
    const s = await stage.serve('s-' + n, script, o);
    const reqs = [];
    for (const q of qs) for (const c of CALLERS) reqs.push({ authorization: `Bearer ${await stage.tokenOf(c)}`, body: HOME_VISITS_CONTESTANTS[who]!.body(q.variables) });
    servers.push({ n, s, reqs, sum: [0, 0, 0, 0] });
  }
  for (const { s, reqs } of servers) await load.run({ url: s.url, connections: 16, warmUpAnswers: Number(process.env['WARM'] ?? 12000), warmUpMs: 0, milliseconds: 0, requests: reqs });
  const CONN = Number(process.env['CONN'] ?? 16);
  for (let i = 0; i < Number(process.env['ROUNDS'] ?? 8); i++) for (let k = 0; k < servers.length; k++) {
    const { s, reqs, sum } = servers[(k + i) % servers.length]!;
    const counted = await stage.count(s.process);
    const r = await load.run({ url: s.url, connections: CONN, warmUpMs: 0, milliseconds: 1500, requests: reqs });
    const c = await counted();
    if (i > 0) { sum[0]! += r.latencies.length; sum[1]! += c.server; sum[2]! += c.database; sum[3]! += r.milliseconds; }
  }
  for (const { n, sum } of servers) console.log(n.padEnd(5), 'rps', (sum[0]! * 1000 / sum[3]!).toFixed(0), 'gw', (sum[1]! * 1000 / sum[0]!).toFixed(3), 'db', (sum[2]! * 1000 / sum[0]!).toFixed(3), 'sum', ((sum[1]! + sum[2]!) * 1000 / sum[0]!).toFixed(3));
} finally { load.stop(); await stage.close(); }
