import Link from 'next/link'
import { Notice } from '@/components/ui/notice'
import { visibleText } from '@/components/ui/visible-text'
import type { Hold } from '@/lib/holds/hold'

/** Why nothing can be erased at present. */
export function HoldNotice({ hold, slug }: { hold: Hold; slug: string }) {
  return (
    <Notice kind="warning" title="A legal hold is active">
      <span className="wrap-anywhere">{visibleText(hold.reason)}</span>. Nothing of this trail is erased until
      it is{' '}
      <Link href={`/${slug}/settings/retention`} className="underline underline-offset-3">
        released
      </Link>
      .
    </Notice>
  )
}
