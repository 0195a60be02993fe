import { describe, expect, it, vi } from 'vitest'
import type { GridKind } from './columns.ts'
import { lineFaults } from './fill.ts'
import { GridModel } from './grid-model.ts'
import type { GridPorts } from './grid-state.ts'
import { LineStore } from './line-store.ts'
import type { LineProduct } from './line.ts'
import type { Hit } from './products.ts'

const selling: GridKind = {
  columns: ['product', 'description', 'quantity', 'unit', 'price', 'net'],
  prices: 'sales',
  availability: true,
  needed: ['quantity'],
}

const product = (sku: string): LineProduct => ({
  id: `id-${sku}`,
  sku,
  name: `Name of ${sku}`,
  stocked: true,
  tracking: 'none',
  units: [
    { unit: 'pcs', numerator: 1, denominator: 1 },
    { unit: 'box', numerator: 12, denominator: 1 },
  ],
  taxIds: [],
  purchaseTaxIds: [],
  vendorCodes: {},
})

/** A grid whose look-ups are answered by hand. */
function grid(kind = selling) {
  const waiting = new Map<string, ((hits: readonly Hit[]) => void)[]>()
  const find = (text: string) =>
    new Promise<readonly Hit[]>((resolve) => waiting.set(text, [...(waiting.get(text) ?? []), resolve]))
  const ports = {
    find: vi.fn(find),
    findExact: vi.fn(find),
    ask: vi.fn(),
    leave: vi.fn(),
    scanned: vi.fn(),
    removed: vi.fn<GridPorts['removed']>(),
  } satisfies GridPorts
  const store = new LineStore()
  const model = new GridModel(store, kind, ports, 'en', (fault, typed) => `${fault}: ${typed}`)
  model.focus(store.order()[0]!, 'product')
  let time = 0
  const press = (
    key: string,
    more: Partial<{ ctrl: boolean; shift: boolean; alt: boolean; every: number }> = {},
  ) => {
    time += more.every ?? 120
    const { editing } = model.state()
    const taken = model.key({
      key,
      ctrl: more.ctrl ?? false,
      shift: more.shift ?? false,
      alt: more.alt ?? false,
      time,
    })
    // What the browser does with a key that the grid leaves to it.
    if (!taken && key.length === 1 && editing !== null) model.setText(editing.text + key)
    return taken
  }
  const type = (text: string, every?: number) => {
    for (const key of text) press(key, every === undefined ? {} : { every })
  }
  const answer = async (text: string, hits: readonly Hit[]) => {
    for (const resolve of waiting.get(text) ?? []) resolve(hits)
    waiting.delete(text)
    await new Promise((resolve) => setTimeout(resolve))
  }
  const exact = (sku: string, unit = 'pcs'): Hit => ({ product: product(sku), unit, exact: true })
  const cell = () => {
    const { cursor } = model.state()
    return [store.order().indexOf(cursor?.key ?? ''), cursor?.column]
  }
  const shown = () => store.filled().map((line) => [line.product?.sku ?? line.code, line.quantity, line.unit])
  return { model, store, ports, press, type, answer, exact, cell, shown }
}

