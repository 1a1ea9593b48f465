/** Longer than any field of an event; of one value, and of all that expressions set in a row. */
export const MAX_VALUE_LENGTH = 1_000_000
/** Enough to see what was wrong. */
const MAX_ERROR_LENGTH = 300
/** The name by which the engine tells places in expressions. */
export const EXPRESSION_FILE = 'expression'

/** What programs use and expressions don't see: results as text, and errors in words with their place. */
export const GUEST_TOOLS = String.raw`((isPromise) => {
  'use strict'
  const stringify = JSON.stringify
  const pad = (number, width) => String(number).padStart(width, '0')
  const dateText = (date) => {
    if (Number.isNaN(date.getTime())) throw new RangeError('it gives a date that does not exist')
    return pad(date.getUTCFullYear(), 4) + pad(date.getUTCMonth() + 1, 2) + pad(date.getUTCDate(), 2) +
      pad(date.getUTCHours(), 2) + pad(date.getUTCMinutes(), 2) + pad(date.getUTCSeconds(), 2)
  }
  const cut = (text) => {
    if (text.length > ${MAX_VALUE_LENGTH})
      throw new RangeError('it gives a text of ' + text.length + ' characters, and at most ${MAX_VALUE_LENGTH} are taken')
    return text
  }
  const objectText = (value) => {
    if (value instanceof Date) return dateText(value)
    if (isPromise(value)) throw new TypeError('it gives a promise, and expressions cannot wait')
    return cut(stringify(value) ?? '')
  }
  const toText = (value) => {
    switch (typeof value) {
      case 'string': return value.length > ${MAX_VALUE_LENGTH} ? cut(value) : value
      case 'undefined': return ''
      case 'number':
        if (value !== value) throw new RangeError('it gives NaN: what it reads is no number')
        return String(value)
      case 'boolean':
      case 'bigint': return String(value)
      case 'object': return value === null ? '' : objectText(value)
      default: throw new TypeError('it gives a ' + typeof value + ', and not a value')
    }
  }
  const wordsOf = (error) => {
    try {
      const text = typeof error === 'object' && error !== null && 'message' in error ?
        (error instanceof TypeError || error instanceof RangeError ? '' : error.name + ': ') + error.message :
        'it throws ' + String(error)
      return String(text).slice(0, ${MAX_ERROR_LENGTH})
    } catch {
      return 'it throws what cannot be shown'
    }
  }
  const placeOf = (error) => {
    try {
      const match = /${EXPRESSION_FILE}:(\d+):(\d+)/.exec(error.stack)
      return match ? match[1] + ':' + match[2] : ''
    } catch {
      return ''
    }
  }
  return { toText, isTrue: (value) => {
    if (isPromise(value)) throw new TypeError('it gives a promise, and expressions cannot wait')
    return !!value
  }, wordsOf, placeOf }
})`
