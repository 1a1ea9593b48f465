import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { EXPRESSION_HELPERS } from './expression-help'
import { writeProgram } from './program'
import { openSandbox, type Sandbox, type SandboxOutcome } from './sandbox'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await openSandbox()
})
afterAll(() => sandbox.close())

const ATTRIBUTES = ['user', 'n', '__proto__', 'constructor', 'größe', 'a b']
const ROW = ['Ann', '3', 'proto', 'made', 'groß', 'spaced']

function run(expression: string, rows: string[][] = [ROW]): SandboxOutcome[] {
  const program = writeProgram(ATTRIBUTES, [{ kind: 'set', attribute: 'out', expression }])
  const inputs = rows.map((row) => program.inputs.map((place) => row[place] as string))
  return sandbox.run(program, inputs)
}
function evaluate(expression: string): string {
  const [outcome] = run(expression)
  if (outcome?.kind !== 'values') throw new Error(JSON.stringify(outcome))
  return outcome.values[0] as string
}
const failed = (expression: string) => run(expression)[0] as SandboxOutcome & { why: string; code: string }

describe('what an expression gives is text', () => {
  test.each([
    ['row.user.toLowerCase()', 'ann'],
    ["row['user'] + row.n", 'Ann3'],
    ['undefined', ''],
    ['null', ''],
    ['0.1 + 0.2', '0.30000000000000004'],
    ['2n ** 64n', '18446744073709551616'],
    ['row.n > 2', 'true'],
    ['new Date(Date.UTC(2020, 8, 14, 12, 5, 46))', '20200914120546'],
    ["({ user: row.user, at: new Date('2020-09-14') })", '{"user":"Ann","at":"2020-09-14T00:00:00.000Z"}'],
    ['[1, 2]', '[1,2]'],
    ["'\\0' + '\\ud800'", '\0\ud800'],
    ['row.nothing', ''],
    ['row.user; ', 'Ann'],
    ['row.user // a comment', 'Ann'],
    ['row.größe', 'groß'],
    ["row['a b']", 'spaced'],
    ['row.__proto__ + row.constructor', 'protomade'],
    ['Object.keys(row).join()', ATTRIBUTES.join()],
    [
      'JSON.stringify(row)',
      JSON.stringify({
        user: 'Ann',
        n: '3',
        ['__proto__']: 'proto',
        constructor: 'made',
        größe: 'groß',
        'a b': 'spaced',
      }),
    ],
    ['r\\u006fw.user', 'Ann'],
    ["((r) => r['us' + 'er'])(row)", 'Ann'],
    ["(() => { let s = ''; for (const c of row.user) s = c + s; return s })()", 'nnA'],
  ])('%s', (expression, text) => expect(evaluate(expression)).toBe(text))

  test.each([
    ['Number(row.user)', 'NaN'],
    ["new Date('rubbish')", 'does not exist'],
    ['Symbol()', 'a symbol'],
    ['() => 1', 'a function'],
    ['(async () => 1)()', 'promise'],
    ["'x'.repeat(1000001)", 'at most 1000000'],
    ['({ toJSON() { throw new Error("mine") } })', 'mine'],
    ['({ get a() { throw null } })', 'throws null'],
    ['(() => { throw { get message() { throw 1 } } })()', 'cannot be shown'],
    ['row.user.name.first', 'line 1, column'],
    ['row.user = 1', 'cannot be changed'],
    ['delete row.user', ''],
  ])('%s rejects the row', (expression, why) =>
    expect(failed(expression)).toMatchObject({
      kind: 'failed',
      code: 'expression_failed',
      why: expect.stringContaining(why),
    }),
  )

  test('an update sees what was set above it, and a filter ends the row', () => {
    const program = writeProgram(
      ['a'],
      [
        { kind: 'set', attribute: 'b', expression: "row.a + '!'" },
        { kind: 'set', attribute: 'a', expression: 'row.b + row.b' },
        { kind: 'keep', expression: "row.a !== 'x!x!'" },
        { kind: 'test', expression: 'row.a.length > 4' },
      ],
    )
    expect(program.inputs).toEqual([0])
    expect(sandbox.run(program, [['x'], ['y'], ['long']])).toEqual([
      { kind: 'dropped' },
      { kind: 'values', values: ['y!', 'y!y!', ''] },
      { kind: 'values', values: ['long!', 'long!long!', '1'] },
    ])
  })
})

