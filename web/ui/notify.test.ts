import { i18n } from '@lingui/core'
import { notifications, notificationsStore } from '@mantine/notifications'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { leavePage, notify } from './notify.tsx'

const told = () => notificationsStore.getState().notifications.map(({ message }) => message)

describe('what is told', () => {
  beforeEach(() => {
    i18n.loadAndActivate({ locale: 'en', messages: {} })
    vi.useFakeTimers()
  })
  afterEach(() => {
    notifications.clean()
    vi.useRealTimers()
  })

  it('goes by itself, an error later', () => {
    notify.done('saved')
    notify.error('not saved')
    const [done, error] = notificationsStore
      .getState()
      .notifications.map(({ autoClose }) => Number(autoClose))
    expect(done).toBeGreaterThanOrEqual(5000)
    expect(error).toBeGreaterThan(done!)
  })

  it('of an error goes with the page it was about, once there was time to read it', () => {
    notify.error('about this page')
    vi.advanceTimersByTime(10_000)
    notify.error('while the page changes')
    notify.done('saved')
    leavePage()
    expect(told()).toEqual(['while the page changes', 'saved'])
    vi.advanceTimersByTime(10_000)
    leavePage()
    expect(told()).toEqual(['saved'])
  })
})
