// What may import what: `pnpm boundaries`. Type-only imports count, because a reader follows them, too.

const store = 'libs/event-store/src'

/** A room of the house, and what it may import of the others. */
const only = (from, allowed, instead) => ({
  name: `only-${from.replaceAll(/\W+/g, '-')}`,
  comment: instead,
  severity: 'error',
  from: { path: `^${from}/` },
  to: { path: '^(libs|services|tools|charts|tests|bench|load-tests)/', pathNot: [`^${from}/`, ...allowed] },
})

module.exports = {
  forbidden: [
    {
      name: 'no-circle',
      comment: 'Move what both need below them.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolved',
      comment: 'Declare it in the package.json of the folder: pnpm shows a package nothing else.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    only('libs/core', [], 'Move the code up, to the lib that needs both.'),
    ...['contracts', 'event-store', 'service'].map((lib) =>
      only(
        `libs/${lib}`,
        ['^libs/core/'],
        'Libs above core stay independent: let libs/shop put them together.',
      ),
    ),
    only(
      'libs/archive-objects',
      ['^libs/(core|event-store)/'],
      'It is where the event store may keep its archive.',
    ),
    only(
      'libs/console',
      ['^libs/(core|client)/'],
      'The console is a page over HTTP: it asks /v1 by the client, and knows no code behind it.',
    ),
    only(
      'libs/store-http',
      ['^libs/(core|event-store|service)/'],
      'It is HTTP over any store: what is of the shop is given to it.',
    ),
    only(
      'libs/client',
      [],
      'It is used outside of this repository: it knows of the shop what /openapi.json says.',
    ),
    only('libs/shop', ['^libs/(?!client/)'], 'It stands between the libs and the services.'),
    {
      name: 'no-service-to-service',
      comment: 'Services share events, never code: react to the event, or move code to a lib.',
      severity: 'error',
      from: { path: '^services/([^/]+)/' },
      to: { path: '^(services|tools|charts|tests|bench)/', pathNot: '^services/$1/' },
    },
    {
      name: 'tools-from-outside',
      comment:
        'Drive services from outside, as processes, over HTTP and Redis. The saga model runs their pure parts.',
      severity: 'error',
      from: { path: '^(tools|charts|tests|bench)/', pathNot: '^tests/saga-model/' },
      to: { path: '^services/' },
    },
    {
      name: 'nothing-needs-tests',
      comment: 'Tests stand above everything.',
      severity: 'error',
      from: { path: '^(libs|services|tools|charts|bench)/' },
      to: { path: '^tests/' },
    },

    // The event store, from the ground up.
    ...[
      ['vocabulary', '(event|entity|observer)[.]ts', '(event|entity)[.]ts'],
      ['rows', 'rows/', 'rows/'],
      ['log', 'log/', '(event|entity|observer)[.]ts|log/'],
      ['groups', 'groups/', '(event|entity|observer)[.]ts|rows/|log/|groups/'],
      ['projections', 'projections/', '(event|entity|observer)[.]ts|rows/|log/|groups/|projections/'],
      ['archive', 'archive/', '(event|entity|observer)[.]ts|rows/|log/|groups/|archive/'],
      ['watching', 'watching/', '(event|entity|observer)[.]ts|log/|groups/|watching/'],
      ['ops', 'ops/', '(event|entity)[.]ts|rows/|log/|projections/|ops/'],
      ['state cache', 'deciding/state-cache[.]ts', '(event|entity)[.]ts'],
      [
        'contract',
        'event-store[.]ts',
        '(event|entity)[.]ts|log/|groups/|projections/|watching/|deciding/state-cache[.]ts',
      ],
      ['deciding', 'deciding/', '(event|entity|event-store)[.]ts|log/|deciding/'],
    ].map(([name, room, below]) => ({
      name: `event-store-${name}`,
      comment: 'The engine knows neither Redis nor memory, and no arrow runs up: see ARCHITECTURE.md.',
      severity: 'error',
      from: { path: `^${store}/${room}`, pathNot: '[.]test[.]ts$' },
      to: { path: `^${store}/`, pathNot: `^${store}/(${below})` },
    })),
    ...[
      ['redis', 'memory'],
      ['memory', 'redis'],
    ].map(([one, other]) => ({
      name: `${one}-beside-${other}`,
      comment: 'They implement the same contracts, each by itself.',
      severity: 'error',
      from: { path: `^${store}/${one}/` },
      to: { path: `^${store}/${other}/` },
    })),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(node_modules|dist)/|^tools/new-service/templates/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.js'],
    },
  },
}
