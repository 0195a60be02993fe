import { afterAll, beforeAll, describe, it } from 'vitest'
import { type Zapas, noBrowser, startZapas } from './support/browser.ts'
import { tellStory } from './support/story.ts'

describe.skipIf(noBrowser)("Crimson's story in English", () => {
  let zapas: Zapas
  beforeAll(async () => {
    zapas = await startZapas()
  })
  afterAll(() => zapas.close())

  it('buys, sells, takes back and counts, and every page says so', async () => {
    await tellStory(zapas, 'en', {})
  })
})
