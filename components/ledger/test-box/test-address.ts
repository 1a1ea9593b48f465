import { isMoment } from '@/lib/event/is-moment'
import { LOG_ENTITIES } from '@/lib/ledger/policies/definition'
import { BLANK_VALUES, type TestValues } from './test-values'

/** What the test page looks for, and how; `origin` stands for the policy of that source. */
type TestAddress = Partial<TestValues> & { policy?: string; origin?: string }

const MOMENT = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/

const NAMES = ['policy', 'origin', 'name', 'parent', 'identity', 'id', 'at'] as const

/** The test page with these values filled in: from the work list, or from an event's actor. */
export function testHref(slug: string, address: TestAddress): string {
  const query = testQuery(address)
  return `/${slug}/ledger/test${query && `?${query}`}`
}

export function testQuery({ logEntity, ...rest }: TestAddress): string {
  const params = new URLSearchParams()
  if (logEntity && logEntity !== 'actor') params.set('for', logEntity)
  for (const name of NAMES) if (rest[name]) params.set(name, rest[name])
  return params.toString()
}

/** What an address says; whatever is no such thing counts as left out. */
export function readTestAddress(
  sent: Record<string, string | string[] | undefined>,
): TestValues & { policy?: string; origin?: string } {
  const text = (name: string) => {
    const value = sent[name]
    return typeof value === 'string' ? value : undefined
  }
  const [policy, origin, name, parent, identity, id, at] = NAMES.map(text)
  return {
    ...BLANK_VALUES,
    ...{ policy, origin },
    logEntity: LOG_ENTITIES.find((one) => one === text('for')) ?? 'actor',
    ...(name && { name }),
    ...(parent && { parent }),
    ...(identity && { identity }),
    ...(id && { id }),
    ...(at && MOMENT.test(at) && isMoment(at) && { at }),
  }
}
