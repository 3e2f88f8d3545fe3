// A list that keeps itself up to date, by server-sent events.
//
// <ol data-live="/gatherings/…/live" data-since="12" data-live-at="end" data-live-said="One new thing.
// 2 new things.
// …
// More new things.">
//
// `data-live` is the address that tells (`Live.follow`), `data-since` the number of the newest thing already on the page,
// `data-live-at` where what is new goes (`start` or `end`), `data-live-said` what is said of one new thing, of two, and so
// on, a line for each; the last line is for any more. `data-live-most` is how many the list holds: what comes makes the
// oldest go, and where the items have a `data-live-order`, what is old and comes again goes to its own place. Elsewhere on
// the page, `data-live-show` is the way without script (*show new*), put out of sight while this works, and
// `data-live-empty` is what stands there until the first thing comes.
{
    // Tried again after a second at first, then less and less often; not all at the same moment.
    const firstWait = 1_000, longestWait = 30_000;
    // A break shorter than this is mended before anybody needs another way.
    const patience = 3_000;
    // What comes together is said together.
    const pause = 1_000;

    class LiveList {
        constructor(list) {
            this.list = list;
            this.since = Number(list.dataset.since) || 0;
            this.most = Number(list.dataset.liveMost) || Infinity;
            this.wait = firstWait;
            this.fresh = 0;
            this.held = new Map();
            this.voice = document.createElement("p");
            this.voice.className = "unseen";
            this.voice.setAttribute("role", "status");
            list.after(this.voice);
            list.addEventListener("focusout", () => setTimeout(() => this.putHeld()));
            addEventListener("online", () => this.open());
            addEventListener("pageshow", event => event.persisted && this.open());
            addEventListener("pagehide", () => this.close());
            document.addEventListener("visibilitychange", () => document.hidden || this.source || this.open());
            this.open();
        }

        open() {
            this.close();
            const address = new URL(this.list.dataset.live, location.href);
            address.searchParams.set("since", this.since);
            this.source = new EventSource(address);
            this.source.onopen = () => this.works();
            this.source.onerror = () => this.broke();
            this.source.addEventListener("piece", event => this.heard(event, () => this.put(event.data)));
            this.source.addEventListener("gone", event => this.heard(event, () => this.take(event.data)));
        }

        close() {
            clearTimeout(this.retry);
            this.source?.close();
            this.source = null;
        }

        works() {
            clearTimeout(this.complaint);
            this.complaint = null;
            showWays(false);
            dispatchEvent(new Event("house-heard"));
        }

        // Its own backing off: a browser gives up for good when it is answered that there is no place left.
        broke() {
            this.close();
            dispatchEvent(new Event("house-lost"));
            this.complaint ??= setTimeout(() => showWays(true), patience);
            this.retry = setTimeout(() => this.open(), this.wait * (0.5 + Math.random()));
            this.wait = Math.min(this.wait * 2, longestWait);
        }

        heard(event, change) {
            this.wait = firstWait;
            dispatchEvent(new Event("house-heard"));
            steadily(change);
            this.since = Math.max(this.since, Number(event.lastEventId) || 0);
        }

        put(html) {
            const template = document.createElement("template");
            template.innerHTML = html;
            const piece = template.content.firstElementChild;
            if (!piece?.id) return;
            const present = this.present(piece.id);
            if (!present) this.add(piece);
            else if (present.contains(document.activeElement)) this.held.set(piece.id, html);
            else if (!present.isEqualNode(piece)) {
                keepOpen(present, piece);
                present.replaceWith(piece);
            }
        }

        add(piece) {
            const isFirst = this.list.dataset.liveAt === "start";
            this.list.insertBefore(piece, isFirst ? this.nextOlder(piece) : null);
            while (this.list.children.length > this.most)
                (isFirst ? this.list.lastElementChild : this.list.firstElementChild).remove();
            if (!piece.isConnected) return;
            for (const empty of document.querySelectorAll("[data-live-empty]")) empty.hidden = true;
            this.fresh += 1;
            this.saying ??= setTimeout(() => this.say(), pause);
        }

        nextOlder(piece) {
            const order = Number(piece.dataset.liveOrder);
            return [...this.list.children].find(other => !(Number(other.dataset.liveOrder) > order)) ?? null;
        }

        take(id) {
            this.held.delete(id);
            this.present(id)?.remove();
        }

        present(id) {
            const element = document.getElementById(id);
            return this.list.contains(element) ? element : null;
        }

        // What came for a piece while somebody was in it.
        putHeld() {
            const held = [...this.held.values()];
            this.held.clear();
            for (const html of held) steadily(() => this.put(html));
        }

        say() {
            const sentences = (this.list.dataset.liveSaid ?? "").split("\n");
            this.voice.textContent = sentences[Math.min(this.fresh, sentences.length) - 1];
            this.fresh = 0;
            this.saying = null;
        }
    }

    // Out of sight, but never out of its place: nothing on the page moves.
    function showWays(shown) {
        for (const way of document.querySelectorAll("[data-live-show]"))
            if (shown || way !== document.activeElement) way.style.visibility = shown ? "" : "hidden";
    }

    // Changes the page while what somebody is writing in, or reading, stays where it is on the screen.
    function steadily(change) {
        const anchor = steadyThing();
        const before = anchor?.getBoundingClientRect().top;
        change();
        if (anchor?.isConnected) scrollBy({top: anchor.getBoundingClientRect().top - before, behavior: "instant"});
    }

    function steadyThing() {
        const focused = document.activeElement;
        if (focused?.matches("input, textarea, select") && isInSight(focused)) return focused;
        if (scrollY === 0) return null;
        const things = document.querySelector("main").querySelectorAll("li, p, h1, h2, h3, form, label, button");
        return [...things].find(thing => thing.getBoundingClientRect().top >= 0 && isInSight(thing));
    }

    function isInSight(element) {
        const box = element.getBoundingClientRect();
        return box.height > 0 && box.bottom > 0 && box.top < innerHeight;
    }

    // What was unfolded stays so.
    function keepOpen(present, piece) {
        const folds = piece.querySelectorAll("details");
        present.querySelectorAll("details").forEach((fold, place) => {
            if (fold.open && folds[place]) folds[place].open = true;
        });
    }

    const lists = document.querySelectorAll("[data-live]");
    // We keep things steady ourselves, and two who do it would do it twice.
    if (lists.length > 0) document.documentElement.style.overflowAnchor = "none";
    for (const list of lists) new LiveList(list);
}
