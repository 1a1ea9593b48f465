import Link from 'next/link'
import { visibleText } from '@/components/ui/visible-text'
import { trailHrefOf } from './reference-href'

type Props = {
  reference: {
    role: 'actor' | 'target'
    name: string | null
    parent: string | null
    identity: string | null
    refId: string | null
  }
  trailPath: string
}

/** What events call somebody or something, which leads to them; what else they say of it stands underneath. */
export function ReferenceName({ reference, trailPath }: Props) {
  const { name, parent, identity, refId } = reference
  const [shown = '', ...others] = [name, identity, refId].filter((value) => value !== null)
  const href = trailHrefOf(trailPath, reference)
  const text = <bdi>{visibleText(shown)}</bdi>
  const rest = [parent, ...others.filter((value) => value !== shown)].filter((value) => value !== null)
  return (
    <>
      {href ? (
        <Link
          href={href}
          prefetch={false}
          className="literal wrap-anywhere rounded-sm underline underline-offset-3"
        >
          {text}
        </Link>
      ) : (
        <span className="literal wrap-anywhere">{text}</span>
      )}
      {rest.length > 0 && (
        <span className="wrap-anywhere block text-quiet text-xs">{visibleText(rest.join(' · '))}</span>
      )}
    </>
  )
}
