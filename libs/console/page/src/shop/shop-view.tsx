export function ShopView() {
  return null
}
