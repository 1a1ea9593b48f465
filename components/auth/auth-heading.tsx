import type { ReactNode } from 'react'

export function AuthHeading({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="mb-5">
      <h1 className="font-semibold text-2xl tracking-[-0.02em]">{title}</h1>
      {children && <p className="mt-1.5 text-pretty text-quiet text-sm">{children}</p>}
    </div>
  )
}
