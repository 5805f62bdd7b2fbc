// The button is there for who may print by it; without this script the browser's own menu prints.
const button = document.getElementById("print")
button.hidden = false
button.addEventListener("click", () => window.print())
