/** Schedules that most people want, by the workspace's clock. */
export const SCHEDULE_PRESETS = [
  { schedule: '0 * * * *', label: 'Hourly', words: 'each hour' },
  { schedule: '0 3 * * *', label: 'Daily', words: 'each day at 03:00' },
  { schedule: '0 3 * * 1', label: 'Weekly', words: 'Mondays at 03:00' },
] as const

/** A schedule as people say it where it is a usual one, else as it is written. */
export function scheduleInWords(schedule: string): string {
  return SCHEDULE_PRESETS.find((preset) => preset.schedule === schedule)?.words ?? schedule
}
