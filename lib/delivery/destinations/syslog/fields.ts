import { CA_FIELD } from '@/lib/delivery/destinations/ca-field'
import type { FieldDeclaration } from '@/lib/delivery/destinations/fields'
import { ENCODING_FIELD } from '@/lib/delivery/encodings/encodings'
import { EXAMPLE_ENTERPRISE_ID } from '@/lib/delivery/encodings/rfc5424'
import { DEFAULT_MESSAGE_BYTES, FACILITIES, FACILITY_NAMES } from './config'

/** What a person fills in for a syslog server. */
export const SYSLOG_FIELDS: readonly FieldDeclaration[] = [
  {
    name: 'host',
    label: 'Host',
    control: 'text',
    placeholder: 'syslog.example.com',
    hint: 'A name or an IP address. Addresses inside private networks are refused unless the operator allows them.',
  },
  {
    name: 'port',
    label: 'Port',
    control: 'number',
    initial: '6514',
    hint: 'Usually 6514 for TLS, and 601 or 514 for TCP.',
  },
  {
    name: 'transport',
    label: 'Transport',
    control: 'choice',
    initial: 'tls',
    options: [
      { value: 'tls', label: 'TLS', hint: 'Encrypted, and the server shows who it is (RFC 5425).' },
      { value: 'tcp', label: 'TCP', hint: 'Everyone on the way can read and change the events.' },
    ],
  },
  { ...CA_FIELD, when: { field: 'transport', is: ['tls'] } },
  {
    ...ENCODING_FIELD,
    label: 'Message',
    hint: 'What stands behind header and structured data, which always name id, seq, type, actor and leaf hash.',
    options: [
      ...(ENCODING_FIELD.options ?? []),
      {
        value: 'text',
        label: 'Text',
        hint: 'One sentence for people; the facts are in the structured data.',
      },
    ],
  },
  {
    name: 'maxMessageBytes',
    label: 'Longest Message (Bytes)',
    control: 'number',
    section: 'format',
    initial: String(DEFAULT_MESSAGE_BYTES),
    hint: 'As the server takes it: rsyslog 8192 unless maxMessageSize is set, syslog-ng 65536. A longer event is sent as a sentence with truncated="true" and the hash of what is missing.',
  },
  {
    name: 'facility',
    label: 'Facility',
    control: 'choice',
    section: 'format',
    initial: 'audit',
    options: FACILITY_NAMES.map((value) => ({
      value,
      label: value === 'audit' ? 'log audit (13)' : `${value} (${FACILITIES[value]})`,
    })),
  },
  {
    name: 'appName',
    label: 'App Name',
    control: 'text',
    section: 'format',
    initial: 'spoor',
  },
  {
    name: 'hostname',
    label: 'Host Name in Messages',
    control: 'text',
    section: 'format',
    optional: true,
    hint: 'Without one, the source of each event.',
  },
  {
    name: 'framing',
    label: 'Framing',
    control: 'choice',
    section: 'advanced',
    initial: 'octet_counting',
    options: [
      {
        value: 'octet_counting',
        label: 'Octet counting',
        hint: 'Each message after its length, as RFC 5425 demands.',
      },
      { value: 'newline', label: 'Newline', hint: 'For old servers that know nothing else.' },
    ],
  },
  {
    name: 'enterpriseId',
    label: 'Enterprise Number',
    control: 'number',
    section: 'advanced',
    initial: String(EXAMPLE_ENTERPRISE_ID),
    hint: 'Your own from the IANA, if you have one: it names the structured data, spoor@<number>.',
  },
  {
    name: 'bom',
    label: 'Byte Order Mark',
    control: 'switch',
    section: 'advanced',
    hint: 'RFC 5424 has one before a UTF-8 message, but rsyslog and others leave it in the text.',
  },
]
