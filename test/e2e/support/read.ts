import type { Page } from 'playwright-core'

/** What the API answers to whoever is signed in on this page, of the demo company. */
export async function read<T>(page: Page, path: string): Promise<T> {
  const { origin } = new URL(page.url())
  const answer = await page.request.get(`${origin}/api/v1${path}`, {
    headers: { 'zapas-company': 'crimson' },
  })
  return (await answer.json()) as T
}
