export { assertEmpty, BENCH_PRINCIPALS, createBenchWorld, loadBenchWorld } from './bench-world.js';
export { exampleId, homeId, organisationId, providerId } from './example-rows.js';
export { loadExampleWorld } from './example-world.js';
