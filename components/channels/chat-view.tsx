import { visibleText } from '@/components/ui/visible-text'
import { type ChatMessage, displayedText } from './chat-message'

const shown = (text: string) => visibleText(displayedText(text))

/** A message about as a chat shows it; each program has its own way. */
export function ChatView({ message: { text, username, channel, attachments } }: { message: ChatMessage }) {
  return (
    <div className="rounded-lg bg-raised p-3 text-sm shadow-pop">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <strong className="wrap-anywhere font-semibold">{username ?? 'Webhook'}</strong>
        {channel && <span className="wrap-anywhere text-quiet text-xs">in {channel}</span>}
      </p>
      <p className="wrap-anywhere whitespace-pre-line">{shown(text)}</p>
      {attachments.map((attachment, index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: an attachment has no identity but its place
          key={index}
          className="mt-2 border-line border-l-4 pl-3"
          style={
            /^#[0-9a-f]{6}$/i.test(attachment.color ?? '') ? { borderColor: attachment.color } : undefined
          }
        >
          {attachment.title && (
            <p className="wrap-anywhere font-medium text-accent">{shown(attachment.title)}</p>
          )}
          {attachment.text && (
            <p className="wrap-anywhere mt-0.5 whitespace-pre-line">{shown(attachment.text)}</p>
          )}
          {attachment.fields.length > 0 && (
            <dl className="mt-1.5 grid gap-x-6 gap-y-1 sm:grid-cols-2">
              {attachment.fields.map((field) => (
                <div key={field.title}>
                  <dt className="font-medium text-xs">{shown(field.title)}</dt>
                  <dd className="wrap-anywhere">{shown(field.value)}</dd>
                </div>
              ))}
            </dl>
          )}
          {attachment.footer && <p className="mt-1 text-quiet text-xs">{shown(attachment.footer)}</p>}
        </div>
      ))}
    </div>
  )
}
