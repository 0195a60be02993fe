import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/**
 * What axe finds against WCAG 2.2 AA on the page as it is now, one line each; expect it to equal `[]`.
 * @param within a selector to look at a part only.
 */
export async function accessibilityFaults(page: Page, within?: string): Promise<string[]> {
  // What passes is not described, and no second tab is opened for frames of other sites, of which there are none: it
  // takes two fifths of the time.
  const builder = new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    .withTags(rules)
    .setLegacyMode(true)
  const { violations } = await (within === undefined ? builder : builder.include(within)).analyze()
  return violations.flatMap((violation) =>
    violation.nodes.map(
      (node) =>
        `${violation.id}: ${node.target.join(' ')}: ${node.failureSummary?.replace(/\s+/g, ' ') ?? ''}`,
    ),
  )
}
