import { CA_FIELD } from '@/lib/delivery/destinations/ca-field'
import { CHANNEL_FIELDS } from '@/lib/delivery/destinations/channel-config'
import type { FieldDeclaration } from '@/lib/delivery/destinations/fields'

/** What a person fills in for a Slack-compatible webhook. */
export const WEBHOOK_FIELDS: readonly FieldDeclaration[] = [
  {
    name: 'url',
    label: 'Webhook URL',
    control: 'secret',
    placeholder: 'https://hooks.slack.com/services/…',
    hint: 'Of Slack, Mattermost, Rocket.Chat or Discord. Whoever knows it can post, so it is stored encrypted and only its host is shown.',
  },
  {
    name: 'username',
    label: 'Username',
    control: 'text',
    optional: true,
    initial: 'spoor',
    hint: 'Who seems to write. Works with legacy Slack webhooks, Mattermost, Rocket.Chat and Discord; Slack apps have a name of their own.',
  },
  {
    name: 'channel',
    label: 'Channel',
    control: 'text',
    optional: true,
    placeholder: '#audit',
    hint: 'Where to post instead of the webhook’s own channel. Works with legacy Slack webhooks, Mattermost and Rocket.Chat; Slack apps and Discord ignore it.',
  },
  {
    name: 'iconUrl',
    label: 'Icon URL',
    control: 'url',
    optional: true,
    placeholder: 'https://example.com/icon.png',
    hint: 'A picture beside the messages. Works with legacy Slack webhooks, Mattermost and Rocket.Chat; Slack apps and Discord may ignore it.',
  },
  {
    name: 'flavour',
    label: 'Message Format',
    control: 'buttons',
    initial: 'compatible',
    options: [
      {
        value: 'compatible',
        label: 'Compatible',
        hint: 'Read by Slack, Mattermost, Rocket.Chat, and Discord at its URL that ends in /slack.',
      },
      { value: 'slack_app', label: 'Slack app', hint: 'With Slack’s blocks, which no other product shows.' },
    ],
  },
  ...CHANNEL_FIELDS,
  CA_FIELD,
]
