import type { Call, Tools } from '@/lib/delivery/destinations/contract'
import type { Outcome } from '@/lib/delivery/outcome'
import { OutgoingError } from '@/lib/http/outgoing-error'
import type { S3Config } from './config'
import { classifyError, classifyRefusal } from './outcome'
import { Storage, StorageRefusal } from './storage'

/** Asks for the bucket. A key that may do nothing but store objects is not told, which is as good as it gets. */
export async function checkS3(config: S3Config, call: Call, tools: Tools): Promise<Outcome> {
  const started = performance.now()
  const storage = new Storage(config, call, tools)
  const told = () => ({ ms: Math.round(performance.now() - started), request: storage.request })
  try {
    const { status } = await storage.send(async (client) => {
      const { HeadBucketCommand } = await import('@aws-sdk/client-s3')
      return client.send(new HeadBucketCommand({ Bucket: config.bucket }))
    })
    return { verdict: 'delivered', status, message: `HTTP ${status}: The bucket is there.`, ...told() }
  } catch (error) {
    if (error instanceof OutgoingError) return { ...classifyError(error), ...told() }
    if (!(error instanceof StorageRefusal)) throw error
    const { status } = error.answer
    if (status !== 403) return { ...classifyRefusal(error.answer, config), ...told() }
    const message = 'HTTP 403: The access key may not ask for the bucket; whether it may write shows next.'
    return { verdict: 'delivered', status, message, ...told() }
  }
}
