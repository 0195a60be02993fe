/** How long it is until a moment, as it is told: in whole days, on the last day to the second; null: it has passed. */
export function leftUntil(
  moment: string,
  now: number,
): { readonly days: number } | { readonly clock: string } | null {
  const seconds = Math.ceil((Date.parse(moment) - now) / 1000)
  if (seconds <= 0) return null
  const days = Math.floor(seconds / 86_400)
  if (days > 0) return { days }
  const two = (figure: number) => String(figure).padStart(2, '0')
  return { clock: [seconds / 3600, (seconds / 60) % 60, seconds % 60].map(Math.floor).map(two).join(':') }
}
