// The language switch was used: keep the choice in this browser for the next visit.
(...seen) => {
  try {
    localStorage.setItem("dayek-language", seen[0]);
  } catch {
    // a browser that keeps nothing still gets the page
  }
  return seen;
}
