/** A test as vitest's JSON reporter tells of it. */
export type TestResult = { status: string; ancestorTitles: readonly string[]; fullName: string }

/**
 * A skipped test is no passed one: a line for each reason, with how many tests were left out for it. Tests that need
 * a receiver that is not on this machine name it (`describePeer`); any other one names itself.
 */
export function describeSkipped(results: readonly TestResult[]): string[] {
  const counts = new Map<string, number>()
  for (const { status, ancestorTitles, fullName } of results) {
    if (status === 'passed' || status === 'failed') continue
    const why = ancestorTitles.find((title) => title.startsWith('the peer ')) ?? fullName
    counts.set(why, (counts.get(why) ?? 0) + 1)
  }
  return [...counts].map(([why, count]) => `${count} skipped: ${why}`)
}

/** A part of what Playwright's JSON reporter tells. */
export type BrowserSuite = {
  specs: readonly { title: string; tests: readonly BrowserTest[] }[]
  suites?: readonly BrowserSuite[]
}
type BrowserTest = { status: string; annotations: readonly { type: string; description?: string }[] }

/** The browser's skipped tests in the same form: the reason that each gives stands where others have their ancestors. */
export function skippedInBrowser(suites: readonly BrowserSuite[]): TestResult[] {
  return suites.flatMap(({ specs, suites: inner = [] }) => [
    ...specs.flatMap(({ title, tests }) =>
      tests
        .filter(({ status }) => status === 'skipped')
        .map(({ annotations }) => ({
          status: 'skipped',
          ancestorTitles: reasonsOf(annotations),
          fullName: title,
        })),
    ),
    ...skippedInBrowser(inner),
  ])
}

const reasonsOf = (annotations: BrowserTest['annotations']) =>
  annotations.flatMap(({ type, description }) => (type === 'skip' && description ? [description] : []))