describe('code, Enter, quantity, Enter', () => {
  it('enters line after line', async () => {
    const { press, type, answer, exact, cell, shown, ports } = grid()
    for (const [row, sku] of ['A-1', 'B-2'].entries()) {
      type(sku)
      press('Enter')
      await answer(sku, [exact(sku)])
      expect(cell()).toEqual([row, 'quantity'])
      type('2*12')
      press('Enter')
      expect(cell()).toEqual([row + 1, 'product'])
    }
    expect(shown()).toEqual([
      ['A-1', '24', 'pcs'],
      ['B-2', '24', 'pcs'],
    ])
    expect(press('Enter')).toBe(true)
    expect(ports.leave).toHaveBeenCalledOnce()
  })

  it('does not lose what is typed while the product is looked up, and takes no other row', async () => {
    const { press, type, answer, exact, cell, shown } = grid()
    type('A-1')
    press('Enter')
    type('7')
    press('Enter')
    expect(shown()).toEqual([])
    await answer('A-1', [{ ...exact('A-10'), exact: false }, { ...exact('A-1') }])
    expect(shown()).toEqual([['A-1', '7', 'pcs']])
    expect(cell()).toEqual([1, 'product'])
  })

  it('loses no key, however late the products come', async () => {
    const { model, press, type, answer, exact, cell, shown } = grid()
    const mugs = ['A-1', 'A-2', 'A-3'].map((sku) => ({ ...exact(sku), exact: false }))
    // Two lines and the way back, all before the first answer.
    type('mug')
    for (const key of [
      'ArrowDown',
      'ArrowDown',
      'Enter',
      '3',
      'Enter',
      'B',
      'Enter',
      '4',
      'Tab',
      'ArrowUp',
    ]) {
      press(key)
    }
    expect(shown()).toEqual([])
    await answer('mug', mugs)
    expect(shown()).toEqual([['A-2', '3', 'pcs']])
    await answer('B', [exact('B')])
    expect(shown()).toEqual([
      ['A-2', '3', 'pcs'],
      ['B', '4', 'pcs'],
    ])
    expect(cell()).toEqual([0, 'unit'])

    // Several are meant: the arrow that came early chooses, a figure for the next cell is not put into this one.
    press('End', { ctrl: true })
    type('mug')
    for (const key of ['Enter', 'ArrowUp', '7']) press(key)
    await answer('mug', mugs)
    expect(model.state().editing).toMatchObject({ text: 'mug', index: 2 })
    press('Enter')
    expect(shown().at(-1)).toEqual(['A-3', '1', 'pcs'])

    // What Escape does does not hang on whether the answer was there before it.
    for (const early of [true, false]) {
      press('End', { ctrl: true })
      type('mug')
      await new Promise((resolve) => setTimeout(resolve, 150))
      if (early) await answer('mug', mugs)
      press('Escape')
      expect(model.state().editing).toBeNull()
    }
  })

  it('offers a new product behind the hits, and keeps what was typed', async () => {
    const { model, press, type, answer, exact, shown, cell } = grid()
    type('Blue mug')
    press('ArrowUp')
    press('Enter')
    await answer('Blue mug', [{ ...exact('A-1'), exact: false }])
    // Who may make none chooses among the hits.
    expect(shown()).toEqual([['A-1', '1', 'pcs']])
    model.makes = true
    press('Enter')
    type('Red mug')
    press('ArrowUp')
    press('Enter')
    press('5')
    await answer('Red mug', [{ ...exact('A-1'), exact: false }])
    expect(model.making()).toEqual({ key: model.state().cursor?.key, text: 'Red mug' })
    model.made(null)
    expect(model.state().editing?.text).toBe('Red mug')
    model.make()
    model.made(exact('R-1'))
    expect(shown().at(-1)).toEqual(['R-1', '1', 'pcs'])
    expect(cell()).toEqual([1, 'quantity'])
  })

  it('asks where several are meant, and takes none', async () => {
    const { model, press, type, answer, exact, shown } = grid()
    type('mug')
    press('Enter')
    const hits = [
      { ...exact('A-1'), exact: false },
      { ...exact('A-2'), exact: false },
    ]
    await answer('mug', hits)
    expect(shown()).toEqual([])
    expect(model.state().editing?.fault).toBe('not-chosen: mug')
    press('ArrowDown')
    press('ArrowDown')
    press('Enter')
    expect(shown()).toEqual([['A-2', '1', 'pcs']])
  })

  it('says that no product has a code and keeps it', async () => {
    const { model, press, type, answer } = grid()
    type('ZZZ')
    press('Enter')
    await answer('ZZZ', [])
    expect(model.state().editing).toMatchObject({ text: 'ZZZ', fault: 'no-product: ZZZ', waiting: false })
  })
})

