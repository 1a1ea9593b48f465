type SyslogMessage = {
  facility: number
  severity: number
  timestamp: string
  hostname: string
  appName: string
  procId: string
  msgId: string
  sdId: string
  params: Record<string, string>
  message: string
}

const PRINTABLE = (most: number) => `[!-~]{1,${most}}`
/** The grammar of RFC 5424, section 6, for messages with one element of structured data. */
const HEADER = new RegExp(
  [
    '^<(\\d{1,3})>1',
    '(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,6})?Z)',
    `(${PRINTABLE(255)})`,
    `(${PRINTABLE(48)})`,
    `(${PRINTABLE(128)})`,
    `(${PRINTABLE(32)})`,
    '\\[([^ =\\]"]{1,32}@\\d+)((?: [^ =\\]"]{1,32}="(?:\\\\["\\\\\\]]|[^"\\\\\\]])*")*)\\](?: (.*))?$',
  ].join(' '),
  'su',
)
const PARAM = / ([^ =\]"]{1,32})="((?:\\["\\\]]|[^"\\\]])*)"/gsu

/** A reader of RFC 5424 written from its grammar. Throws on any other text. */
export function parseRfc5424(text: string): SyslogMessage {
  const parts = text.match(HEADER)
  if (!parts) throw new Error(`not a message of RFC 5424: ${text.slice(0, 300)}`)
  const [, priority, timestamp = '', hostname = '', appName = '', procId = '', msgId = ''] = parts
  const [sdId = '', params = '', message = ''] = parts.slice(7)
  const pairs = [...params.matchAll(PARAM)].map(([, name = '', value = '']) => [
    name,
    value.replace(/\\(["\\\]])/g, '$1'),
  ])
  return {
    facility: Math.floor(Number(priority) / 8),
    severity: Number(priority) % 8,
    timestamp,
    hostname,
    appName,
    procId,
    msgId,
    sdId,
    params: Object.fromEntries(pairs),
    message,
  }
}
