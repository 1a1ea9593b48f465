import { checkHealth } from '@/lib/health/check-health'

export const dynamic = 'force-dynamic'

/** For everyone: whether this server is ready to work. */
export async function GET(): Promise<Response> {
  const health = await checkHealth()
  return Response.json(health, { status: health.ready ? 200 : 503, headers: { 'cache-control': 'no-store' } })
}
