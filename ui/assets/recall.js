// The page opens: use the language chosen at the last visit, Kazakh at the first.
(...seen) => {
  try {
    const chosen = localStorage.getItem("dayek-language");
    if (["kk", "ru", "en"].includes(chosen)) seen[0] = chosen;
  } catch {
    // a browser that keeps nothing gets the default
  }
  return seen;
}
