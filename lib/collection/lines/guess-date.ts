/** How logs write moments: what finds one, and the expression that reads it from `value`. */
const SHAPES: { pattern: RegExp; read?: (value: string) => string }[] = [
  { pattern: /^\d{14}(\.\d+)?Z?$/ },
  { pattern: /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/, read: (value) => `new Date(${value})` },
  { pattern: /^\d{10}$/, read: (value) => `new Date(Number(${value}) * 1000)` },
  { pattern: /^\d{13}$/, read: (value) => `new Date(Number(${value}))` },
  { pattern: /^\d{1,2}\.\d{1,2}\.\d{4} \d{1,2}:\d\d:\d\d$/, read: written('DD.MM.YYYY HH:mm:ss') },
  { pattern: /^\d{1,2}\.\d{1,2}\.\d{4} \d{1,2}:\d\d$/, read: written('DD.MM.YYYY HH:mm') },
  { pattern: /^\d{4}\/\d\d\/\d\d \d{1,2}:\d\d:\d\d$/, read: written('YYYY/MM/DD HH:mm:ss') },
  {
    pattern: /^\d\d?\/[A-Za-z]{3}\/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}$/,
    read: written('DD/MMM/YYYY:HH:mm:ss Z'),
  },
  { pattern: /^[A-Za-z]{3},? .*\d{4}/, read: (value) => `new Date(${value})` },
]

function written(pattern: string) {
  return (value: string) => `parseDate(${value}, '${pattern}')`
}

/**
 * The expression that turns the values of a column into dates of the log target, `value` being how it is read there;
 * undefined where they are written so already, or nobody knows how. 03/04/2020 is not guessed: it is two days.
 */
export function guessDate(samples: readonly string[], value: string): string | undefined {
  const filled = samples.map((text) => text.trim()).filter(Boolean)
  if (filled.length === 0) return undefined
  return SHAPES.find(({ pattern }) => filled.every((text) => pattern.test(text)))?.read?.(value)
}
