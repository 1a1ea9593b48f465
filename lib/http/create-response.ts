type ResponseClass = new (body?: BodyInit | null, init?: ResponseInit) => Response

// On globalThis: the server's own modules and Next's bundles are loaded side by side in one process.
const store = globalThis as unknown as { spoorResponseClass?: ResponseClass }

/**
 * `new Response(body, init)`, or the server's lighter class of the same kind where it brought one: writing the
 * answer of Node's own class costs some 80 µs of CPU more (measured), half of a small request.
 */
export function createResponse(body: BodyInit | null, init?: ResponseInit): Response {
  return new (store.spoorResponseClass ?? Response)(body, init)
}

export function setResponseClass(responseClass: ResponseClass): void {
  store.spoorResponseClass = responseClass
}
