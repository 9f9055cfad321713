// Asks the catalogue, and writes the answer as it comes. "Stop" leaves the stream, which ends the work on the server.
const LEFT = "You stopped the answer.";
const BROKEN = "The connection broke off. Ask again.";
// What a question on a film's page may call the film.
const THIS_FILM = /\b(this (film|movie)|it)\b/gi;
// The films are listed below the answer.
const CITED = / ?\[film [\d, ]+\]/g;

/** The events of a response, each as its name and its data. */
async function* eventsOf(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const parts = (text + value).split("\n\n");
    text = parts.pop();
    for (const part of parts) {
      const found = /^event: (\w+)\ndata: (.*)$/s.exec(part);
      if (found) yield { name: found[1], data: JSON.parse(found[2]) };
    }
  }
}

class Panel {
  constructor(root) {
    this.root = root;
    this.form = root.querySelector("form");
    this.leaving = null;
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.ask(this.form.elements.question.value);
    });
    this.part("stop").addEventListener("click", () => this.leaving?.abort());
    this.part("suggestions").addEventListener("click", (event) => {
      const { question } = event.target.closest("[data-question]")?.dataset ?? {};
      if (!question) return;
      this.form.elements.question.value = question;
      this.ask(question);
    });
  }

  part(name) {
    return this.root.querySelector(`[data-${name}]`);
  }

  async ask(words) {
    const question = words.trim().replace(THIS_FILM, this.root.dataset.title);
    if (!question) return;
    this.leaving?.abort();
    const leaving = (this.leaving = new AbortController());
    this.begin(question);
    try {
      await this.read(question, leaving.signal);
    } catch {
      if (this.leaving === leaving) this.say(leaving.signal.aborted ? LEFT : BROKEN);
    }
    if (this.leaving === leaving) this.end();
  }

  async read(question, signal) {
    const response = await fetch(`${this.form.action}?${new URLSearchParams({ question })}`, { signal });
    if (!response.ok) {
      this.say((await response.json()).detail);
      return;
    }
    let isWhole = false;
    for await (const { name, data } of eventsOf(response)) {
      if (signal.aborted) throw signal.reason;
      isWhole ||= name === "complete" || name === "error";
      this.take(name, data);
    }
    if (!isWhole) this.say(BROKEN);
  }

  take(name, data) {
    if (name === "start") this.part("provider").textContent = data.provider;
    if (name === "message") this.part("text").append(data.content.replace(CITED, ""));
    if (name === "error") this.say(data.error);
    if (name === "complete") this.show(data.films);
  }

  begin(question) {
    this.part("asked").textContent = question;
    for (const name of ["text", "sources"]) this.part(name).replaceChildren();
    for (const name of ["trouble", "sources"]) this.part(name).hidden = true;
    this.part("answer").hidden = this.part("stop").hidden = false;
    this.part("answer").ariaBusy = "true";
  }

  end() {
    this.leaving = null;
    const hadFocus = document.activeElement === this.part("stop");
    this.part("stop").hidden = true;
    this.part("answer").ariaBusy = "false";
    if (hadFocus) this.form.elements.question.focus();
  }

  say(trouble) {
    this.part("trouble").textContent = trouble;
    this.part("trouble").hidden = false;
  }

  show(films) {
    for (const film of films) {
      const link = document.createElement("a");
      link.href = `${this.root.dataset.films}${film.film_id}/`;
      link.textContent = film.title;
      const item = document.createElement("li");
      item.append(link);
      this.part("sources").append(item);
    }
    this.part("sources").hidden = !films.length;
  }
}

for (const root of document.querySelectorAll("[data-ask]")) new Panel(root);
