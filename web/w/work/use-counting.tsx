import { useLingui } from '@lingui/react/macro'
import { useEffect, useRef, useState } from 'react'
import { useFormat } from '../../ui/format.ts'
import type { ReadProduct } from '../data/read-code.ts'
import { resolveCode } from '../data/resolve.ts'
import type { Place, Task } from '../data/types.ts'
import { tell } from '../feedback.ts'
import type { Scan } from '../scan/scan-queue.ts'
import { scans, useScans } from '../scan/scanner.ts'
import type { Decision } from '../ui/decision.tsx'
import { UnknownCode } from '../ui/unknown-code.tsx'
import { type Entry, alike, totalOf, without } from './entries.ts'
import type { WorkHandle } from './use-work.ts'

/** What a screen needs beside the product itself to make an entry of a scan. */
export type Where = Pick<Entry, 'lineId' | 'placeId' | 'placeCode' | 'rejected' | 'extra'>
export const nowhere: Where = { lineId: null, placeId: null, placeCode: null, rejected: null, extra: false }

interface Options<W extends { readonly entries: readonly Entry[] }> {
  readonly handle: WorkHandle<W>
  /** Called with a product whose lot or serial number is known where it has one. */
  readonly onProduct: (scan: Scan, read: ReadProduct) => void
  readonly onPlace?: (place: Place) => void
  readonly onOrder?: (task: Task, of: 'receipts' | 'picks') => void
  /** Lots that may be chosen by a tap instead of a scan. */
  readonly lotsOf?: (
    read: ReadProduct,
  ) => readonly { readonly lot: string; readonly expiresOn: string | null }[]
}

interface Pending {
  readonly scan: Scan
  readonly read: ReadProduct
}

/** What all screens that count goods by scans share: unknown codes, lots and serial numbers, doubles, undo. */
export function useCounting<W extends { readonly entries: readonly Entry[] }>(options: Options<W>) {
  const { handle } = options
  const { t } = useLingui()
  const format = useFormat()
  const [decision, setDecision] = useState<Decision | null>(null)
  const [pending, drawPending] = useState<Pending | null>(null)
  // The next scan may be handled before this one is drawn.
  const waitsFor = useRef<Pending | null>(null)
  const setPending = (next: Pending | null) => {
    waitsFor.current = next
    drawPending(next)
    scans.expect(next !== null)
  }
  // What is not settled is kept with the work, and handled when the work is taken up again. The order of the effects
  // counts: `useScans` below empties the queue when the screen is left, which this must not hear.
  const left = useRef(false)
  const { scans: keptScans, keepScans } = handle
  useEffect(() => {
    left.current = false
    scans.again(keptScans())
    const stop = scans.watch(() => keepScans(scans.unsettled))
    return () => {
      left.current = true
      stop()
    }
  }, [keptScans, keepScans])

  /** Stops scanning until one of the actions is taken. */
  const ask = (asked: Decision) => {
    tell('error', [asked.title, asked.text].filter(Boolean).join('. '))
    scans.hold()
    setDecision(asked)
  }
  const settle = (run?: () => void) => () => {
    setDecision(null)
    scans.release(run)
  }
  const skip = { label: t`Skip`, run: settle() }

  const whole = (scan: Scan, read: ReadProduct): void => {
    const { product, serial } = read
    if (
      serial !== null &&
      handle.now().entries.some((e) => e.productId === product.id && e.serial === serial)
    ) {
      const { sku } = product
      return ask({
        title: t`Serial number ${serial} was scanned already`,
        text: t`Each ${sku} has its own number; it counts once.`,
        actions: [skip],
      })
    }
    options.onProduct(scan, read)
  }

  /** A product that came without the lot or serial number that it must have. */
  const complete = (scan: Scan, read: ReadProduct): void => {
    const { tracking } = read.product
    const missing = tracking === 'lot' ? read.lot === null : tracking === 'serial' && read.serial === null
    if (!missing) return whole(scan, tracking === 'serial' ? { ...read, quantity: '1' } : read)
    tell('done', tracking === 'lot' ? t`Now the lot` : t`Now the serial number`)
    setPending({ scan, read })
  }

  const fill = ({ scan, read }: Pending, code: string, expiresOn: string | null = read.expiresOn): void => {
    setPending(null)
    const number = code.trim()
    const filled = read.product.tracking === 'lot' ? { lot: number } : { serial: number, quantity: '1' }
    whole(scan, { ...read, ...filled, expiresOn })
  }

  const unknown = (scan: Scan, code: string) =>
    ask({
      title: t`Not known: ${code}`,
      text: t`No product, location or order here has this code.`,
      children: (
        <UnknownCode
          code={code}
          onFound={(product) => {
            const read = {
              kind: 'product',
              product,
              quantity: '1',
              lot: null,
              expiresOn: null,
              serial: null,
            } as const
            settle(() => complete(scan, read))()
          }}
        />
      ),
      actions: [skip],
    })

  useScans(async (scan) => {
    const read = await resolveCode(scan.code)
    // It is kept, and handled when somebody comes back to this work.
    if (left.current) return
    const asked = waitsFor.current
    if (asked !== null) {
      const bare = read.kind === 'product' && read.lot === null && read.serial === null
      if (read.kind === 'product' && !bare && read.product.id === asked.read.product.id)
        return fill(asked, read.serial ?? read.lot!, read.expiresOn)
      if (!bare && read.kind !== 'place') return fill(asked, scan.code)
      setPending(null)
    }
    if (read.kind === 'unknown') return unknown(scan, read.code)
    if (read.kind === 'product') return complete(scan, read)
    if (read.kind === 'place' && options.onPlace) {
      options.onPlace(read.place)
      return
    }
    if (read.kind === 'order' && options.onOrder) return options.onOrder(read.task, read.of)
    const name = read.kind === 'place' ? read.place.code : read.task.number
    ask({
      title: t`Not wanted now: ${name}`,
      text: read.kind === 'place' ? t`This is a location; scan goods.` : t`This is an order; scan goods.`,
      actions: [skip],
    })
  })

  const add = (scan: Scan, read: ReadProduct, where: Where) => {
    const { product, quantity, lot, expiresOn, serial } = read
    const entry: Entry = {
      id: `${scan.at}-${Math.random().toString(36).slice(2)}`,
      ...scan,
      productId: product.id,
      sku: product.sku,
      quantity,
      lot,
      expiresOn,
      serial,
      ...where,
    }
    const before = handle.now().entries.filter((each) => alike(each, entry))
    scans.done(scan)
    handle.change((work) => ({ ...work, entries: [...work.entries, entry] }))
    const total = format.number(totalOf([...before, entry]).toFixed())
    const { sku, unit } = product
    tell(before.length === 0 ? 'new' : 'done', t`${sku}: ${total} ${unit}`)
    return entry
  }
  const undo = (entry: Entry) => {
    handle.change((work) => ({ ...work, entries: without(work.entries, entry.id) }))
    const { sku } = entry
    tell('done', t`Undone: ${sku}`)
  }
  /** The lot or serial number that was keyed in or chosen for the product that waits for it. */
  const complement = (code: string, expiresOn: string | null | undefined) =>
    scans.release(() => fill(waitsFor.current!, code, expiresOn))
  const cancel = () => scans.release(() => setPending(null))
  return { decision, ask, settle, skip, pending, setPending, complement, cancel, add, undo }
}
