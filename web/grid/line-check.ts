import { useEffect } from 'react'
import type { FillContext } from './fill.ts'
import { lineFaults } from './fill.ts'
import type { GridModel } from './grid-model.ts'
import { type Line, isEmpty } from './line.ts'
import type { LineStore } from './line-store.ts'

/** Tells what is missing or unreadable in a line that was left (3.4); what is still being looked up is not judged. */
export function checkLeft(store: LineStore, key: string, context: FillContext): void {
  const line = store.line(key)
  if (line === undefined || isEmpty(line) || isAwaited(line)) return
  const faults = { ...line.faults, ...lineFaults(line, context) }
  if (JSON.stringify(faults) !== JSON.stringify(line.faults)) store.update(key, { faults })
}

function isAwaited(line: Line): boolean {
  return line.code !== '' && line.faults.product === undefined
}

/** Checks each line of the grid as the cursor leaves it. */
export function useLineCheck(model: GridModel): void {
  useEffect(() => watchLines(model), [model])
}

/** The same outside of React. Returns how to stop. */
export function watchLines(model: GridModel): () => void {
  let here = model.state().cursor?.key ?? null
  return model.subscribe(() => {
    const key = model.state().cursor?.key ?? null
    if (key === here) return
    const left = here
    here = key
    if (left !== null) checkLeft(model.store, left, model.context)
  })
}
