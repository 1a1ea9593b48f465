import { Time } from '@/components/ui/time'
import type { Receipts } from '@/lib/notifications/list-receipts'

/** Whom a notification popped up for, and in which of their browsers. */
export function ReceiptList({ receipts: found }: { receipts: Receipts | undefined }) {
  if (!found) return <span>No pop-up</span>
  const [first] = found.receipts
  if (found.people === 1 && first)
    return (
      <span>
        Popped up for <span title={first.login}>{first.name}</span> in {first.browser}
      </span>
    )
  const more = found.people - found.receipts.length
  return (
    <details className="min-w-0">
      <summary className="rounded-sm underline decoration-dotted underline-offset-2 hover:text-ink">
        Popped up for {found.people.toLocaleString('en')} people
      </summary>
      <ul className="mt-1 grid gap-0.5">
        {found.receipts.map(({ name, login, browser, shownAt }) => (
          <li key={`${login} ${shownAt}`}>
            <span title={login}>{name}</span> in {browser}, <Time value={shownAt} />
          </li>
        ))}
        {more > 0 && <li>and {more.toLocaleString('en')} more</li>}
      </ul>
    </details>
  )
}
