/** A file of an origin that is looked through. */
export type FoundFile = {
  /** What it is remembered by: object key, or path below the folder. */
  place: string
  /** As the silo shows it: below the prefix or folder. */
  name: string
  /** Changes with the content. */
  mark: string
  bytes: number
  /** Its content. Throws `AppError` with the other side's words; read it to its end, or end it with `return`. */
  read(): AsyncGenerator<Uint8Array>
}

/** Where files are fetched from, for the time of one look. */
export type OpenedOrigin = {
  /**
   * Files whose name `isTaken`, some at a time, by name as far as the place has an order. `reachesBelow`: folders in it
   * are looked through as well. Throws `AppError` with what is wrong with the place.
   */
  find(pattern: { isTaken: (name: string) => boolean; reachesBelow: boolean }): AsyncGenerator<FoundFile[]>
  close(): void
}

/** For whom a place is opened. */
export type OriginCall = {
  tenantSlug: string
  /** Whose connections may be used. */
  owner: string
  secret: string | undefined
  signal?: AbortSignal | undefined
}
