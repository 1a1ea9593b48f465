export type Preset = {
  id: 'other' | 'splunk' | 'datadog'
  label: string
  url: string
  headerName: string
  urlHint: string
  keyHint: string
  matches: (url: string) => boolean
}

/** What differs between receivers that take events by HTTP POST with a key. */
export const PRESETS: readonly Preset[] = [
  {
    id: 'other',
    label: 'Any HTTP receiver',
    url: '',
    headerName: '',
    urlHint:
      'Events are posted here. Addresses inside private networks are refused unless the operator allows them.',
    keyHint: 'Sent with every request, in that header.',
    matches: () => false,
  },
  {
    id: 'splunk',
    label: 'Splunk HEC',
    url: 'https://http-inputs-example.splunkcloud.com/services/collector/raw',
    headerName: 'Authorization',
    urlHint:
      'Put your host in: https://http-inputs-<stack>.splunkcloud.com/services/collector/raw, or port 8088 of your own Splunk.',
    keyHint: 'The word Splunk, a space, and the token: Splunk 12345678-90ab-…',
    matches: (url) => url.includes('/services/collector'),
  },
  {
    id: 'datadog',
    label: 'Datadog',
    url: 'https://http-intake.logs.datadoghq.com/api/v2/logs',
    headerName: 'DD-API-KEY',
    urlHint: 'The address of your site: for the EU it ends in datadoghq.eu.',
    keyHint: 'An API key of the organisation, not an application key.',
    matches: (url) => url.includes('http-intake.logs.'),
  },
]

export const DATADOG_URLS = [
  'datadoghq.com',
  'datadoghq.eu',
  'us3.datadoghq.com',
  'us5.datadoghq.com',
  'ap1.datadoghq.com',
].map((site) => `https://http-intake.logs.${site}/api/v2/logs`)

const [OTHER] = PRESETS as [Preset]

export function presetOf(url: string): Preset {
  return PRESETS.find(({ matches }) => matches(url)) ?? OTHER
}
