/** Whose rules a URL's receiver follows, told by the URL alone. */
export type Dialect = 'plain' | 'splunk_raw' | 'splunk_event' | 'datadog'

/** Splunk's HTTP Event Collector and Datadog's log intake are known by their documented paths and hosts. */
export function dialectOf(url: string): Dialect {
  const { hostname, pathname } = new URL(url)
  if (/(^|[.-])http-intake\.logs\./.test(hostname)) return 'datadog'
  const collector = pathname.indexOf('/services/collector')
  if (collector < 0) return 'plain'
  return pathname.startsWith('/services/collector/raw', collector) ? 'splunk_raw' : 'splunk_event'
}

export function isSplunkDialect(dialect: Dialect): boolean {
  return dialect === 'splunk_raw' || dialect === 'splunk_event'
}
