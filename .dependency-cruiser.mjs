/** What each part of the house may import, besides itself and libraries. A part that is not listed imports nobody. */
const LAYERS = {
  'packages/kernel': [],
  'packages/printing': [],
  'packages/persistence': ['packages/kernel'],
  'packages/access': ['packages/(kernel|persistence|printing)'],
  'packages/files': ['packages/(kernel|persistence|access)'],
  'packages/providers': ['packages/(kernel|persistence|access)'],
  'packages/accreditation': ['packages/(kernel|persistence|access|providers)'],
  'packages/flags': ['packages/(kernel|persistence|access|providers)'],
  'packages/intelligence': ['packages/(kernel|persistence|access|providers|flags)'],
  'packages/references': ['packages/(kernel|persistence|access|providers)'],
  'packages/due-diligence': ['packages/(kernel|persistence|access|files|providers|flags)'],
  'packages/monitoring': ['packages/(kernel|persistence|printing|access|files|providers|flags)'],
  'packages/placement-check': [
    'packages/(kernel|persistence|printing|access|providers|flags|intelligence|references|due-diligence|monitoring)',
  ],
  'packages/record-keeping': [
    'packages/(kernel|persistence|access|providers|accreditation|intelligence|references|due-diligence|monitoring|placement-check)',
  ],
  'packages/regulator': ['packages/(kernel|persistence|access|providers|flags)'],
  'packages/reporting': ['packages/(kernel|persistence|access|providers|flags|due-diligence|monitoring)'],
  'packages/notifications': [
    'packages/(kernel|persistence|access|providers|flags|intelligence|due-diligence|monitoring)',
  ],
  'packages/testkit': ['packages/[^/]+', 'services/[^/]+', 'infra'],
  'services/gateway': ['packages/(?!testkit/)[^/]+'],
  'services/worker': ['packages/(?!testkit/)[^/]+'],
  infra: ['packages/(?!testkit/)[^/]+', 'services/[^/]+'],
  test: ['packages/[^/]+', 'services/[^/]+', 'infra'],
};

const HOUSE = '^(packages/[^/]+|services/[^/]+|infra|test)/';
const TESTS = '\\.test\\.ts$';

const layers = Object.entries(LAYERS).map(([part, below]) => ({
  name: `${part.replace('/', '-')}-imports-only-what-is-below`,
  severity: 'error',
  from: { path: `^${part}/`, pathNot: TESTS },
  to: { path: HOUSE, pathNot: [part, ...below].map((allowed) => `^${allowed}/`) },
}));

export default {
  forbidden: [
    ...layers,
    {
      name: 'every-part-has-its-layer',
      comment: 'Say in LAYERS what this part of the house may import.',
      severity: 'error',
      from: { path: HOUSE, pathNot: Object.keys(LAYERS).map((part) => `^${part}/`) },
      to: {},
    },
    {
      name: 'through-the-front-door',
      comment: 'Parts of the house meet through what their index.ts exports, or through an event.',
      severity: 'error',
      from: { path: HOUSE, pathNot: '^test/setup/' },
      to: { path: HOUSE, pathNot: ['^$1/', '/src/index\\.ts$', '^infra/bin/guard\\.mjs$'] },
    },
    {
      name: 'no-test-inside-the-product',
      severity: 'error',
      from: { pathNot: [TESTS, '^test/'] },
      to: { path: `${TESTS}|^test/` },
    },
    {
      name: 'no-cycle',
      comment: 'Types alone may refer to each other in a circle: they are gone when the program runs.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'nothing-unresolved',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-development-dependency-in-the-product',
      severity: 'error',
      from: { path: '^(packages|services|infra)/', pathNot: [TESTS, '^packages/testkit/'] },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    // The native TypeScript compiler has no programming interface for the usual parser.
    parser: 'swc',
    combinedDependencies: true,
    doNotFollow: { path: ['node_modules', '/dist/'] },
    webpackConfig: { fileName: '.dependency-cruiser.resolve.mjs' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
