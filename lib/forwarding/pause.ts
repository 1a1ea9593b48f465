import type { TenantScope } from '@/lib/access/scope'
import type { DestinationId } from './input'
import { switchStream } from './switch-stream'

/** Switches a destination off. It keeps its place in the trail. Throws `not_found`. */
export async function pauseDestination(scope: TenantScope, { id }: DestinationId): Promise<{ id: string }> {
  return switchStream(scope, id, { state: 'paused', code: 'DESTINATION_PAUSED', words: 'was paused' })
}
