import type { Page } from 'playwright-core'
import { type Client, connect } from '../../../bench/client.ts'
import { type Goods, stockUp } from '../../../bench/goods.ts'
import type { Installation } from '../../../bench/installation.ts'
import { multiply } from '../../../bench/multiply.ts'

const person = { email: 'budgets@example.com', name: 'Olivia', password: 'correct-horse-battery' }
export const home = '/c/my-company'

/** A company with so many documents, and a person who may see them. */
export async function fillOffice(installation: Installation, documents: number): Promise<Goods> {
  const goods = await stockUp(installation)
  const server = await installation.serve()
  const api = connect(server.url, installation.key, 1)
  try {
    await multiply(installation, api, goods, documents, 0)
    await api.call('POST', '/users', { ...person, role: 'owner' })
  } finally {
    await api.close()
    await server.stop()
  }
  return goods
}

/** A confirmed order of so many lines, all of which can be delivered. */
export async function orderOf(api: Client, goods: Goods, lines: number): Promise<string> {
  const order = await api.call('POST', '/sales-orders', {
    partyId: goods.customers[0],
    warehouseId: goods.warehouseId,
    lines: goods.products
      .slice(0, lines)
      .map((productId) => ({ productId, quantity: '1', unitPrice: '10.00' })),
  })
  await api.call('POST', `/sales-orders/${order.id}/confirm`)
  return order.id
}

export async function signIn(page: Page, base: string): Promise<void> {
  const answer = await page.request.post(`${base}/api/auth/sign-in/email`, {
    data: { email: person.email, password: person.password },
    headers: { origin: base },
  })
  if (!answer.ok()) throw new Error(`sign-in answered ${answer.status()}: ${await answer.text()}`)
}
