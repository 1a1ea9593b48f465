import releaseSync from '@jitl/quickjs-wasmfile-release-sync'
import {
  newQuickJSWASMModuleFromVariant,
  type QuickJSContext,
  type QuickJSHandle,
} from 'quickjs-emscripten-core'
import { AppError } from '@/lib/errors/app-error'
import { type ExpressionProblem, readProblem } from './expression-problem'
import { GUEST_GLOBALS } from './guest-globals'
import { GUEST_HELPERS } from './guest-helpers'
import { EXPRESSION_FILE, GUEST_TOOLS } from './guest-tools'
import { bracketedSource, expressionSource, type SandboxProgram } from './program'
import { startSpan } from './time-spent'
import { callWithin, TimeOverError } from './watchdog'

/** Programs of a line and a few hundred rows with their results take some megabytes. */
const MEMORY_LIMIT_BYTES = 32 * 1024 * 1024
/** Of WebAssembly's own stack, which has 1 MiB; expressions of people nest a few levels. */
const STACK_LIMIT_BYTES = 128 * 1024
/** For what is no row: building a program, reading an expression. A thousand times what they take. */
const BUILD_TIMEOUT_MS = 2000

const INTRINSICS = {
  BaseObjects: true,
  Date: true,
  Eval: true,
  StringNormalize: true,
  RegExp: true,
  JSON: true,
  MapSet: true,
  // Async functions need it; nothing waits for them, and their results are refused.
  Promise: true,
}

/** A line has few, but a file with another header than the last one's needs its own. */
const MAX_PROGRAMS = 32

/** Jobs that expressions leave behind are let run out, to nobody's use, so that they don't pile up. */
const MAX_JOBS = 10_000

type Loaded = { start: QuickJSHandle; finish: QuickJSHandle }

/** The engine is in no state to go on: it had no memory left for what it had to give, or no stack. */
export class GuestBrokenError extends Error {
  override readonly name = 'GuestBrokenError'
}

/** One engine in a memory of its own. After a `GuestBrokenError` or `TimeOverError` it must not be used again. */
type Guest = {
  check(expression: string): ExpressionProblem | undefined
  /** `timeoutMs` is told to the engine, which stops between two steps; `killMs` stops it wherever it is. */
  run(program: SandboxProgram, input: string, limits: { timeoutMs: number; killMs: number }): string
}

/** Starts an engine: 4 ms, and little memory until it is used. */
export async function newGuest(): Promise<Guest> {
  const engine = await newQuickJSWASMModuleFromVariant(releaseSync)
  const runtime = engine.newRuntime({
    memoryLimitBytes: MEMORY_LIMIT_BYTES,
    maxStackSizeBytes: STACK_LIMIT_BYTES,
  })
  const context = runtime.newContext({ intrinsics: INTRINSICS })
  let isOver = () => false
  runtime.setInterruptHandler(() => isOver())

  // Our own code, which ends: on a busy machine a cold start may take longer than any time that is given to others.
  const [globals, helpers, makeTools] = [GUEST_GLOBALS, GUEST_HELPERS, GUEST_TOOLS].map((source) =>
    context.unwrapResult(context.evalCode(source, 'spoor', { strict: true })),
  ) as [QuickJSHandle, QuickJSHandle, QuickJSHandle]
  const tools = context.unwrapResult(context.callFunction(globals, context.undefined, helpers, makeTools))

  const programs = new Map<SandboxProgram, Loaded>()
  const compile = (source: string) => context.evalCode(source, EXPRESSION_FILE, { strict: true })

  function load(program: SandboxProgram): Loaded {
    const known = programs.get(program)
    if (known) return known
    const loaded = callWithin(BUILD_TIMEOUT_MS, () => build(context, tools, program))
    programs.set(program, loaded)
    const [oldest] = programs
    if (programs.size > MAX_PROGRAMS && oldest) {
      for (const handle of Object.values(oldest[1])) handle.dispose()
      programs.delete(oldest[0])
    }
    return loaded
  }

  function clearJobs(): void {
    if (!runtime.hasPendingJob()) return
    const result = runtime.executePendingJobs(MAX_JOBS)
    result.dispose()
    if (runtime.hasPendingJob())
      throw new GuestBrokenError('expressions left more jobs behind than can run out')
  }

  return {
    check: (expression) =>
      guarded(BUILD_TIMEOUT_MS, () => {
        for (const source of [expressionSource(expression), bracketedSource(expression)]) {
          const result = compile(source)
          if (result.error) return readProblem(context, result.error)
          result.value.dispose()
        }
        return undefined
      }),

    run(program, input, { timeoutMs, killMs }) {
      const { start, finish } = load(program)
      return guarded(killMs, () => {
        const spent = startSpan()
        isOver = () => spent() > timeoutMs
        const text = context.newString(input)
        const result = context.callFunction(start, context.undefined, text)
        text.dispose()
        isOver = () => false
        if (result.error) requireInterrupted(context, result.error)
        const answer = result.error
          ? context.unwrapResult(context.callFunction(finish, context.undefined))
          : result.value
        const json = context.getString(answer)
        answer.dispose()
        clearJobs()
        return json
      })
    },
  }
}

/** What the engine throws at us when it is at its end: WebAssembly's traps, our own stack, results too large to be made. */
function guarded<T>(killMs: number, run: () => T): T {
  try {
    return callWithin(killMs, run)
  } catch (error) {
    const isEngines =
      error instanceof RangeError ||
      (error instanceof Error && ['RuntimeError', 'QuickJSUnwrapError', 'InternalError'].includes(error.name))
    if (!isEngines || error instanceof TimeOverError) throw error
    throw new GuestBrokenError(`the engine broke: ${error.message}`, { cause: error })
  }
}

/** Any other error of a program is not one of a row: the engine had no memory left, say. */
function requireInterrupted(context: QuickJSContext, error: QuickJSHandle): void {
  const { message } = context.dump(error) as { message?: string }
  error.dispose()
  if (message !== 'interrupted') throw new GuestBrokenError(`the program failed: ${message}`)
}

function build(context: QuickJSContext, tools: QuickJSHandle, program: SandboxProgram): Loaded {
  const expressions = program.ops.map(({ expression }) => {
    const result = context.evalCode(expressionSource(expression), EXPRESSION_FILE, { strict: true })
    if (result.error) throw new AppError('invalid', readProblem(context, result.error).message)
    return result.value
  })
  const factory = context.unwrapResult(context.evalCode(program.source, 'spoor', { strict: true }))
  const made = context.unwrapResult(context.callFunction(factory, context.undefined, tools, ...expressions))
  const loaded = { start: context.getProp(made, 'start'), finish: context.getProp(made, 'finish') }
  for (const handle of [factory, made, ...expressions]) handle.dispose()
  return loaded
}
