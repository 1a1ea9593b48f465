import type { ReactNode } from 'react'

/** What few people change, below a line that opens it. */
export function FoldedFields({ isOpen, children }: { isOpen: boolean; children: ReactNode }) {
  return (
    <details open={isOpen || undefined} className="group rounded-lg border border-line">
      <summary className="rounded-lg px-3 py-2 font-medium text-sm hover:bg-hover">
        <span aria-hidden className="mr-2 inline-block text-quiet transition-transform group-open:rotate-90">
          ›
        </span>
        Advanced
      </summary>
      <div className="flex flex-col gap-5 px-3 pt-2 pb-4">{children}</div>
    </details>
  )
}
