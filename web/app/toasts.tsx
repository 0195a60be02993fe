import { Notifications } from '@mantine/notifications'

/** Where `notify` shows what it tells. */
export function Toasts() {
  return <Notifications position="bottom-right" />
}
