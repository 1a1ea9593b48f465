import { runTool } from './run-command'

/** For whoever has just run all tests. */
const WITHOUT_TESTS = '--without-tests'

/** Each runs by itself; layer rules are lint rules, see biome.json. */
const CHECKS = [
  {
    name: 'format, lint and layers',
    script: '@biomejs/biome/bin/biome',
    args: ['check', '--error-on-warnings'],
  },
  { name: 'types', script: 'typescript/bin/tsc', args: ['--noEmit'] },
  { name: 'unused code', script: 'knip/bin/knip.js', args: ['--no-progress'] },
  {
    name: 'unit tests',
    script: 'vitest/vitest.mjs',
    args: ['run', '--project', 'unit', '--passWithNoTests'],
  },
]

const isWanted = ({ name }: { name: string }) =>
  name !== 'unit tests' || !process.argv.includes(WITHOUT_TESTS)

const results = await Promise.all(
  CHECKS.filter(isWanted).map(async ({ name, script, args }) => {
    const startedAt = Date.now()
    const { code, output } = await runTool(script, args, { show: false })
    const seconds = ((Date.now() - startedAt) / 1000).toFixed(1)
    console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`)
    return { name, failed: code !== 0, output }
  }),
)

const failures = results.filter(({ failed }) => failed)
for (const { name, output } of failures) console.log(`\n── ${name} ──\n${output.trim()}`)
if (failures.length > 0) console.log(`\nFailed: ${failures.map(({ name }) => name).join('; ')}.`)
process.exitCode = failures.length > 0 ? 1 : 0
