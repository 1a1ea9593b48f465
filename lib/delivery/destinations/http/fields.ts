import { CA_FIELD } from '@/lib/delivery/destinations/ca-field'
import { intakeUrl, SITES } from '@/lib/delivery/destinations/datadog/sites'
import type { FieldDeclaration, FieldOption } from '@/lib/delivery/destinations/fields'
import { ENCODING_FIELD } from '@/lib/delivery/encodings/encodings'
import { type HttpBody, WEBHOOK_BODIES } from './config'
import { GZIP_FIELD } from './target-field'

const SUGGESTED_URLS: readonly FieldOption[] = [
  { value: 'https://http-inputs-example.splunkcloud.com/services/collector/raw', label: 'Splunk Cloud' },
  { value: 'https://splunk.example.com:8088/services/collector/raw', label: 'Splunk Enterprise' },
  ...SITES.map((site) => ({ value: intakeUrl(site), label: `Datadog, ${site}` })),
]

const BODIES: readonly (FieldOption & { value: HttpBody })[] = [
  {
    value: 'auto',
    label: 'Automatic',
    hint: 'Knows Splunk and Datadog by their addresses; others get a JSON array.',
  },
  { value: 'json_array', label: 'JSON array' },
  { value: 'ndjson', label: 'NDJSON', hint: 'One event a line.' },
  { value: 'single', label: 'Single events', hint: 'One event a request, in order. Slower than batches.' },
  {
    value: 'standard_webhook',
    label: 'Standard Webhooks, batches',
    hint: 'Signed messages of the type audit.batch with up to 100 events each.',
  },
  {
    value: 'standard_webhook_single',
    label: 'Standard Webhooks, single events',
    hint: 'One signed message an event, named after its log type, such as audit.account.',
  },
]

/** What a person fills in for any receiver of HTTP requests. */
export const HTTP_FIELDS: readonly FieldDeclaration[] = [
  {
    name: 'url',
    label: 'URL',
    control: 'url',
    placeholder: 'https://logs.example.com/ingest',
    options: SUGGESTED_URLS,
    hint: 'Events are posted here. Addresses inside private networks are refused unless the operator allows them.',
  },
  {
    name: 'apiHeaderName',
    label: 'API Header Name',
    control: 'text',
    placeholder: 'Authorization',
    optional: true,
    options: [
      { value: 'Authorization', label: 'Splunk, and most others' },
      { value: 'DD-API-KEY', label: 'Datadog' },
    ],
  },
  {
    name: 'apiKey',
    label: 'API Key',
    control: 'secret',
    hint: 'Sent with every request, in that header. For Splunk the word Splunk, a space, and the token.',
    optional: true,
  },
  {
    name: 'body',
    label: 'Body',
    control: 'choice',
    section: 'format',
    initial: 'auto',
    options: BODIES,
  },
  {
    name: 'signingSecret',
    label: 'Signing Secret',
    control: 'secret',
    section: 'format',
    placeholder: 'whsec_…',
    hint: 'Give the same to the receiver. When you enter a new one, the old one goes on signing beside it for 24 hours.',
    when: { field: 'body', is: WEBHOOK_BODIES },
    generate: { prefix: 'whsec_', bytes: 32 },
  },
  ENCODING_FIELD,
  {
    name: 'headers',
    label: 'Further Headers',
    control: 'lines',
    section: 'advanced',
    optional: true,
    placeholder: 'X-Tenant: acme',
    hint: 'One a line. Values are stored encrypted and shown as ***, which keeps the stored one.',
  },
  GZIP_FIELD,
  CA_FIELD,
]