describe('a row gives the same whenever it is collected', () => {
  test.each(['Date.now()', 'new Date()', 'Date()', 'Math.random()', 'performance.now()'])(
    '%s is refused',
    (expression) => expect(failed(expression)).toMatchObject({ kind: 'failed' }),
  )

  test.each([
    ["new Date('2020-06-01T00:00:00').toISOString()", '2020-06-01T00:00:00.000Z'],
    ["new Date('2020-06-01 10:00').getHours()", '10'],
    ["new Date('Sep 14 2020 12:05:46')", '20200914120546'],
    ["new Date('2020-06-01T00:00:00+02:00')", '20200531220000'],
    ["new Date('2020-06-01')", '20200601000000'],
    ['new Date(2020, 5, 1, 10).getTimezoneOffset()', '0'],
    ["new Date(new Date('2020-06-01')).constructor.name", 'Date'],
    ["['b', 'ä', 'a'].sort((x, y) => x.localeCompare(y)).join('')", 'abä'],
  ])('in any time zone %s is %s', (expression, text) => {
    vi.stubEnv('TZ', 'America/New_York')
    try {
      expect(new Date(0).getTimezoneOffset()).toBe(300)
      expect(evaluate(expression)).toBe(text)
    } finally {
      vi.unstubAllEnvs()
    }
  })
})

describe('helpers', () => {
  test.each(EXPRESSION_HELPERS)('$example gives what people are told', ({ example, gives }) =>
    expect(evaluate(example)).toBe(gives),
  )

  test.each([
    ["parseDate('14.09.2020 12:05', 'DD.MM.YYYY HH:mm')", '20200914120500'],
    ["parseDate('14.09.2020 12:05', 'DD.MM.YYYY HH:MM', '+02:00')", '20200914100500'],
    ["parseDate('20200914120546', 'YYYYMMDDHHMMSS')", '20200914120546'],
    ["parseDate('14 Sep 2020', 'DD MMM YYYY')", '20200914000000'],
    [
      "parseDate('2020-09-14T12:05:46.5-0100', 'YYYY-MM-DDTHH:mm:ss.fffZ').toISOString()",
      '2020-09-14T13:05:46.500Z',
    ],
    ["parseDate('', 'YYYY')", ''],
    [
      "formatDate(new Date('2020-09-14T12:05:46.007Z'), 'YYYY/MM/DD HH:MM:SS.fff')",
      '2020/09/14 12:05:46.007',
    ],
    ["formatDate('2020-09-14', 'D MMM')", 'D Sep'],
    ["formatDate('')", ''],
  ])('%s is %s', (expression, text) => expect(evaluate(expression)).toBe(text))

  test.each([
    ["parseDate('30.02.2020', 'DD.MM.YYYY')", 'no such date'],
    ["parseDate('2020-09-14 24:00', 'YYYY-MM-DD HH:mm')", 'no such date'],
    ["parseDate('2020-09-14x', 'YYYY-MM-DD')", 'found no YYYY-MM-DD in 2020-09-14x'],
    ["parseDate('14 Foo 2020', 'DD MMM YYYY')", 'found no'],
    ["parseDate('2020', 'YYYY', 'Berlin')", 'a zone is written'],
    ["formatDate('nonsense', 'YYYY')", 'does not exist'],
  ])('%s rejects the row: %s', (expression, why) => expect(failed(expression).why).toContain(why))
})

describe('one row leaves nothing for the next', () => {
  test.each([
    'globalThis.seen = 1',
    'seen = 1',
    'Array.prototype.seen = 1',
    'Object.prototype.toString = () => 1',
    'Object.defineProperty(globalThis, "x", { value: 1 })',
    'Object.setPrototypeOf(Date.prototype, null)',
    'Object.getPrototypeOf(async () => 1).x = 1',
    'Object.getPrototypeOf(function* () {}).prototype.next = 1',
    'Object.getPrototypeOf([][Symbol.iterator]()).next = 1',
    'formatDate.seen = 1',
    'JSON.parse = 1',
    'this.x = 1',
    'row.seen = 1',
    'Object.getPrototypeOf((async () => 1)()).then = 1',
    'Iterator.prototype.map = 1',
  ])('%s', (expression) => expect(failed(expression)).toMatchObject({ kind: 'failed' }))

  test('a regular expression begins anew', () => {
    const rows = [['aa'], ['aa']]
    expect(run("/a/g.test(row.user) ? 'yes' : 'no'", rows)).toEqual(run("'yes'", rows))
  })
})

