import { useEffect, useMemo, useState } from 'react'
import type { Line, LineStore } from '../../grid/index.ts'
import { plainLine } from './form.ts'

interface Entered {
  /** The lines as plain values, a moment after they changed. */
  readonly plain: readonly Line[]
  /** What a person entered in them, as one text; what was looked up does not count. */
  readonly text: string
}

/** For the recovery copy, and to know what is unsaved. */
export function useEnteredLines(store: LineStore): Entered {
  const [plain, setPlain] = useState<readonly Line[]>(() => store.filled().map(plainLine))
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null
    const stop = store.subscribe(() => {
      timer ??= setTimeout(() => {
        timer = null
        setPlain(store.filled().map(plainLine))
      }, 250)
    })
    return () => {
      stop()
      if (timer !== null) clearTimeout(timer)
    }
  }, [store])
  const text = useMemo(() => fingerprint(plain), [plain])
  return { plain, text }
}

function fingerprint(lines: readonly Line[]): string {
  return JSON.stringify(
    lines.map((line) => [
      line.id,
      line.product?.id ?? line.code,
      line.description,
      line.quantity,
      line.unit,
      line.priceByHand || line.id !== null ? line.price : '',
      line.discount,
      line.taxIds,
      line.counted,
      line.change,
      line.unitCost,
      line.reason,
      line.disposition,
      line.replace,
      line.lots,
      line.serials,
    ]),
  )
}
