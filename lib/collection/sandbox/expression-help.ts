/** What expressions have beside JavaScript's own: for the editor and for people who ask. */
export const EXPRESSION_HELPERS = [
  {
    name: 'formatDate(date, pattern)',
    meaning:
      'A date as text, in UTC. Parts are YYYY, MMM (Sep), MM, DD, HH, mm, ss, fff (thousandths); after HH, MM are minutes too. Blank gives blank.',
    example: "formatDate('2020-09-14T12:05:46Z', 'YYYY-MM-DD HH:mm')",
    gives: '2020-09-14 12:05',
  },
  {
    name: 'parseDate(text, pattern, zone)',
    meaning:
      'The date that a text means, written in the same parts, or with Z for a zone. The zone is that of texts that name none; left out, it is UTC. A date that does not exist rejects the row. Blank gives blank.',
    example: "parseDate('14.09.2020 12:05', 'DD.MM.YYYY HH:mm', '+02:00')",
    gives: '20200914100500',
  },
] as const

/** What people should know who write their first expression, one sentence each. */
export const EXPRESSION_RULES = [
  'An expression is JavaScript over the row: row.user, or row["user name"]. All values are texts; blank ones are empty.',
  'What it gives becomes text: a date is written YYYYMMDDHHMMSS in UTC, a list or object as JSON, nothing as blank.',
  'There is no current time and no chance: a row gives the same whenever it is collected. Dates without a zone are UTC.',
] as const
