import type { Page } from 'playwright-core'

/**
 * Addresses of parts too heavy for a page's own size: in no first load, and loaded behind the page that shows them; and
 * of the texts in the language that is not spoken.
 */
export const heavyParts = /[/.]pl-|\/(?:charts?|calendar|camera|ponyfill|pdf|import)[-.]/i

/**
 * JS and CSS that a page loaded before it was at rest: what is fetched for later (web/page/when-calm.ts) is no part
 * of it.
 * @returns bytes in gzip by address
 */
export async function loadedFiles(page: Page): Promise<Map<string, number>> {
  const addresses = await page.evaluate(() => {
    const calm = performance.getEntriesByName('calm')[0]?.startTime ?? Infinity
    return performance
      .getEntriesByType('resource')
      .filter(({ name, startTime }) => /\.(?:js|css)$/.test(name) && startTime < calm)
      .map(({ name }) => name)
  })
  const sizes = addresses.map(async (address) => {
    const answer = await fetch(address, { headers: { 'accept-encoding': 'gzip' } })
    await answer.arrayBuffer()
    return [new URL(address).pathname, Number(answer.headers.get('content-length'))] as const
  })
  return new Map(await Promise.all(sizes))
}
