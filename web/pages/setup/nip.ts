const weights = [6, 5, 7, 2, 3, 4, 5, 6, 7]

/** Whether the last digit of a Polish tax number (NIP) fits the nine before it. Spaces and hyphens do not matter. */
export function isNip(text: string): boolean {
  const digits = text.replace(/^PL/i, '').replace(/[\s-]/g, '')
  if (!/^\d{10}$/.test(digits)) return false
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0)
  return sum % 11 === Number(digits[9])
}
