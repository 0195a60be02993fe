import { describe, expect, it } from 'vitest'
import { type Price, changedPrice, entriesOf, gridOf } from './book.ts'

const price = (productId: string, unit: string, minQuantity: string, amount: string): Price => ({
  productId,
  sku: productId,
  productName: productId,
  units: ['pcs', 'box'],
  priceBookId: 'b',
  name: 'Book',
  side: 'sales',
  currency: 'EUR',
  pricesIncludeTax: false,
  validFrom: null,
  validTo: null,
  everybody: true,
  unit,
  minQuantity,
  price: amount,
  margin: '0',
})

describe('the grid of a price book', () => {
  const prices = [
    price('MUG', 'pcs', '0', '9'),
    price('MUG', 'pcs', '100', '7'),
    price('MUG', 'box', '0', '90'),
    price('CUP', 'pcs', '10', '5'),
  ]

  it('has a row per product and unit and a column per break, by size', () => {
    const { breaks, rows } = gridOf(prices)
    expect(breaks).toEqual(['0', '10', '100'])
    expect(rows.map((row) => `${row.sku} ${row.unit}`)).toEqual(['MUG pcs', 'MUG box', 'CUP pcs'])
    expect(rows[0]!.prices['100']!.price).toBe('7')
    expect(rows[2]!.prices['0']).toBeUndefined()
  })

  it('becomes the entries that it was made of; an emptied cell is none', () => {
    const { rows } = gridOf(prices)
    expect(entriesOf(rows)).toHaveLength(4)
    const emptied = rows.map((row) => ({
      ...row,
      prices: { ...row.prices, '0': { price: '', margin: '0' } },
    }))
    expect(entriesOf(emptied).map(({ minQuantity }) => minQuantity)).toEqual(['100', '10'])
  })
})

describe('a mass change of prices', () => {
  it('is exact and rounded once', () => {
    expect(changedPrice('9.99', '5', 'minor', 2)).toBe('10.49')
    expect(changedPrice('9.99', '-5', 'minor', 2)).toBe('9.49')
    expect(changedPrice('1000', '3.5', 'minor', 0)).toBe('1035')
    expect(changedPrice('9.94', '1', 'ten', 2)).toBe('10')
    expect(changedPrice('9.94', '10', 'whole', 2)).toBe('11')
  })

  it('ends in .99 above what it would be', () => {
    expect(changedPrice('10', '5', 'ninety-nine', 2)).toBe('10.99')
    expect(changedPrice('10.99', '0', 'ninety-nine', 2)).toBe('10.99')
    expect(changedPrice('11', '0', 'ninety-nine', 2)).toBe('11.99')
    expect(changedPrice('0.5', '0', 'ninety-nine', 2)).toBe('0.99')
  })

  it('is never below zero', () => {
    expect(changedPrice('5', '-150', 'minor', 2)).toBe('0')
  })
})
