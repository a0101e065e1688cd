fetch(window.settings.api).then((response) => response.json()).then(({ items }) => {
  document.getElementById("finder").textContent = items.map(({ name }) => name).join(", ");
});
