import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Shop, openShop } from '../support/shop.ts'

describe('prices', () => {
  let shop: Shop
  let productId: string
  let bookId: string
  beforeAll(async () => {
    shop = await openShop()
    productId = await shop.product({ sku: 'MUG', name: 'Blue mug', units: [{ unit: 'box', numerator: 12 }] })
    const other = await shop.product()
    const book = await shop.api('POST', '/price-books', {
      name: 'Wholesale',
      currency: 'EUR',
      entries: [
        { productId, price: '9.00' },
        { productId, minQuantity: '10', price: '8.00' },
        { productId: other, price: '1.00' },
      ],
    })
    bookId = book.id
    await shop.api('POST', '/price-books', {
      name: 'Friends',
      currency: 'EUR',
      priceGroups: ['friends'],
      entries: [{ productId, unit: 'box', price: '90.00' }],
    })
  })
  afterAll(() => shop.close())

  const prices = async (query: string) =>
    (await shop.api('GET', `/price-books/prices?${query}`)) as unknown as { items: readonly object[] }

  it('of a product stand in each book that has it', async () => {
    const { items } = await prices(`productId=${productId}`)
    expect(items).toHaveLength(3)
    expect(items).toMatchObject([
      { name: 'Friends', everybody: false, unit: 'box', price: '90', units: ['pcs', 'box'] },
      {
        name: 'Wholesale',
        everybody: true,
        minQuantity: '0',
        price: '9',
        sku: 'MUG',
        productName: 'Blue mug',
      },
      { name: 'Wholesale', minQuantity: '10', price: '8' },
    ])
  })

  it('of a book are those of its products; an archived one still tells its own', async () => {
    await shop.act(`/price-books/${bookId}/archive`)
    expect((await prices(`priceBookId=${bookId}`)).items).toHaveLength(3)
    expect((await prices(`productId=${productId}`)).items).toHaveLength(1)
    await shop.act(`/price-books/${bookId}/unarchive`)
  })

  it('are asked for by one or the other', async () => {
    await shop.api('GET', '/price-books/prices', undefined, { expect: 422 })
  })
})