describe('scans', () => {
  it('each go into a line at once; the same code raises the quantity of its line', async () => {
    const { press, type, answer, exact, cell, shown, ports } = grid()
    const codes = ['5901', '5902', '5901', '5901', '5902']
    for (const code of codes) {
      type(code, 3)
      press('Enter', { every: 3 })
    }
    expect(cell()).toEqual([5, 'product'])
    await answer('5902', [exact('B')])
    await answer('5901', [exact('A')])
    expect(shown()).toEqual([
      ['A', '3', 'pcs'],
      ['B', '2', 'pcs'],
    ])
    expect(cell()).toEqual([2, 'product'])
    expect(ports.scanned).toHaveBeenCalledTimes(5)
  })

  it('of a box add a box, and of nothing leave the code with the reason', async () => {
    const { press, type, answer, exact, store, shown } = grid()
    for (const code of ['70001', '70002', '70003']) {
      type(code, 2)
      press('Enter', { every: 2 })
    }
    await answer('70001', [exact('A')])
    await answer('70002', [exact('A', 'box')])
    await answer('70003', [])
    expect(shown()).toEqual([
      ['A', '1', 'pcs'],
      ['A', '1', 'box'],
      ['70003', '', ''],
    ])
    expect(store.filled()[2]!.faults.product).toBe('no-product: 70003')
  })

  it('into another cell leave that cell alone', async () => {
    const { press, type, answer, exact, shown, cell } = grid()
    type('A-1')
    press('Enter')
    await answer('A-1', [exact('A-1')])
    expect(cell()).toEqual([0, 'quantity'])
    type('5901234123457', 2)
    press('Enter', { every: 2 })
    await answer('5901234123457', [exact('B')])
    expect(shown()).toEqual([
      ['A-1', '1', 'pcs'],
      ['B', '1', 'pcs'],
    ])
  })
})

describe('keys', () => {
  async function withLines() {
    const made = grid()
    for (const sku of ['A', 'B', 'C']) {
      made.type(sku)
      made.press('Enter')
      await made.answer(sku, [made.exact(sku)])
      made.press('Enter')
    }
    return made
  }

  it('Escape restores the cell', async () => {
    const { press, type, model, store, cell } = await withLines()
    press('ArrowUp')
    press('ArrowRight')
    press('ArrowRight')
    expect(cell()).toEqual([2, 'quantity'])
    type('99')
    expect(model.state().editing?.text).toBe('99')
    press('Escape')
    expect(store.all()[2]!.quantity).toBe('1')
  })

  it('Ctrl+D copies from above, Ctrl+Delete removes with undo', async () => {
    const { press, type, store, shown, cell } = await withLines()
    press('ArrowUp')
    press('ArrowUp')
    press('ArrowUp')
    press('End')
    press('Home')
    press('ArrowRight')
    press('ArrowRight')
    type('8')
    press('Enter')
    press('ArrowRight')
    press('ArrowRight')
    press('d', { ctrl: true })
    expect(store.all()[1]!.quantity).toBe('8')
    press('Delete', { ctrl: true })
    expect(shown().map(([sku]) => sku)).toEqual(['A', 'C'])
    expect(cell()).toEqual([1, 'quantity'])
    press('z', { ctrl: true })
    expect(shown().map(([sku]) => sku)).toEqual(['A', 'B', 'C'])
  })

  it('puts a removed line back where it was, and leaves alone what was done since', async () => {
    const { press, type, store, shown, ports } = await withLines()
    press('ArrowUp')
    press('ArrowUp')
    press('Delete', { ctrl: true })
    expect(shown().map(([sku]) => sku)).toEqual(['A', 'C'])
    press('ArrowUp')
    press('ArrowRight')
    press('ArrowRight')
    type('8')
    press('Enter')
    const [putBack] = ports.removed.mock.calls[0]!
    putBack()
    putBack()
    expect(shown().map(([sku]) => sku)).toEqual(['A', 'B', 'C'])
    expect(store.all()[0]!.quantity).toBe('8')
  })

  it('Alt and arrows move the line, and the cursor with it', async () => {
    const { press, shown, cell } = await withLines()
    press('ArrowUp')
    press('ArrowUp', { alt: true })
    expect(shown().map(([sku]) => sku)).toEqual(['A', 'C', 'B'])
    expect(cell()).toEqual([1, 'product'])
  })

  it('Tab goes over cells that can be filled and leaves at the end', async () => {
    const { press, cell } = await withLines()
    const seen: unknown[] = []
    press('ArrowUp')
    for (let i = 0; i < 6; i++) {
      press('Tab')
      seen.push(cell()[1])
    }
    expect(seen).toEqual(['description', 'quantity', 'unit', 'price', 'product', 'description'])
    expect(press('Tab')).toBe(false)
  })

  it('keeps what cannot be read, with the reason', async () => {
    const { press, type, store } = await withLines()
    press('ArrowUp')
    press('ArrowRight')
    press('ArrowRight')
    type('12,5x')
    press('Enter')
    expect(store.all()[2]).toMatchObject({ quantity: '12,5x', faults: { quantity: 'unknown-unit: 12,5x' } })
  })

  it('a price set by hand stays, an emptied one is the one that applies', async () => {
    const { press, type, store } = await withLines()
    const price = async (text: string) => {
      press('Home')
      for (let i = 0; i < 4; i++) press('ArrowRight')
      if (text === '') press('Delete')
      else {
        type(text)
        press('Tab')
      }
    }
    press('ArrowUp')
    store.update(store.order()[2]!, { price: '9.80', quote: { price: '9.80' } as never, quoteState: 'there' })
    await price('7,5')
    expect(store.all()[2]).toMatchObject({ price: '7.5', priceByHand: true })
    press('ArrowUp')
    await price('')
    expect(store.all()[2]).toMatchObject({ price: '9.80', priceByHand: false })
  })
})

