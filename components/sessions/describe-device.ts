/** The first that matches counts: Edge and Opera also call themselves Chrome, and Chrome calls itself Safari. */
const BROWSERS: [RegExp, string][] = [
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/HeadlessChrome\/|Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]

/** iPhones say that they are like Mac OS X, Android that it is Linux. */
const SYSTEMS: [RegExp, string][] = [
  [/iPhone|iPad|iPod/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux|X11/, 'Linux'],
]

/** A user agent in words, such as "Firefox on Linux"; the first product it names when it is no browser. */
export function describeDevice(userAgent: string | null): string {
  if (!userAgent) return 'Unknown device'
  const find = (table: [RegExp, string][]) => table.find(([pattern]) => pattern.test(userAgent))?.[1]
  const browser = find(BROWSERS) ?? userAgent.split(/[\s/]/)[0]?.slice(0, 40)
  const system = find(SYSTEMS)
  return system ? `${browser} on ${system}` : browser || 'Unknown device'
}
