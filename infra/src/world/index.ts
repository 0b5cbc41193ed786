export { assertEmpty, BENCH_PRINCIPALS, createBenchWorld, loadBenchWorld } from './bench-world.js';
export { exampleId, organisationId } from './example-rows.js';
export { homeId, loadExampleWorld, providerId } from './example-world.js';
