/** Where the page's own content stands: what floats is a part of it to those who go by landmarks. */
export const pageContainer = {
  get current() {
    return document.getElementById('page') ?? document.body
  },
}
