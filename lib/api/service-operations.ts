import { z } from 'zod'
import type { Operation } from './operation'

export const SERVICE_OPERATIONS: readonly Operation[] = [
  {
    id: 'readOpenApi',
    tag: 'Service',
    method: 'GET',
    path: '/api/v1/openapi.json',
    summary: 'This description',
    description: 'All operations as OpenAPI 3.1, for generators of clients.',
    answers: {
      200: {
        description: 'The document.',
        content: { 'application/json': z.looseObject({ openapi: z.string() }) },
      },
    },
    example: '"$SPOOR/api/v1/openapi.json"',
  },
]
