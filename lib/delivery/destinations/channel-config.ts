import { z } from 'zod'
import type { Pace } from '@/lib/delivery/pace'
import { RULE_GROUPS, type Rule, ruleSchema } from '@/lib/delivery/rules/rule'
import type { OpenDestination, Settings } from './contract'
import { choiceInput, type FieldDeclaration, numberInput, switchInput } from './fields'
import { complainAbout } from './http/target-field'

/** Shortest first; 0 is at once. */
const INTERVALS_SECONDS = [0, 300, 900, 3_600, 86_400, 604_800] as const
const DAY_SECONDS = 86_400
const DAY_MINUTES = 1_440
/** Monday is 1 (ISO 8601). */
const WEEKDAYS = ['1', '2', '3', '4', '5', '6', '7'] as const
/** More is no threshold but a count, and each group keeps as many places. */
const MAX_RULE_COUNT = 1_000
const MAX_WITHIN_SECONDS = 7 * DAY_SECONDS
const MAX_QUIET_SECONDS = 7 * DAY_SECONDS

/** What every channel stores beside its own: when people are told, and of what. */
export const channelConfigShape = {
  everySeconds: z.int(),
  /** Minutes after midnight, or after Monday's, in the workspace's time zone. */
  atMinutes: z.int().optional(),
  rule: ruleSchema.optional(),
}
export type ChannelConfig = z.infer<z.ZodObject<typeof channelConfigShape>>

/** What a person enters for them. */
export const channelInputShape = {
  everySeconds: z.coerce
    .number()
    .refine(
      (seconds) => (INTERVALS_SECONDS as readonly number[]).includes(seconds),
      `Choose from ${INTERVALS_SECONDS.join(', ')}.`,
    )
    .default(0),
  at: z
    .string()
    .trim()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Give a time of the day, such as 08:00.')
    .default('08:00'),
  weekday: choiceInput(WEEKDAYS, '1'),
  threshold: switchInput,
  ruleCount: numberInput(1, MAX_RULE_COUNT).default(10),
  ruleWithinSeconds: numberInput(1, MAX_WITHIN_SECONDS).default(300),
  rulePer: choiceInput(RULE_GROUPS, 'actor'),
  ruleQuietSeconds: numberInput(0, MAX_QUIET_SECONDS).default(3_600),
}
type ChannelInput = z.output<z.ZodObject<typeof channelInputShape>>

/** What to store for it. Throws `invalid` where the fields don't fit together. */
export function configureChannel(input: ChannelInput): ChannelConfig {
  const { everySeconds, at, weekday, threshold, ruleCount, ruleWithinSeconds, rulePer, ruleQuietSeconds } =
    input
  const [hours = 0, minutes = 0] = at.split(':').map(Number)
  const day = everySeconds > DAY_SECONDS ? Number(weekday) - 1 : 0
  const rule: Rule = {
    count: ruleCount,
    withinSeconds: ruleWithinSeconds,
    per: rulePer,
    quietSeconds: ruleQuietSeconds,
  }
  if (threshold && ruleCount === 1 && ruleQuietSeconds === 0)
    complainAbout('ruleCount', 'Each event would be an alarm: give a larger number, or a quiet time.')
  return {
    everySeconds,
    ...(everySeconds >= DAY_SECONDS && { atMinutes: day * DAY_MINUTES + hours * 60 + minutes }),
    ...(threshold && { rule }),
  }
}

/** The same as it was entered. */
export function channelValues({ everySeconds, atMinutes, rule }: ChannelConfig): Settings {
  const minutes = (atMinutes ?? 480) % DAY_MINUTES
  const two = (value: number) => String(value).padStart(2, '0')
  return {
    everySeconds,
    at: `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`,
    weekday: WEEKDAYS[Math.floor((atMinutes ?? 0) / DAY_MINUTES)] ?? '1',
    threshold: rule !== undefined,
    ruleCount: rule?.count ?? 10,
    ruleWithinSeconds: rule?.withinSeconds ?? 300,
    rulePer: rule?.per ?? 'actor',
    ruleQuietSeconds: rule?.quietSeconds ?? 3_600,
  }
}

/** When its stream's messages leave, for the engine. */
export function channelTiming(
  { everySeconds, atMinutes, rule }: ChannelConfig,
  pace: Pace,
): Pick<OpenDestination, 'schedule' | 'pace' | 'rule'> {
  const schedule = { everySeconds, flushEvents: null, ...(atMinutes !== undefined && { atMinutes }) }
  return { ...(everySeconds > 0 ? { schedule } : { pace }), ...(rule && { rule }) }
}

const ONLY_WITH_RULE = { field: 'threshold', is: ['true'] }

/** What a person fills in for them. */
export const CHANNEL_FIELDS: readonly FieldDeclaration[] = [
  {
    name: 'threshold',
    label: 'Only from a number on',
    control: 'switch',
    initial: false,
    section: 'rule',
    hint: 'One notification once so many events have come in a short time, instead of one about each.',
  },
  {
    name: 'ruleCount',
    label: 'Events',
    control: 'number',
    initial: '10',
    section: 'rule',
    when: ONLY_WITH_RULE,
  },
  {
    name: 'ruleWithinSeconds',
    label: 'Within',
    control: 'seconds',
    initial: '300',
    section: 'rule',
    when: ONLY_WITH_RULE,
    hint: 'By the time at which they were received.',
  },
  {
    name: 'rulePer',
    label: 'Counted for',
    control: 'choice',
    initial: 'actor',
    section: 'rule',
    when: ONLY_WITH_RULE,
    options: [
      { value: 'actor', label: 'Each actor' },
      { value: 'target', label: 'Each target' },
      { value: 'ip', label: 'Each IP address' },
      { value: 'all', label: 'All together' },
    ],
  },
  {
    name: 'ruleQuietSeconds',
    label: 'Then quiet for',
    control: 'seconds',
    initial: '3600',
    section: 'rule',
    when: ONLY_WITH_RULE,
    hint: 'What comes meanwhile is counted in the next notification.',
  },
  {
    name: 'everySeconds',
    label: 'Interval',
    control: 'buttons',
    initial: '0',
    section: 'interval',
    hint: 'Events of an interval come together.',
    options: [
      { value: '0', label: 'Immediate', hint: 'Each event at once; many at a time come together.' },
      { value: '300', label: '5 minutes' },
      { value: '900', label: '15 minutes' },
      { value: '3600', label: 'Hourly' },
      { value: '86400', label: 'Daily' },
      { value: '604800', label: 'Weekly' },
    ],
  },
  {
    name: 'weekday',
    label: 'On',
    control: 'choice',
    initial: '1',
    section: 'interval',
    when: { field: 'everySeconds', is: ['604800'] },
    options: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'].map(
      (label, i) => ({ value: String(i + 1), label }),
    ),
  },
  {
    name: 'at',
    label: 'At',
    control: 'time',
    initial: '08:00',
    section: 'interval',
    when: { field: 'everySeconds', is: ['86400', '604800'] },
    hint: 'In the time zone of the workspace.',
  },
]
