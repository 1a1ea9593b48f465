'use client'

import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { createContext, type ReactNode, useContext } from 'react'
import { excluding, including, trailHref, withValue } from './trail-url'

export const TrailAddress = createContext({ path: '', query: '' })

type Props = { name: string; value: string; children?: ReactNode }

/** A value of the table: a click shows only events with it, with Alt only those without it. */
export function ValueLink({ name, value, children }: Props) {
  const { path, query } = useContext(TrailAddress)
  const router = useRouter()
  const href = (raw: string) => trailHref(path, withValue(new URLSearchParams(query), name, raw))
  return (
    <Link
      href={href(including(value))}
      prefetch={false}
      scroll={false}
      title={`${value}\nClick: only this. Alt and click: without this.`}
      onClick={(event) => {
        if (!event.altKey) return
        // Browsers would download the address.
        event.preventDefault()
        router.push(href(excluding(value)), { scroll: false })
      }}
      className="rounded-sm underline-offset-3 hover:underline"
    >
      {children ?? value}
    </Link>
  )
}