describe('lots', () => {
  const receiving: GridKind = {
    columns: ['product', 'quantity', 'unit', 'lots', 'reason'],
    prices: null,
    availability: false,
    needed: ['quantity'],
    lots: { way: 'in' },
  }
  const words = (fault: string, typed: string) => `${fault}: ${typed}`

  it('are where Enter goes to until they make the quantity in base units; goods without any are passed over', async () => {
    const { model, store, press, type, answer, exact, cell } = grid(receiving)
    type('A-1')
    press('Enter')
    await answer('A-1', [exact('A-1')])
    press('Enter')
    expect(cell()).toEqual([1, 'product'])
    type('L-9')
    press('Enter')
    const hit = exact('L-9')
    await answer('L-9', [{ ...hit, product: { ...hit.product, tracking: 'lot' } }])
    type('2 box')
    press('Enter')
    expect(cell()).toEqual([1, 'lots'])
    press('Enter')
    const [, key] = store.order()
    expect(model.naming.state()).toEqual({ key, text: '' })
    model.naming.close()
    press('7')
    expect(model.naming.state()).toEqual({ key, text: '7' })
    model.naming.close()
    const faults = (booking: boolean) =>
      lineFaults(store.line(key!)!, { kind: receiving, language: 'en', words, booking }).lots
    expect([faults(false), faults(true)]).toEqual([undefined, 'no-lots: 24'])
    const lot = (number: string, quantity: string) => ({ number, expiresOn: '', quantity })
    store.update(key!, { lots: [lot('a', '20'), lot('b', '5')] })
    expect(faults(false)).toBe('lots-over: 1')
    store.update(key!, { lots: [lot('a', '20')] })
    expect(faults(false)).toBe('lots-missing: 4')
    store.update(key!, { lots: [lot('a', '20'), lot('b', '4')] })
    expect(faults(true)).toBe(undefined)
    press('Enter')
    expect(cell()).toEqual([2, 'product'])
    // Another product has other lots.
    model.focus(key!, 'product')
    model.pick(exact('A-1'))
    expect(store.line(key!)).toMatchObject({ lots: [] })
    // Tab does not stop where nothing is to be named.
    model.focus(key!, 'unit')
    press('Tab')
    expect(cell()).toEqual([1, 'reason'])
  })
})
