/**
 * Runs first in a sandbox: takes away what could make a row come out differently another time, or code from text, and
 * freezes all that is left, so that one row leaves nothing for the next. Gives the functions that programs are made with.
 */
export const GUEST_GLOBALS = String.raw`((addHelpers, makeTools) => {
  'use strict'
  const KEPT = new Set(['Error', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError',
    'InternalError', 'AggregateError', 'Array', 'Object', 'Iterator', 'parseInt', 'parseFloat', 'isNaN', 'isFinite',
    'decodeURI', 'decodeURIComponent', 'encodeURI', 'encodeURIComponent', 'escape', 'unescape', 'Infinity', 'NaN',
    'undefined', 'Number', 'Boolean', 'String', 'Math', 'Reflect', 'Symbol', 'globalThis', 'BigInt', 'Date', 'RegExp',
    'JSON', 'Map', 'Set', 'WeakMap', 'WeakSet'])
  const { defineProperty, freeze, getPrototypeOf } = Object
  const define = (object, name, value) => defineProperty(object, name, { value, writable: true, configurable: true })
  const refuse = (words) => () => { throw new TypeError(words) }

  const noCode = function Function() { throw new TypeError('expressions make no code from text') }
  const functions = [function () {}, async function () {}, function* () {}, async function* () {}]
  for (const one of functions) define(getPrototypeOf(one), 'constructor', noCode)

  const NO_NOW = 'there is no current time: a row gives the same whenever it is collected'
  const RealDate = Date
  const { UTC, parse } = RealDate
  const dates = RealDate.prototype
  const ZONED = /(?:Z|UTC|GMT|[+-]\d\d:?\d\d)(?: ?\(.*\))?\s*$/i
  const DATE_ONLY = /^\s*\d{4}(?:-\d\d(?:-\d\d)?)?\s*$/
  const parseUtc = (given) => {
    const text = String(given)
    if (DATE_ONLY.test(text) || ZONED.test(text)) return parse(text)
    const time = parse(text.trim() + 'Z')
    return time === time ? time : parse(text.trim() + ' GMT')
  }
  const timeOf = (args) => {
    if (args.length === 0) throw new TypeError(NO_NOW)
    if (args.length > 1) return UTC(...args)
    const [value] = args
    return value instanceof RealDate ? value.getTime() : typeof value === 'string' ? parseUtc(value) : Number(value)
  }
  const SafeDate = function Date(...args) {
    if (!new.target) throw new TypeError(NO_NOW)
    return Reflect.construct(RealDate, [timeOf(args)], new.target)
  }
  defineProperty(SafeDate, 'prototype', { value: dates, writable: false })
  define(SafeDate, 'UTC', UTC)
  define(SafeDate, 'parse', (text) => parseUtc(text))
  define(SafeDate, 'now', refuse(NO_NOW))
  define(dates, 'constructor', SafeDate)
  for (const part of ['FullYear', 'Month', 'Date', 'Day', 'Hours', 'Minutes', 'Seconds', 'Milliseconds']) {
    define(dates, 'get' + part, dates['getUTC' + part])
    if (part !== 'Day') define(dates, 'set' + part, dates['setUTC' + part])
  }
  define(dates, 'getTimezoneOffset', () => 0)
  define(dates, 'toString', dates.toUTCString)
  define(dates, 'toLocaleString', dates.toUTCString)
  for (const name of ['toDateString', 'toLocaleDateString'])
    define(dates, name, function () { return this.toISOString().slice(0, 10) })
  for (const name of ['toTimeString', 'toLocaleTimeString'])
    define(dates, name, function () { return this.toISOString().slice(11, 19) })
  for (const name of ['getYear', 'setYear']) delete dates[name]
  define(globalThis, 'Date', SafeDate)
  define(Math, 'random', refuse('there is no chance here: a row gives the same whenever it is collected'))
  // In the order of the machine's language, which differs.
  define(String.prototype, 'localeCompare', function (other) {
    const [a, b] = [String(this), String(other)]
    return a < b ? -1 : a > b ? 1 : 0
  })

  const isPromise = (() => {
    const promises = getPrototypeOf((async () => {})())
    return (value) => typeof value === 'object' && value !== null && Object.prototype.isPrototypeOf.call(promises, value)
  })()
  for (const name of Reflect.ownKeys(globalThis)) if (!KEPT.has(name)) delete globalThis[name]
  addHelpers(define)

  const seen = new Set()
  const waiting = [globalThis, ...functions, ...functions.map((one) => one.prototype), noCode,
    [][Symbol.iterator](), ''[Symbol.iterator](), 'a'.matchAll(/a/g), new Map().entries(), new Set().values(),
    functions[2](), functions[3](), Iterator.from({ next() {} }), [].values().map((x) => x), (async () => {})()]
  for (const value of waiting) {
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) continue
    seen.add(value)
    waiting.push(getPrototypeOf(value))
    for (const key of Reflect.ownKeys(value)) {
      const { value: inner, get, set } = Reflect.getOwnPropertyDescriptor(value, key)
      waiting.push(inner, get, set)
    }
  }
  for (const value of seen) freeze(value)
  return makeTools(isPromise)
})`
