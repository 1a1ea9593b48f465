import type { z } from 'zod'
import type { Permission } from '@/lib/access/scope'

/** How a caller says who it is: an API token as `Bearer`, or as `Splunk` where forwarders send it so. */
export type Scheme = 'bearer' | 'splunk'

/** One way to answer. `content` has a schema for each media type; `z.string()` is text that has no other form. */
export type Answer = {
  description: string
  content?: Record<string, z.ZodType>
  headers?: Record<string, { description: string; schema: z.ZodType }>
}

/**
 * One operation of the API as callers see it: the document, the page for people and the tests are made from this.
 * `parameters` and `answers` are the schemas that the handler itself parses with and answers by.
 */
export type Operation = {
  /** Unique and stable: names of generated clients and anchors of the page. */
  id: string
  tag:
    | 'Events'
    | 'Proofs'
    | 'Erasure and retention'
    | 'Forwarding'
    | 'Channels'
    | 'Collection'
    | 'Ledger'
    | 'Splunk HEC'
    | 'OpenTelemetry'
    | 'Service'
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** As OpenAPI writes it: `/api/v1/events/{id}`. */
  path: string
  summary: string
  /** Plain text; an empty line begins a paragraph. */
  description: string
  /** What the token must be permitted; absent where anybody may call. */
  permission?: Permission
  schemes?: readonly Scheme[]
  parameters?: { path?: z.ZodObject; query?: z.ZodObject; header?: z.ZodObject }
  /** It also takes `data.…` and `custom.…`, whose names are the caller's. */
  takesFieldPaths?: boolean
  body?: { description: string; required: boolean; content: Record<string, z.ZodType> }
  /** By status. Problems that every operation shares (401, 403, 405, 503) need not be named. */
  answers: Record<number, Answer>
  /** Further problems, by status, with what they mean here. */
  problems?: Record<number, string>
  /** What follows `curl` and its authorization: `"$SPOOR/api/v1/events?level=error"`. */
  example: string
}
