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
