import { CopyButton } from './copy-button'

type Props = {
  code: string
  /** What stands there instead of what is copied. */
  shown?: string
  label: string
  wrap?: boolean
}

/** Text to copy: commands, JSON, answers of receivers. */
export function CodeBlock({ code, shown = code, label, wrap = false }: Props) {
  return (
    <figure className="overflow-hidden rounded-md border border-line bg-sunken">
      <figcaption className="flex items-center justify-between gap-2 border-line border-b py-1 pr-1 pl-3 text-quiet text-xs">
        {label}
        <CopyButton text={code} variant="quiet" />
      </figcaption>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the focus (WCAG 2.1.1)
        tabIndex={0}
        className={`max-h-[32rem] overflow-auto p-3 font-mono text-xs leading-5 ${wrap ? 'whitespace-pre-wrap break-words' : ''}`}
      >
        <code>{shown}</code>
      </pre>
    </figure>
  )
}
