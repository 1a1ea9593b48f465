import { AppError } from '@/lib/errors/app-error'
import { MAX_ARRIVING_FILES } from './limits'

const RETRY_AFTER_SECONDS = 5

// On globalThis: the server's own modules and Next's bundles are loaded side by side in one process.
const store = globalThis as unknown as { spoorArrivals?: Map<string, number> }
store.spoorArrivals ??= new Map()
const arriving = store.spoorArrivals

/** Runs it while the workspace has few other files on their way. Throws `rate_limited` where it has too many. */
export async function whileArriving<T>(tenantId: string, run: () => Promise<T>): Promise<T> {
  const others = arriving.get(tenantId) ?? 0
  if (others >= MAX_ARRIVING_FILES) {
    const message = `${MAX_ARRIVING_FILES} files of this workspace are arriving. Send this one when one of them is done.`
    throw new AppError('rate_limited', message, { retryAfterSeconds: RETRY_AFTER_SECONDS })
  }
  arriving.set(tenantId, others + 1)
  try {
    return await run()
  } finally {
    const left = (arriving.get(tenantId) ?? 1) - 1
    if (left > 0) arriving.set(tenantId, left)
    else arriving.delete(tenantId)
  }
}
