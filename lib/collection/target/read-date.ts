/** `YYYYMMDDHHMMSS`, as LDAP writes it too: with a fraction of the second, and Z for UTC. */
const SHAPE = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\.\d{1,9})?Z?$/
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const

const isLeapYear = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
const daysOf = (year: number, month: number) =>
  month === 2 && isLeapYear(year) ? 29 : (MONTH_DAYS[month - 1] ?? 0)

function shapeProblem(value: string): string {
  const wanted = 'A date is written YYYYMMDDHHMMSS in UTC, such as 20151205121542'
  const moment = Date.parse(value)
  if (!/[-:/]/.test(value) || Number.isNaN(moment)) return `${wanted}.`
  return `${wanted}. Turn this one round in an update step before.`
}

/** Why the parts are no moment that ever was; undefined if they are one. */
function calendarProblem(
  year: number,
  month: number,
  day: number,
  time: readonly number[],
): string | undefined {
  const [hour = 0, minute = 0, second = 0] = time
  if (year === 0) return 'There is no year 0000.'
  if (month < 1 || month > 12) return `There is no month ${month}.`
  const days = daysOf(year, month)
  const name = MONTHS[month - 1]
  if (day < 1 || day > days) return `There is no day ${day} in ${name} ${year}, which has ${days}.`
  if (hour > 23) return `There is no hour ${hour}: a day's last is 23.`
  if (minute > 59) return `There is no minute ${minute}: an hour's last is 59.`
  if (second > 59) return `There is no second ${second}: a minute's last is 59.`
  return undefined
}

/** A date of the log target as RFC 3339 in UTC, or what is wrong with it, as sentences. */
export function readDate(value: string): { moment: string } | { problem: string } {
  const match = SHAPE.exec(value)
  if (!match) return { problem: shapeProblem(value) }
  const [, year = '', month = '', day = '', hour = '', minute = '', second = '', fraction = ''] = match
  const time = [Number(hour), Number(minute), Number(second)]
  const problem = calendarProblem(Number(year), Number(month), Number(day), time)
  if (problem) return { problem }
  return { moment: `${year}-${month}-${day}T${hour}:${minute}:${second}${fraction}Z` }
}
