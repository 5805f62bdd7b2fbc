// Beside a new password: how strong it is while it is typed, and a button that shows it.
(() => {
  const field = document.getElementById("password");
  const box = document.getElementById("strength");
  const words = document.getElementById("strength-words");
  const valueOf = (id) => document.getElementById(id)?.value ?? "";
  const token = document.querySelector("input[name=csrf]").value;
  let timer = 0;
  let latest = 0;

  const show = (answer) => {
    box.dataset.score = answer.score;
    const told = answer.problems.length ? answer.problems.join(" ") : answer.advice;
    words.textContent = `This password is ${answer.word}. ${told}`.trim();
  };

  const ask = async () => {
    const mine = ++latest;
    if (!field.value) {
      box.dataset.score = "";
      words.textContent = "";
      return;
    }
    const asked = { password: field.value, name: valueOf("name"), email: valueOf("email") || valueOf("username") };
    try {
      const response = await fetch("/auth/strength", {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRF-Token": token },
        body: JSON.stringify(asked),
      });
      if (response.ok && mine === latest) show(await response.json());
    } catch {
      // Offline: the server tells the same when the form is sent.
    }
  };

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 400);
  });

  const button = document.createElement("button");
  button.type = "button";
  button.className = "reveal";
  button.textContent = "Show the password";
  button.setAttribute("aria-controls", "password");
  button.addEventListener("click", () => {
    const hidden = field.type === "password";
    field.type = hidden ? "text" : "password";
    button.textContent = hidden ? "Hide the password" : "Show the password";
  });
  field.after(button);
  field.form.addEventListener("submit", () => { field.type = "password"; });
})();
