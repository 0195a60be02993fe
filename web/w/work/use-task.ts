import { useEffect, useState } from 'react'
import { loadTask } from '../data/load.ts'
import type { Task } from '../data/types.ts'
import { useWarehouseState } from '../state.ts'

/** An order with its open lines: a copy of the device, else read. Null while it is read, 'missing' when nobody has it. */
export function useTask(of: 'receipts' | 'picks', id: string): Task | 'missing' | null {
  const { copies, online } = useWarehouseState()
  const known = copies?.[of].find((task) => task.id === id) ?? null
  const [read, setRead] = useState<Task | 'missing' | null>(null)
  useEffect(() => {
    if (known !== null) return
    let left = false
    const asked = online
      ? loadTask(of === 'receipts' ? 'purchase-orders' : 'sales-orders', id)
      : Promise.resolve('missing' as const)
    void asked.then(
      (task) => !left && setRead(task),
      () => !left && setRead('missing'),
    )
    return () => {
      left = true
    }
  }, [known, of, id, online])
  return known ?? read
}
