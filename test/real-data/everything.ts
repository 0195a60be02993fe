import type { TestApp } from '../support/test-app.ts'

interface Page<T> {
  readonly items: readonly T[]
  readonly nextCursor: string | null
}

/** All rows of a list, page by page as a client reads them. */
export async function everything<T>(app: TestApp, list: string): Promise<T[]> {
  const rows: T[] = []
  const pages = `${list}${list.includes('?') ? '&' : '?'}limit=200`
  let cursor: string | null = null
  do {
    const page: Page<T> = await app.api<Page<T>>(
      'GET',
      cursor === null ? pages : `${pages}&cursor=${encodeURIComponent(cursor)}`,
    )
    rows.push(...page.items)
    cursor = page.nextCursor
  } while (cursor !== null)
  return rows
}
