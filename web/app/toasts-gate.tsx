import { useLoadedWhenCalm } from '../page/index.ts'

const load = () => import('./toasts.tsx')

/** What is told before the toasts are there waits in the store of `notify`. */
export function ToastsGate() {
  const toasts = useLoadedWhenCalm(load)
  return toasts && <toasts.Toasts />
}
