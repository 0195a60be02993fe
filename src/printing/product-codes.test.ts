import { expect, it } from 'vitest'
import { isGtin } from './product-codes.ts'

it('tells a GTIN from other barcodes by its length and its check digit', () => {
  for (const right of ['5901234123457', '96385074', '036000291452', '10614141000415'])
    expect(isGtin(right)).toBe(true)
  for (const wrong of ['5901234123458', '590123412345', 'A-1', '', '123456789', '15901234123457'])
    expect(isGtin(wrong)).toBe(false)
})
