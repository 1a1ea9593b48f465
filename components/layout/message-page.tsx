import type { ReactNode } from 'react'
import { Wordmark } from './logo'

type Props = { title: string; children: ReactNode; actions?: ReactNode }

/** A page that says one thing: not found, out of order. */
export function MessagePage({ title, children, actions }: Props) {
  return (
    <main className="mx-auto flex min-h-[80dvh] max-w-lg flex-col justify-center px-6 py-12">
      <Wordmark />
      <h1 className="mt-6 font-semibold text-2xl tracking-[-0.02em]">{title}</h1>
      <div className="mt-2 text-pretty text-quiet">{children}</div>
      {actions && <div className="mt-6 flex flex-wrap gap-2">{actions}</div>}
    </main>
  )
}
