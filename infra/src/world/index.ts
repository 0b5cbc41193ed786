export * from './example-world.js';
