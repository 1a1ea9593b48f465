import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { provideEnv } from '@/env'
import { buildIfNeeded, rootDir } from './build'
import { runTool } from './run-command'
import { type BrowserSuite, describeSkipped, skippedInBrowser, type TestResult } from './skipped-tests'

type Count = { passed: number; failed: number }

const RESULTS_DIR = join(rootDir, 'test-results')
const VITEST_RESULT = join(RESULTS_DIR, 'vitest.json')
const BROWSER_RESULT = join(RESULTS_DIR, 'browser.json')

async function runUnitAndDatabaseTests(): Promise<Count> {
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${VITEST_RESULT}`]
  const { code } = await runTool('vitest/vitest.mjs', args, { show: true })
  return count(code, VITEST_RESULT, ({ numPassedTests, numFailedTests, testResults }) => {
    const unloaded = testResults.filter(({ status, assertionResults }) => {
      return status === 'failed' && assertionResults.length === 0
    })
    return { passed: numPassedTests, failed: numFailedTests + unloaded.length }
  })
}

async function runBrowserTests(): Promise<Count> {
  const { code } = await runTool('@playwright/test/cli.js', ['test'], { show: true })
  return count(code, BROWSER_RESULT, ({ stats }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
  }))
}

/** A run that ended badly without a failed test, such as a crash, counts as one failure. */
function count(code: number, file: string, read: (result: Result) => Count): Count {
  const found = existsSync(file) ? read(JSON.parse(readFileSync(file, 'utf8'))) : { passed: 0, failed: 0 }
  return { passed: found.passed, failed: Math.max(found.failed, code === 0 ? 0 : 1) }
}

type Result = {
  numPassedTests: number
  numFailedTests: number
  testResults: { status: string; assertionResults: TestResult[] }[]
  stats: { expected: number; unexpected: number; flaky: number }
  suites: BrowserSuite[]
}

async function build(): Promise<Count> {
  provideEnv({ NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' })
  try {
    await buildIfNeeded(console.log)
    return { passed: 0, failed: 0 }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return { passed: 0, failed: 1 }
  }
}

rmSync(RESULTS_DIR, { recursive: true, force: true })
mkdirSync(RESULTS_DIR, { recursive: true })
const counts = [await runUnitAndDatabaseTests(), await build()]
if (counts.at(-1)?.failed === 0) counts.push(await runBrowserTests())

const read = (file: string): Partial<Result> =>
  existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
const results = [
  ...(read(VITEST_RESULT).testResults ?? []).flatMap(({ assertionResults }) => assertionResults),
  ...skippedInBrowser(read(BROWSER_RESULT).suites ?? []),
]
for (const line of describeSkipped(results)) console.log(line)
const passed = counts.reduce((sum, each) => sum + each.passed, 0)
const failed = counts.reduce((sum, each) => sum + each.failed, 0)
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 || passed === 0 ? 1 : 0
