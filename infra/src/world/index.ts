export {
  assertEmpty,
  BENCH_PRINCIPALS,
  BENCH_SIZE,
  createBenchWorld,
  loadBenchWorld,
  type BenchSize,
} from './bench-world.js';
export { exampleId, homeId, organisationId, providerId } from './example-rows.js';
export { loadExampleWorld } from './example-world.js';
