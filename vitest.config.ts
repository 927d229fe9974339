import { defineConfig } from 'vitest/config'

// What asks helm and the API server, but runs no shop.
const chart = ['tests/cluster/{chart,tiltfile,live-update}*.test.ts']

// What mostly waits: for a time without Redis, a mail server or a service to pass, for processes to start.
const waiting = [
  'tests/e2e/{outage-logs,smtp-outage}.test.ts',
  'tests/console/faces.test.ts',
  'tests/new-service/*.test.ts',
]

// Projects by what a test needs: nothing, a Redis of its own, the whole shop as processes; helm and a Kubernetes, or the
// whole shop on it. They run one after another, quickest first.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          // Half of the time went into loading the same modules for each file; what these tests share is code, not state.
          isolate: false,
          sequence: { groupOrder: 0 },
          testTimeout: 20_000,
          include: [
            'libs/*/{src,mutants,page}/**/*.test.ts',
            'services/*/src/**/*.test.ts',
            'tools/*/src/**/*.test.ts',
            'charts/tools/**/*.test.ts',
            'tests/{*,saga-model/*}.test.ts',
            'load-tests/*.test.ts',
            'bench/src/*.test.ts',
          ],
        },
      },
      {
        test: {
          name: 'redis',
          sequence: { groupOrder: 1 },
          include: ['{libs,services,tools}/*/test/**/*.test.ts', 'bench/test/*.test.ts'],
          exclude: waiting,
          // Each file waits more than it works, for leases to end and servers to start: more of them than processors.
          maxWorkers: 3,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        // What asks a real S3 server: needs `versitygw` on PATH.
        test: {
          name: 's3',
          sequence: { groupOrder: 1 },
          include: ['libs/*/s3-test/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          sequence: { groupOrder: 2 },
          include: ['tests/{e2e,alerts,new-service}/**/*.test.ts'],
          exclude: waiting,
          globalSetup: ['tests/e2e/global-setup.ts'],
          testTimeout: 180_000,
          hookTimeout: 120_000,
          // Nine processes and a Redis already fill a small machine; a second shop beside it would starve both.
          fileParallelism: false,
        },
      },
      {
        // A person at the console, in a real browser, with a shop of its own.
        test: {
          name: 'console',
          sequence: { groupOrder: 3 },
          include: ['tests/console/*.test.ts'],
          exclude: waiting,
          globalSetup: ['tests/e2e/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'waiting',
          sequence: { groupOrder: 2 },
          include: waiting,
          globalSetup: ['tests/e2e/global-setup.ts'],
          testTimeout: 180_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'chart',
          sequence: { groupOrder: 4 },
          include: chart,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'cluster',
          sequence: { groupOrder: 5 },
          include: ['tests/cluster/**/*.test.ts'],
          exclude: chart,
          globalSetup: ['tests/cluster/global-setup.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
