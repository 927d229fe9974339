export type Tally = { readonly passed: number; readonly failed: number }

/** The part of vitest's JSON report that is counted. */
export type TestReport = {
  readonly testResults: readonly {
    readonly status: string
    readonly assertionResults: readonly { readonly status: string }[]
  }[]
}

/** Counts tests. A file that could not be loaded is one failure, and so is a test that was skipped: nothing skips silently. */
export function countTests({ testResults }: TestReport): Tally {
  const outcomes = testResults.flatMap(({ status, assertionResults }) => {
    const tests = assertionResults.map((test) => test.status)
    return status === 'failed' && !tests.includes('failed') ? [...tests, 'failed'] : tests
  })
  const passed = outcomes.filter((outcome) => outcome === 'passed').length
  return { passed, failed: outcomes.length - passed }
}
