/** Text in which backticks mark names. */
export function MarkedText({ text }: { text: string }) {
  return text.split('`').map((part, i) =>
    i % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a fixed text never move
      <code key={i} className="literal text-ink">
        {part}
      </code>
    ) : (
      part
    ),
  )
}
