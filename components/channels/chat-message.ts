type ChatAttachment = {
  color: string | undefined
  title: string | undefined
  text: string | undefined
  footer: string | undefined
  fields: { title: string; value: string }[]
}

/** A message in the form that Slack and its kin take, as far as people see it. */
export type ChatMessage = {
  text: string
  username: string | undefined
  channel: string | undefined
  attachments: ChatAttachment[]
}

type Members = Readonly<Record<string, unknown>>

const asText = (value: unknown) => (typeof value === 'string' ? value : undefined)
const asObjects = (value: unknown): Members[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'object' && item !== null) : []

/** What a body shows in a chat; undefined where it is no such message. */
export function readChatMessage(body: string): ChatMessage | undefined {
  const message = parseObject(body)
  const text = asText(message?.text)
  if (!message || text === undefined) return undefined
  return {
    text,
    username: asText(message.username),
    channel: asText(message.channel),
    attachments: asObjects(message.attachments).map((one) => ({
      color: asText(one.color),
      title: asText(one.title),
      text: asText(one.text),
      footer: asText(one.footer),
      fields: asObjects(one.fields).map(({ title, value }) => ({
        title: String(title),
        value: String(value),
      })),
    })),
  }
}

function parseObject(body: string): Members | undefined {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null ? (value as Members) : undefined
  } catch {
    return undefined
  }
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>' }

/** Text of such a message as it is displayed: links by their words, and no signs that only keep others apart. */
export function displayedText(text: string): string {
  return text
    .replaceAll(/<(?:https?:[^|>]*)\|([^>]*)>/g, '$1')
    .replaceAll(/<(https?:[^|>]*)>/g, '$1')
    .replaceAll(/&(amp|lt|gt);/g, (_, name: string) => ENTITIES[name] ?? '')
    .replaceAll(/[\u200b\u2060]/g, '')
}
