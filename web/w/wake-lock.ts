let wanted = false

/** Keeps the screen on where the browser can, from Start on; it is let go by itself whenever the page is hidden. */
export function keepAwake(): void {
  if (!wanted) document.addEventListener('visibilitychange', () => void ask())
  wanted = true
  void ask()
}

async function ask(): Promise<void> {
  if (document.visibilityState !== 'visible') return
  try {
    await navigator.wakeLock?.request('screen')
  } catch {
    // Low battery, or the browser has none: the screen goes dark as usual.
  }
}
