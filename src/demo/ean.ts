/** An EAN-13: twelve digits and the check digit that belongs to them. */
export function ean13(digits: string): string {
  if (!/^\d{12}$/.test(digits)) throw new Error(`twelve digits make an EAN-13, not ${digits}`)
  let sum = 0
  for (const [i, digit] of Array.from(digits).entries()) sum += Number(digit) * (i % 2 === 0 ? 1 : 3)
  return digits + String((10 - (sum % 10)) % 10)
}
