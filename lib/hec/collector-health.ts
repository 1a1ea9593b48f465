import { AppError } from '@/lib/errors/app-error'
import { checkHealth } from '@/lib/health/check-health'
import { HecRefusal, hecAnswer } from './hec-answer'
import { hecContext } from './hec-token'

/** `GET /services/collector/health`: for everyone; a token that is sent along has to be one that may write. */
export async function tellHecHealth(request: Request): Promise<Response> {
  if (request.headers.has('authorization')) {
    try {
      await hecContext(request)
    } catch (error) {
      const isRefused =
        error instanceof HecRefusal || (error instanceof AppError && error.code !== 'unavailable')
      if (isRefused) return hecAnswer(21)
    }
  }
  const { ready } = await checkHealth()
  return hecAnswer(ready ? 17 : 18)
}
