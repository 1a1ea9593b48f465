import { notFound, redirect } from 'next/navigation'
import { AppError } from '@/lib/errors/app-error'

/** What is asked for, or the page that says that there is none. */
export async function found<Data>(reading: Promise<Data>): Promise<Data> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound()
    throw error
  }
}

/** What a list answers from a place in it; a place that is none any more leads to its beginning. */
export async function readFrom<Data>(
  after: string | undefined,
  beginning: string,
  read: () => Promise<Data>,
): Promise<Data> {
  try {
    return await found(read())
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid' && after !== undefined) redirect(beginning)
    throw error
  }
}
