import { readAttributes } from './attributes-read'
import { MAX_VALUE_LENGTH } from './guest-tools'

/** One expression, and what becomes of its result: an attribute's value, whether the row stays, or just yes or no. */
export type SandboxOp =
  | { kind: 'set'; attribute: string; expression: string }
  | { kind: 'keep'; expression: string }
  | { kind: 'test'; expression: string }

/** Expressions over one kind of row, done one after the other in one crossing into the sandbox. */
export type SandboxProgram = {
  /** Places, among the attributes of a row, of the values that are handed over. */
  inputs: readonly number[]
  /** The attributes that it sets, in the order of the values that come back; after them one for each test. */
  outputs: readonly string[]
  tests: number
  ops: readonly SandboxOp[]
  /** The attribute that each expression reads first: mostly what stands there is wrong where it fails. */
  firstReads: readonly (string | undefined)[]
  /** Builds it, inside the sandbox. Its arguments are the tools and the expressions' functions. */
  source: string
}

/** Text that crosses at a time, each way, so that results fit into the engine's memory too: rows behind it come with the next one. */
export const MAX_CROSSING_UNITS = 512 * 1024
/** Of what an expression read; who shows it cuts it further. */
const MAX_SHOWN_UNITS = 400
const UNBRACKETED = /;\s*$/

/** As the engine compiles it: by itself, so that it sees nothing of the code around. */
export const expressionSource = (expression: string) => `(row) => (\n${withoutEnd(expression)}\n)`
/** What compiles between both kinds of brackets has none of its own that it did not open. */
export const bracketedSource = (expression: string) => `(row) => [\n${withoutEnd(expression)}\n]`
const withoutEnd = (expression: string) => expression.replace(UNBRACKETED, '')

/** Writes a program for rows that have these attributes. */
export function writeProgram(attributes: readonly string[], ops: readonly SandboxOp[]): SandboxProgram {
  const inputs: number[] = []
  /** Where each attribute's value is kept: what is handed over first, then what is only set. */
  const slots = new Map<string, number>()
  // Columns without a name can't be read.
  const visible = new Set(attributes.filter((name) => name !== ''))
  const firstReads: (string | undefined)[] = []
  const readsOf = ops.map((op) => {
    const { names, mayReadOthers } = readAttributes(op.expression)
    firstReads.push(names.find((name) => visible.has(name)))
    const read = mayReadOthers ? [...visible] : names.filter((name) => visible.has(name))
    if (op.kind === 'set') visible.add(op.attribute)
    return read
  })
  const isSet = new Set<string>()
  for (const [at, op] of ops.entries()) {
    for (const name of readsOf[at] ?? []) {
      if (isSet.has(name) || slots.has(name)) continue
      slots.set(name, inputs.push(attributes.indexOf(name)) - 1)
    }
    if (op.kind === 'set') isSet.add(op.attribute)
  }
  const outputs = [...isSet]
  for (const name of outputs) if (!slots.has(name)) slots.set(name, slots.size)
  const slotOf = (name: string) => slots.get(name) as number
  const tests = ops.filter(({ kind }) => kind === 'test').length

  let test = 0
  const steps = ops.map((op, at) => {
    const call = `e${at}(r${at})`
    const before = `op = ${at}; `
    if (op.kind === 'set') return `${before}v[${slotOf(op.attribute)}] = toText(${call})`
    if (op.kind === 'keep')
      return `${before}if (!isTrue(${call})) { out.push(1); done = out.length; continue }`
    return `${before}t[${test++}] = isTrue(${call}) ? '1' : ''`
  })
  const rows = readsOf.map((names, at) => {
    const getters = names.map((name) => `get [${JSON.stringify(name)}]() { return v[${slotOf(name)}] }`)
    return `const r${at} = Object.freeze({ __proto__: null, ${getters.join(', ')} })`
  })
  const results = [...outputs.map((name) => `v[${slotOf(name)}]`), ...range(tests).map((n) => `t[${n}]`)]
  const source = `(({ toText, isTrue, wordsOf, placeOf }, ${ops.map((_, at) => `e${at}`).join(', ')}) => {
  const v = [${[...slots].map(() => "''").join(', ')}], t = []
  ${rows.join('\n  ')}
  const first = [${firstReads.map((name) => (name === undefined ? -1 : slotOf(name))).join(', ')}]
  let out = [], done = 0, units = 0
  const start = (text) => {
    const data = JSON.parse(text)
    out = []
    done = 0
    units = 0
    for (let i = 0, at = 1; i < data[0]; i++, at += ${inputs.length}) {
      let op = 0
      if (units > ${MAX_CROSSING_UNITS}) {
        out.push(3)
        done = out.length
        break
      }
      try {
        ${inputs.map((_, n) => `v[${n}] = data[at + ${n}]`).join('; ')}
        ${steps.join('\n        ')}
        const size = ${['0', ...outputs.map((name) => `v[${slotOf(name)}].length`)].join(' + ')}
        if (size > ${MAX_VALUE_LENGTH})
          throw new RangeError('the attributes have ' + size + ' characters together, and at most ${MAX_VALUE_LENGTH} are taken')
        units += size
        out.push(${['0', ...results].join(', ')})
      } catch (error) {
        out.length = done
        out.push(2, op, wordsOf(error), placeOf(error), first[op] < 0 ? '' : v[first[op]].slice(0, ${MAX_SHOWN_UNITS}))
      }
      done = out.length
    }
    return finish()
  }
  const finish = () => {
    const text = JSON.stringify(out.slice(0, done))
    out = []
    return text
  }
  return { start, finish }
})`
  return { inputs, outputs, tests, ops, firstReads, source }
}

const range = (count: number) => Array.from({ length: count }, (_, n) => n)
