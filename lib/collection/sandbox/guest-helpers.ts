/** Defines the helpers of EXPRESSION_HELPERS in a sandbox, before everything there is frozen. */
export const GUEST_HELPERS = String.raw`((define) => {
  'use strict'
  const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
  const PARTS = /YYYY|MMM|MM|DD|HH|mm|ss|SS|fff|Z/g
  const isBlank = (value) => value === undefined || value === null || value === ''

  // LDAP writes minutes as months: MM after HH is minutes.
  const partsOf = (pattern) => {
    const parts = []
    let end = 0
    let hasHour = false
    for (const match of pattern.matchAll(PARTS)) {
      const [token] = match
      if (match.index > end) parts.push({ text: pattern.slice(end, match.index) })
      end = match.index + token.length
      if (token === 'HH') hasHour = true
      parts.push({ token: token === 'MM' && hasHour ? 'mm' : token === 'SS' ? 'ss' : token })
    }
    if (end < pattern.length) parts.push({ text: pattern.slice(end) })
    return parts
  }
  const READ = { YYYY: '\\d{4}', MMM: '[A-Za-z]{3}', MM: '\\d{1,2}', DD: '\\d{1,2}', HH: '\\d{1,2}', mm: '\\d{1,2}',
    ss: '\\d{1,2}', fff: '\\d{1,9}', Z: 'Z|[+-]\\d\\d:?\\d\\d' }
  // Each pattern is taken apart once; few are ever used.
  const known = new Map()
  const takenApart = (pattern) => {
    const before = known.get(pattern)
    if (before) return before
    const parts = partsOf(pattern)
    const source = parts.map(({ text, token }) =>
      text === undefined ? '(' + READ[token] + ')' : text.replace(/[\\^$.*+?()[\]{}|\/]/g, '\\$&'))
    const tokens = parts.flatMap(({ token }) => token ?? [])
    const taken = { parts, tokens, reader: new RegExp('^' + source.join('') + '$') }
    if (known.size >= 50) known.clear()
    known.set(pattern, taken)
    return taken
  }

  const two = (number) => (number < 10 ? '0' : '') + number
  const WRITE = {
    YYYY: (date) => String(date.getUTCFullYear()).padStart(4, '0'),
    MMM: (date) => MONTHS[date.getUTCMonth()],
    MM: (date) => two(date.getUTCMonth() + 1),
    DD: (date) => two(date.getUTCDate()),
    HH: (date) => two(date.getUTCHours()),
    mm: (date) => two(date.getUTCMinutes()),
    ss: (date) => two(date.getUTCSeconds()),
    fff: (date) => String(date.getUTCMilliseconds()).padStart(3, '0'),
    Z: () => 'Z',
  }
  const formatDate = (given, pattern = 'YYYYMMDDHHmmss') => {
    if (isBlank(given)) return ''
    const date = new Date(given)
    if (Number.isNaN(date.getTime())) throw new RangeError('formatDate got a date that does not exist')
    let written = ''
    for (const { text, token } of takenApart(String(pattern)).parts) written += text ?? WRITE[token](date)
    return written
  }

  const zoneMinutes = (zone) => {
    if (zone === 'Z' || zone === '') return 0
    const match = /^([+-])(\d\d):?(\d\d)$/.exec(zone)
    if (!match) throw new RangeError('a zone is written +02:00 or Z, not ' + zone)
    return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]))
  }
  const readPart = (token, text) => {
    if (token === 'fff') return Number(text.padEnd(3, '0').slice(0, 3))
    return token === 'Z' ? text : Number(text)
  }
  const parseDate = (given, pattern, zone = 'Z') => {
    if (isBlank(given)) return ''
    const text = String(given).trim()
    const { tokens, reader } = takenApart(String(pattern))
    const match = reader.exec(text)
    const found = { YYYY: 1970, MM: 1, DD: 1, HH: 0, mm: 0, ss: 0, fff: 0, Z: String(zone) }
    if (match)
      for (let n = 0; n < tokens.length; n++) {
        const [token, part] = [tokens[n], match[n + 1]]
        if (token === 'MMM') found.MM = MONTHS.findIndex((month) => month.toLowerCase() === part.toLowerCase()) + 1
        else found[token] = readPart(token, part)
      }
    if (!match || (found.MM === 0 && tokens.includes('MMM')))
      throw new RangeError('parseDate found no ' + pattern + ' in ' + text.slice(0, 60))
    const time = Date.UTC(found.YYYY, found.MM - 1, found.DD, found.HH, found.mm, found.ss, found.fff)
    const date = new Date(time)
    const exists = date.getUTCFullYear() === found.YYYY && date.getUTCMonth() === found.MM - 1 &&
      date.getUTCDate() === found.DD && date.getUTCHours() === found.HH && date.getUTCMinutes() === found.mm &&
      date.getUTCSeconds() === found.ss
    if (!exists) throw new RangeError('there is no such date as ' + text.slice(0, 60))
    const minutes = zoneMinutes(found.Z)
    return minutes === 0 ? date : new Date(time - minutes * 60000)
  }
  define(globalThis, 'formatDate', formatDate)
  define(globalThis, 'parseDate', parseDate)
})`
