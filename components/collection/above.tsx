import Link from 'next/link'

/** The way back, above a page's title. */
export function Above({ href, children }: { href: string; children: string }) {
  return (
    <Link href={href} className="rounded-sm hover:text-ink hover:underline">
      {children}
    </Link>
  )
}
