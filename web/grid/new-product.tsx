import { useSyncExternalStore } from 'react'
import { useLoadedWhenCalm } from '../page/index.ts'
import { useGrid } from './grid-context.ts'

const load = () => import('./new-product-form.tsx')

/** The form of a new product, while one is being made for a line. */
export function NewProduct() {
  const { model } = useGrid()
  const making = useSyncExternalStore(model.subscribe, model.making)
  const form = useLoadedWhenCalm(load, making !== null)
  return making && form && <form.NewProductForm key={making.key} text={making.text} />
}
