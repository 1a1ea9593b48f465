import type { Readable } from 'node:stream'
import type { S3Client } from '@aws-sdk/client-s3'
import { provideEnv } from '@/env'
import type { S3Config } from './config'

/** What the SDK hands over and takes back, as far as we use it. */
export type SignedRequest = {
  protocol: string
  hostname: string
  port?: number
  path: string
  method: string
  query?: Readonly<Record<string, unknown>>
  headers: Record<string, string>
  body?: unknown
}
export type ReadAnswer = { statusCode: number; headers: Record<string, string>; body: Uint8Array | Readable }

/** Where a bucket is, and whose key is used. */
export type BucketPlace = Pick<S3Config, 'bucket' | 'region' | 'pathStyle' | 'accessKeyId'> & {
  endpoint?: string | undefined
}

export function urlOf({ protocol, hostname, port, path, query = {} }: SignedRequest): string {
  const host = port === undefined ? hostname : `${hostname}:${port}`
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    typeof value === 'string' ? [`${encodeURIComponent(name)}=${encodeURIComponent(value)}`] : [],
  )
  return `${protocol}//${host}${path}${pairs.length > 0 ? `?${pairs.join('&')}` : ''}`
}

const oneValue = (value: string | string[] | undefined) => (Array.isArray(value) ? value.join(', ') : value)

/** Headers as Node gives them, as the SDK takes them. */
export function toSdkHeaders(headers: NodeJS.Dict<string | string[]>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, oneValue(value) ?? '']))
}

/**
 * The SDK of AWS, that signs and reads answers, and reaches out by `handle` alone. Nothing of it comes from this
 * machine: credentials, endpoint and retries are ours, never those of its environment, files or role.
 */
export async function openS3Client(
  { region, endpoint, pathStyle, accessKeyId }: BucketPlace,
  secretAccessKey: string,
  handle: (request: SignedRequest) => Promise<{ response: ReadAnswer }>,
): Promise<S3Client> {
  // Which Node runs is this project's to say, not a line of a library's in the operator's log.
  provideEnv({ AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' })
  // Loaded when it is needed: it takes a tenth of a second, which every start of the server would pay.
  const { S3Client: Client } = await import('@aws-sdk/client-s3')
  // Older storages stumble over the checksums that the SDK adds; Content-MD5 is known to all of them.
  const checksums = endpoint ? 'WHEN_REQUIRED' : 'WHEN_SUPPORTED'
  return new Client({
    region,
    credentials: { accessKeyId, secretAccessKey },
    forcePathStyle: pathStyle,
    ...(endpoint ? { endpoint } : { ignoreConfiguredEndpointUrls: true }),
    maxAttempts: 1,
    retryMode: 'standard',
    defaultsMode: 'standard',
    requestChecksumCalculation: checksums,
    responseChecksumValidation: 'WHEN_REQUIRED',
    useDualstackEndpoint: false,
    useFipsEndpoint: false,
    useArnRegion: false,
    disableS3ExpressSessionAuth: true,
    followRegionRedirects: false,
    expectContinueHeader: false,
    authSchemePreference: [],
    sigv4aSigningRegionSet: [region],
    userAgentAppId: async () => undefined,
    defaultUserAgentProvider: async () => [['spoor']],
    requestHandler: { handle },
  })
}
