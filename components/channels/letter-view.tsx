import { CodeBlock } from '@/components/ui/code-block'
import { visibleText } from '@/components/ui/visible-text'
import type { ShownMessage } from '@/lib/delivery/destinations/contract'

/** A letter as a mail program shows it, and its plain part; a short message is its two lines. */
export function LetterView({ message: { subject, text, html } }: { message: ShownMessage }) {
  if (html === undefined)
    return (
      <div className="max-w-96 rounded-lg bg-raised p-3 shadow-pop">
        <p className="wrap-anywhere font-medium text-sm">{visibleText(subject)}</p>
        <p className="wrap-anywhere mt-0.5 whitespace-pre-line text-quiet text-sm">{visibleText(text)}</p>
      </div>
    )
  return (
    <div className="flex flex-col gap-3">
      <p className="wrap-anywhere text-sm">
        <span className="text-quiet">Subject:</span>{' '}
        <strong className="font-medium">{visibleText(subject)}</strong>
      </p>
      <iframe
        title="The letter"
        sandbox=""
        srcDoc={withDeadLinks(html)}
        className="h-[26rem] w-full rounded-md border border-line bg-white"
      />
      <details>
        <summary className="rounded-sm text-quiet text-sm hover:text-ink">Its plain text</summary>
        <div className="mt-2">
          <CodeBlock label="Plain text" code={text} shown={visibleText(text)} wrap />
        </div>
      </details>
    </div>
  )
}

/**
 * Nothing in it may run, load or open anything: the words are foreign. A link that wants a window of its own gets none
 * in a sandbox; any other would show its page here, signed out.
 */
const withDeadLinks = (html: string) =>
  html.replace(
    '<head>',
    `<head><base target="_blank"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
  )
