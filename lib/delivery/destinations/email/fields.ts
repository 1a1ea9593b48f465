import { CA_FIELD } from '@/lib/delivery/destinations/ca-field'
import { CHANNEL_FIELDS } from '@/lib/delivery/destinations/channel-config'
import type { FieldDeclaration } from '@/lib/delivery/destinations/fields'

const OWN = { field: 'server', is: ['own'] }

/** What a person fills in for letters about events. */
export const EMAIL_FIELDS: readonly FieldDeclaration[] = [
  {
    name: 'server',
    label: 'Mail Server',
    control: 'choice',
    initial: 'instance',
    options: [
      { value: 'instance', label: 'This Spoor’s', hint: 'As its operator set it up.' },
      { value: 'own', label: 'Your own', hint: 'Any server that speaks SMTP.' },
    ],
  },
  { name: 'hostname', label: 'Hostname', control: 'text', placeholder: 'mail.example.com', when: OWN },
  {
    name: 'port',
    label: 'Port',
    control: 'number',
    optional: true,
    when: OWN,
    hint: 'Without one, the usual port of the choice below.',
  },
  {
    name: 'tls',
    label: 'TLS',
    control: 'choice',
    initial: 'starttls',
    when: OWN,
    options: [
      { value: 'starttls', label: 'STARTTLS', hint: 'Required before anything is sent. Usually port 587.' },
      { value: 'implicit', label: 'From the start', hint: 'SMTPS, usually port 465.' },
      {
        value: 'opportunistic',
        label: 'Where offered',
        hint: 'Somebody on the way can switch it off unseen.',
      },
      { value: 'none', label: 'Off', hint: 'Everyone on the way can read letters and password.' },
    ],
  },
  { name: 'username', label: 'Username', control: 'text', optional: true, when: OWN },
  { name: 'password', label: 'Password', control: 'secret', optional: true, when: OWN },
  {
    name: 'from',
    label: 'From Address',
    control: 'text',
    placeholder: 'Spoor <spoor@example.com>',
    when: OWN,
  },
  {
    name: 'to',
    label: 'To Address',
    control: 'lines',
    placeholder: 'soc@example.com',
    hint: 'One a line, at most 50. All of them get the same letter.',
  },
  { ...CA_FIELD, when: OWN },
  ...CHANNEL_FIELDS,
]
