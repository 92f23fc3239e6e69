/**
 * Who may know whom (ARCHITECTURE.md). Read by scripts/boundaries.mjs, which also fails where no module was looked at.
 * A rule per line of the text; test/boundaries plants a violation of each and expects it to be caught.
 */

/** Each may use the contract of those before it; two in one place do not know each other. */
const order = [
  ['directory', 'governance'],
  ['participation'],
  ['agreements'],
  ['capacity'],
  ['intake'],
  ['cases'],
  ['commons', 'knowledge'],
  ['insight'],
]

const platform = '^src/platform/'
/** Tests, and what several of them share. */
const tests = '(\\.(test|fixture))\\.tsx?$'
/** Furniture of a capability, as a file or, past 400 lines, as a folder of verbs. */
const furniture = (...names) => `^src/capabilities/[^/]+/(${names.join('|')})(\\.tsx?$|/)`
/** A type vanishes before the program runs: knowing its shape is not touching it. */
const inUse = { dependencyTypesNot: ['type-only'] }

const before = order.flatMap((names, place) =>
  names.map((name) => ({
    name: `only-contracts-of-those-before-${name}`,
    comment: `${name} knows itself, the platform, and contract.ts of those before it in the order.`,
    severity: 'error',
    from: { path: `^src/capabilities/${name}/` },
    to: {
      path: '^src/capabilities/',
      pathNot: [
        `^src/capabilities/${name}/`,
        ...(place > 0 ? [`^src/capabilities/(${order.slice(0, place).flat().join('|')})/contract\\.ts$`] : []),
      ],
    },
  })),
)

module.exports = {
  forbidden: [
    {
      name: 'platform-knows-no-capability',
      severity: 'error',
      from: { path: platform },
      to: { path: '^src/(capabilities/|main\\.ts|cli)' },
    },
    {
      name: 'assembly-knows-manifests-only',
      comment: 'main.ts and the command line know every capability.ts and nothing inside.',
      severity: 'error',
      from: { path: '^src/(main\\.ts|cli\\.ts|cli/)' },
      to: { path: '^src/capabilities/', pathNot: '^src/capabilities/[^/]+/capability\\.ts$' },
    },
    {
      name: 'nobody-knows-the-assembly',
      severity: 'error',
      from: { path: '^src/capabilities/' },
      to: { path: '^src/(main\\.ts|cli\\.ts|cli/)' },
    },
    ...before,
    {
      name: 'capability-outside-the-order',
      comment: 'A new capability gets its place in the order at the top of this file.',
      severity: 'error',
      from: { path: '^src/capabilities/', pathNot: `^src/capabilities/(${order.flat().join('|')})/` },
      to: {},
    },
    {
      name: 'rules-know-types-only',
      comment: 'Rules are pure: types, other rules, texts, the calendar, decision tables, the words of search.',
      severity: 'error',
      from: { path: furniture('rules'), pathNot: tests },
      to: {
        path: '.',
        pathNot: [
          furniture('rules', 'types'),
          '^src/platform/i18n/(text|day)\\.ts$',
          '^src/platform/calendar/',
          '^src/platform/disclosure/',
          '^src/platform/decision-tables/',
          '^src/platform/search/[^/]+\\.ts$',
          'node_modules/(temporal-polyfill|zod|rrule|feelin|fhirpath|decimal.js)/',
        ],
        ...inUse,
      },
    },
    {
      name: 'rules-know-no-shape-of-stores',
      severity: 'error',
      from: { path: furniture('rules'), pathNot: tests },
      to: { path: [furniture('store', 'commands', 'routes', 'views', 'jobs'), '^src/platform/(db|http)/'] },
    },
    {
      name: 'only-stores-touch-sql',
      severity: 'error',
      from: { path: '^src/capabilities/', pathNot: [furniture('store'), tests] },
      to: { path: ['^src/platform/db/', 'node_modules/(kysely|pg)/'], ...inUse },
    },
    {
      name: 'only-stores-know-queries',
      comment: 'Not even the shape of a query leaves a store.',
      severity: 'error',
      from: { path: '^src/capabilities/', pathNot: [furniture('store'), tests] },
      to: { path: ['^src/platform/db/(query|generated)\\.ts$', 'node_modules/(kysely|pg)/'] },
    },
    {
      name: 'capabilities-know-of-hono-only-jsx',
      comment: 'The door of the platform is the only way to an address.',
      severity: 'error',
      from: { path: '^src/capabilities/', pathNot: tests },
      to: { path: ['node_modules/(hono|@hono)/'], pathNot: ['node_modules/hono/dist/(types/)?(jsx|helper/html)/'] },
    },
    {
      name: 'tests-stay-outside',
      severity: 'error',
      from: { path: '^src/', pathNot: tests },
      to: { path: [tests, '^(test|bench|scripts)/'] },
    },
    {
      name: 'tools-stay-outside',
      comment: 'What only tests and tools need is not there in production.',
      severity: 'error',
      from: { path: '^src/', pathNot: [tests, '\\.d\\.ts$'] },
      to: { dependencyTypes: ['npm-dev'], ...inUse, pathNot: 'node_modules/@types/' },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: { path: '^src/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'nothing-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^src/platform/i18n/out/'] },
    exclude: { path: ['^dist/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    moduleSystems: ['es6', 'cjs'],
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
