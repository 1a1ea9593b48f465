import { visibleText } from '@/components/ui/visible-text'

/** What a receiver answered, as it said it; folded, because it may be a whole page. */
export function ReceiverWords({ words }: { words: string }) {
  return (
    <details className="mt-0.5">
      <summary className="w-fit rounded-sm text-quiet text-xs underline decoration-dotted underline-offset-3">
        The receiver’s words
      </summary>
      <pre className="literal mt-1 max-h-48 overflow-auto whitespace-pre-wrap break-words">
        {visibleText(words)}
      </pre>
    </details>
  )
}
