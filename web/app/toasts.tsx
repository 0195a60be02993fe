import { Notifications } from '@mantine/notifications'
import { useEffect } from 'react'
import { usePhone } from '../patterns/use-screen.ts'
import { leavePage } from '../ui/notify.tsx'
import { router } from './router.tsx'

/**
 * Where `notify` shows what it tells: not over the buttons of what one does next. Those of pages and dialogs are on the
 * right; on a phone they are all along the bottom.
 */
export function Toasts() {
  const phone = usePhone()
  useEffect(() => router.subscribe('onResolved', ({ pathChanged }) => pathChanged && leavePage()), [])
  return <Notifications position={phone ? 'top-center' : 'bottom-left'} containerWidth={360} />
}
