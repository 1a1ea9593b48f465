import type { ReactNode } from 'react'
import { SpoorTrack, Wordmark } from '@/components/layout/logo'

/** One form in the middle of a quiet page, with the track that leads to it. */
export function AuthFrame({ children }: { children: ReactNode }) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-[26rem] flex-col justify-center px-5 py-10">
      <div className="mb-7 flex items-end justify-between gap-4">
        <Wordmark />
        <span className="max-sm:hidden">
          <SpoorTrack />
        </span>
      </div>
      {children}
    </main>
  )
}
