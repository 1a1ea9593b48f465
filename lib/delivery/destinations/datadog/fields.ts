import { CA_FIELD } from '@/lib/delivery/destinations/ca-field'
import type { FieldDeclaration } from '@/lib/delivery/destinations/fields'
import { GZIP_FIELD } from '@/lib/delivery/destinations/http/target-field'
import { CUSTOM_SITE, SITE_CHOICES, SITE_LABELS } from './sites'

/** What a person fills in for Datadog's log intake. */
export const DATADOG_FIELDS: readonly FieldDeclaration[] = [
  {
    name: 'site',
    label: 'Site',
    control: 'choice',
    initial: 'datadoghq.com',
    hint: 'Where you sign in to Datadog.',
    options: SITE_CHOICES.map((value) => ({ value, label: SITE_LABELS[value] })),
  },
  {
    name: 'url',
    label: 'URL',
    control: 'url',
    placeholder: 'https://datadog-proxy.example.com/api/v2/logs',
    hint: 'Of a proxy, or of an agent that takes what Datadog’s log intake takes.',
    when: { field: 'site', is: [CUSTOM_SITE] },
  },
  {
    name: 'apiKey',
    label: 'API Key',
    control: 'secret',
    hint: 'An API key of the organisation, not an application key.',
  },
  {
    name: 'tags',
    label: 'Tags',
    control: 'lines',
    optional: true,
    placeholder: 'env:production',
    hint: 'One a line, key:value. The tenant and the log type come along as tags of their own.',
  },
  {
    name: 'service',
    label: 'Service',
    control: 'text',
    section: 'format',
    optional: true,
    placeholder: 'audit-trail',
    hint: 'Without one, the data source of each event.',
  },
  {
    name: 'source',
    label: 'Source',
    control: 'text',
    section: 'format',
    optional: true,
    placeholder: 'spoor',
    hint: 'Datadog’s ddsource, by which it chooses a pipeline.',
  },
  { ...GZIP_FIELD, initial: true },
  { ...CA_FIELD, when: { field: 'site', is: [CUSTOM_SITE] } },
]
