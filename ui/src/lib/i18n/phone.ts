/** `0912345678` → `0912 345 678`; anything else as it is. */
export function phoneText(phone: string): string {
  return /^0\d{9}$/.test(phone) ? phone.replace(/^(\d{4})(\d{3})(\d{3})$/, '$1 $2 $3') : phone;
}
