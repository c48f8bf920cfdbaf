// Before the first paint: the colors that the reader chose last time, if any.
try {
  const chosen = localStorage.getItem("theme");
  if (chosen === "dark" || chosen === "light") document.documentElement.dataset.theme = chosen;
} catch { /* storage may be forbidden: then the system's colors are used */ }
