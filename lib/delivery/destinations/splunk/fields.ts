import { CA_FIELD } from '@/lib/delivery/destinations/ca-field'
import type { FieldDeclaration } from '@/lib/delivery/destinations/fields'
import { GZIP_FIELD } from '@/lib/delivery/destinations/http/target-field'

/** What a person fills in for Splunk's HTTP Event Collector. */
export const SPLUNK_FIELDS: readonly FieldDeclaration[] = [
  {
    name: 'url',
    label: 'Host',
    control: 'text',
    placeholder: 'http-inputs-acme.splunkcloud.com',
    hint: 'Splunk Cloud: http-inputs-<stack>.splunkcloud.com. Your own Splunk: its host, with port 8088 unless you give another. A whole URL is fine too.',
  },
  {
    name: 'token',
    label: 'Token',
    control: 'secret',
    placeholder: '12345678-90ab-cdef-1234-567890abcdef',
    hint: 'Of an HTTP Event Collector input, which Splunk shows under Settings, Data inputs.',
  },
  {
    name: 'index',
    label: 'Index',
    control: 'text',
    optional: true,
    placeholder: 'main',
    hint: 'The token must be allowed to write to it. Without one, the token’s default index.',
  },
  {
    name: 'acknowledge',
    label: 'Indexer Acknowledgement',
    control: 'switch',
    hint: 'Counts a batch as sent once Splunk says that it is indexed, and sends it again if it does not within five minutes. The token must have acknowledgement enabled; Splunk Cloud does not offer it.',
  },
  {
    name: 'endpoint',
    label: 'Endpoint',
    control: 'choice',
    section: 'format',
    initial: 'event',
    options: [
      {
        value: 'event',
        label: 'event',
        hint: 'Each event with its time, and with its id as the indexed field audit_id.',
      },
      {
        value: 'raw',
        label: 'raw',
        hint: 'One line of JSON each. Splunk finds events and times by its own rules for the source type.',
      },
    ],
  },
  {
    name: 'sourcetype',
    label: 'Source Type',
    control: 'text',
    section: 'format',
    optional: true,
    placeholder: '_json',
  },
  {
    name: 'source',
    label: 'Source',
    control: 'text',
    section: 'format',
    optional: true,
    placeholder: 'spoor',
  },
  {
    name: 'host',
    label: 'Host of Events',
    control: 'text',
    section: 'format',
    optional: true,
    hint: 'Splunk’s host field. Without one, the source of each event.',
  },
  { ...GZIP_FIELD, initial: true },
  CA_FIELD,
]
