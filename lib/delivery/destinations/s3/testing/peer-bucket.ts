import { randomUUID } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type PutObjectCommandInput,
  S3Client,
} from '@aws-sdk/client-s3'
import type { S3Peer } from '@/lib/delivery/testing/peers'

export type PeerObject = { text: string; metadata: Record<string, string>; contentType: string | undefined }

/** A new bucket of a real S3 server, seen by a client of its own that shares nothing with ours. */
export type PeerBucket = {
  /** What a person enters for it. */
  input: Record<string, unknown>
  keys(): Promise<string[]>
  get(key: string): Promise<PeerObject>
  put(input: Omit<PutObjectCommandInput, 'Bucket'>): Promise<unknown>
}

export async function newPeerBucket(peer: S3Peer): Promise<PeerBucket> {
  const { endpoint, region, accessKeyId, secretAccessKey } = peer
  const Bucket = `spoor-${randomUUID()}`
  const client = new S3Client({
    endpoint,
    region,
    credentials: { accessKeyId, secretAccessKey },
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  })
  await client.send(new CreateBucketCommand({ Bucket }))
  return {
    input: { bucket: Bucket, endpoint, region, accessKeyId, secretAccessKey, pathStyle: true },
    keys: async () => {
      const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }))
      return Contents.map(({ Key = '' }) => Key)
    },
    get: async (Key) => {
      const { Body, Metadata = {}, ContentType } = await client.send(new GetObjectCommand({ Bucket, Key }))
      const bytes = Buffer.from((await Body?.transformToByteArray()) ?? [])
      const text = (bytes.readUInt16BE(0) === 0x1f8b ? gunzipSync(bytes) : bytes).toString()
      return { text, metadata: Metadata, contentType: ContentType }
    },
    put: (input) => client.send(new PutObjectCommand({ ...input, Bucket })),
  }
}
