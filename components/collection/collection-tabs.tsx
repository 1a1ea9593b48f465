import { PlaceTabs } from '@/components/layout/place-tabs'

const PLACES = [
  { name: 'silos', label: 'Silos', path: '' },
  { name: 'lines', label: 'Lines', path: '/lines' },
  { name: 'tables', label: 'Tables', path: '/tables' },
  { name: 'plans', label: 'Plans', path: '/plans' },
  { name: 'runs', label: 'Runs', path: '/runs' },
] as const

type Props = { slug: string; here: (typeof PLACES)[number]['name'] }

export function CollectionTabs({ slug, here }: Props) {
  return <PlaceTabs label="Collection" section={`/${slug}/collection`} places={PLACES} here={here} />
}