describe('there is no way out', () => {
  test.each([
    "row.user.constructor.constructor('return 1')()",
    "(() => {}).constructor('return globalThis')()",
    "(async () => {}).constructor('return 1')()",
    "(function* () {}).constructor('yield 1')()",
    "(async function* () {}).constructor('yield 1')()",
    "eval('1')",
    "Function('return 1')()",
    "require('fs')",
    'process.env',
    "fetch('http://localhost')",
    'WebAssembly.compile()',
    'new SharedArrayBuffer(8)',
    'Atomics.wait()',
    'new Proxy({}, {})',
    'setTimeout(() => 1)',
    'std.open()',
    'arguments[0]',
    'v[0]',
    'toText(1)',
    'Reflect.construct(Date.now, [])',
    'new WeakRef({})',
  ])('%s', (expression) => expect(failed(expression)).toMatchObject({ kind: 'failed' }))

  test('import() gives nothing that can be waited for', () =>
    expect(failed("import('fs')").why).toMatch(/promise|import/))

  test.each([
    '1), (2',
    '1]; [2',
    '1; 2',
    'let x = 1',
    'return 1',
    '} {',
    '1 /*',
    '`${',
    '(',
    "'",
    '',
    'row.',
    '1 = 2',
  ])('what is more or less than an expression does not compile: %s', (expression) =>
    expect(sandbox.check(expression)?.message).toMatch(/no JavaScript expression/),
  )

  test('an error of the syntax says where', () => {
    expect(sandbox.check('row.user +\n  * 2')).toEqual({
      message: 'This is no JavaScript expression: * is not expected here, at line 2, column 3.',
      line: 2,
      column: 3,
    })
    expect(sandbox.check("row.a ? 'x' : row.b // fine")).toBeUndefined()
  })
})

describe('time and memory are bounded, and the next row goes on', () => {
  beforeEach(async () => {
    sandbox.close()
    sandbox = await openSandbox()
  })

  const HOSTILE = [
    ['a loop', 'for(;;);', 'expression_too_slow'],
    ['native work between two steps', "for (;;) 'x'.repeat(4e6).toUpperCase();", 'expression_too_slow'],
    ['a regular expression', "/(a+)+b/.test('a'.repeat(40));", 'expression_too_slow'],
    ['sorting', 'Array.from({ length: 1e6 }, (_, i) => -i).sort();', 'expression_'],
    ['jobs', 'const f = () => { (async () => { await 1; f() })() }; f(); for(;;);', 'expression_'],
    ['a huge text', "'x'.repeat(1e9);", 'expression_failed'],
    ['a text that grows', "let a = 'x'; for (;;) a += a;", 'expression_'],
    ['a list that grows', 'let a = []; for (;;) a = [a, a];', 'expression_'],
    ['recursion', '(function f() { f() })();', 'expression_failed'],
    ['recursion of the engine', "JSON.parse('['.repeat(1e5));", 'expression_'],
    ['a deep result', 'let a = []; for (let i = 0; i < 1e5; i++) a = [a]; return a;', 'expression_'],
    ['a circle', 'const a = {}; a.a = a; return a;', 'expression_failed'],
    [
      'a deep pattern',
      "[...'x'.repeat(50000)].map(() => '(').join('').match('('.repeat(50000));",
      'expression_',
    ],
  ] as const

  test.each(HOSTILE)('%s', (_, body, code) => {
    const rows = ['Ann', 'bad', 'Bob'].map((user) => [user])
    const began = performance.now()
    const outcomes = run(`row.user !== 'bad' ? row.user : (() => { ${body} })()`, rows)
    expect(outcomes[0]).toEqual({ kind: 'values', values: ['Ann'] })
    expect(outcomes[1]).toMatchObject({ kind: 'failed', code: expect.stringContaining(code) })
    expect(outcomes[2]).toEqual({ kind: 'values', values: ['Bob'] })
    expect(performance.now() - began).toBeLessThan(10_000)
  })

  test('where all rows are too slow, most are not even tried', () => {
    const began = performance.now()
    const outcomes = run(
      '(() => { for(;;); })()',
      Array.from({ length: 500 }, () => ROW),
    )
    expect(outcomes).toHaveLength(500)
    expect(
      outcomes.every((outcome) => outcome.kind === 'failed' && outcome.code === 'expression_too_slow'),
    ).toBe(true)
    expect(outcomes.at(-1)).toMatchObject({ why: expect.stringContaining('not tried') })
    expect(performance.now() - began).toBeLessThan(10_000)
    expect(evaluate('row.user')).toBe('Ann')
  })

  test('large results are no reason to reject a row: they come in more crossings', () => {
    const rows = Array.from({ length: 100 }, (_, n) => [`${n}`])
    const outcomes = run("row.user + '-' + 'x'.repeat(400000)", rows)
    expect(outcomes.map((outcome) => outcome.kind === 'values' && outcome.values[0]?.split('-')[0])).toEqual(
      rows.map(([user]) => user),
    )
  })

  test('memory stays the same over many rows that leave something behind', () => {
    const rows = Array.from({ length: 500 }, (_, n) => [`${n}`.repeat(100)])
    run('JSON.stringify([...row.user].map((c) => ({ c }))).length', rows)
    const before = process.memoryUsage().rss
    for (let n = 0; n < 20; n++) {
      const outcomes = run("((async () => row.user)(), row.user.split('').reverse().join(''))", rows)
      expect(outcomes.every(({ kind }) => kind === 'values')).toBe(true)
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024)
  })
})
