import type { Level } from '@/lib/event/levels'

/** Severity words of syslog (RFC 5424), the common loggers and Splunk's information model, by our level. */
const WORDS: Record<Level, string> = {
  trace: 'trace finest finer verbose silly',
  debug: 'debug fine config',
  info: 'info information informational normal',
  notice: 'notice low',
  warning: 'warning warn medium',
  error: 'error err severe high',
  critical: 'critical crit fatal alert emergency emerg panic',
}
const LEVEL_BY_WORD = new Map(
  Object.entries(WORDS).flatMap(([level, words]) =>
    words.split(' ').map((word) => [word, level as Level] as const),
  ),
)

/** The level that a severity word means. Undefined for other words, and for numbers, which every scale counts its way. */
export function levelOfWord(word: string): Level | undefined {
  return LEVEL_BY_WORD.get(word.trim().toLowerCase())
}
