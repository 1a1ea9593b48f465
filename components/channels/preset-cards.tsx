import Link from 'next/link'
import type { ChannelPreset } from '@/lib/channels/presets'

type Props = { presets: readonly ChannelPreset[]; path: string }

/** Ways to begin: what people most often want to be told of. */
export function PresetCards({ presets, path }: Props) {
  return (
    <section className="mt-6">
      <h2 className="mb-2 font-semibold text-base">Ways to begin</h2>
      <ul className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
        {presets.map(({ name, label, sentence }) => (
          <li
            key={name}
            className="relative rounded-lg border border-rim bg-surface p-4 hover:border-accent hover:bg-hover"
          >
            <h3 className="font-medium text-sm">
              <Link
                href={`${path}?preset=${name}`}
                className="rounded-sm after:absolute after:inset-0 after:rounded-lg"
              >
                {label}
              </Link>
            </h3>
            <p className="mt-1 text-pretty text-quiet text-xs">{sentence}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}
