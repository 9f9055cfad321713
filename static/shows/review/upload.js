// Hands in a version; nothing that was typed or chosen is lost when it fails.
import { drop, keep, kept } from "./drafts.js";
import { clearErrors, fill, showErrors, values } from "./fields.js";
import { Refused, headersOf, refusalOf } from "./server.js";
import { say } from "./say.js";
import { doubt, go, withParameter } from "./travel.js";
import { tell } from "./trouble.js";

const MEGA = 1_000_000;

class VersionUpload extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.name = this.form.dataset.draft;
    this.form.addEventListener("input", () => keep(this.name, { values: values(this.form) }));
    this.form.addEventListener("submit", (event) => this.submit(event));
    this.querySelector("[data-stop]").addEventListener("click", () => this.request?.abort());
    this.closest("dialog").addEventListener("cancel", (event) => this.request && event.preventDefault());
    const draft = kept(this.name);
    if (!draft?.values.comment) return;
    fill(this.form, draft.values);
    this.querySelector("[data-restored]").hidden = false;
  }

  async submit(event) {
    event?.preventDefault();
    clearErrors(this.form);
    try {
      this.refuseTooLarge();
      this.done(await this.send());
    } catch (refused) {
      if (refused.kind === "stopped") return;
      const isTold = tell(refused, () => this.again(), "The version was not handed in.");
      if (isTold) this.closest("dialog").close();
      else showErrors(this.form, refused);
    } finally {
      this.busy(false);
    }
  }

  again() {
    this.closest("dialog").showModal();
    return this.submit();
  }

  /** Said before it is sent, because sending takes long. */
  refuseTooLarge() {
    const size = this.form.elements.media.files[0]?.size ?? 0;
    const largest = Number(this.dataset.largest) || Infinity;
    if (size <= largest) return;
    const message = `The file has ${amount(size)}; ${amount(largest)} is the most.`;
    throw new Refused("fields", message, [{ field: "media", message }]);
  }

  async send() {
    const body = new FormData(this.form);
    if (!this.form.elements.media.files.length) body.delete("media");
    if (!body.get("department")) body.delete("department");
    const headers = await headersOf({ key: this.key() });
    return new Promise((resolve, reject) => this.transmit(body, headers, resolve, reject));
  }

  /** The same file and words go under the same key, so that a lost answer makes no second version. */
  key() {
    const file = this.form.elements.media.files[0];
    const sent = JSON.stringify([values(this.form), file?.name, file?.size, file?.lastModified]);
    if (this.sent !== sent) this.lastKey = crypto.randomUUID();
    this.sent = sent;
    return this.lastKey;
  }

  transmit(body, headers, resolve, reject) {
    const request = (this.request = new XMLHttpRequest());
    request.open("POST", `/api/v1/shots/${this.form.dataset.shot}/versions`);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => this.progress(event));
    request.upload.addEventListener("load", () => this.text("Sent. The server looks at it …"));
    request.addEventListener("abort", () => reject(new Refused("stopped", "Stopped.")));
    request.addEventListener("error", () => reject(refusalOf(0, {})));
    request.addEventListener("load", () => {
      if (request.status === 201) resolve(request.response);
      else reject(refusalOf(request.status, request.response ?? {}));
    });
    this.busy(true);
    request.send(body);
  }

  progress({ loaded, total }) {
    this.querySelector("progress").value = total ? loaded / total : 0;
    this.text(`${amount(loaded)} of ${amount(total)}`);
  }

  text(said) {
    this.querySelector("[data-progress-text]").textContent = said;
  }

  busy(is) {
    if (!is) this.request = null;
    this.querySelector("[data-progress]").hidden = !is;
    this.querySelector("[data-stop]").hidden = !is;
    this.querySelector("[type=submit]").disabled = is;
    window.onbeforeunload = is ? (event) => event.preventDefault() : null;
  }

  done(version) {
    drop(this.name);
    this.form.reset();
    this.closest("dialog").close();
    doubt();
    const shown = this.isConnected ? go(withParameter(`version=${version.id}`)) : Promise.resolve();
    return shown.then(() => say(`${version.name} is handed in`));
  }
}

const amount = (bytes) => (bytes < MEGA ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / MEGA).toFixed(1)} MB`);

customElements.define("version-upload", VersionUpload);
