import { CodeBlock } from '@/components/ui/code-block'
import { visibleText } from '@/components/ui/visible-text'

/** Longer, or of several lines, it gets a frame that scrolls. */
const MAX_INLINE = 120

/** A text of any length as it was sent. */
export function LongText({ text }: { text: string }) {
  if (text.length <= MAX_INLINE && !text.includes('\n'))
    return <bdi className="wrap-anywhere">{visibleText(text)}</bdi>
  const label = `${text.length.toLocaleString('en')} characters`
  return <CodeBlock label={label} code={text} shown={visibleText(text)} wrap />
}
