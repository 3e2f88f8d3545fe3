// Sends a form when the house can be reached, and keeps it until then.
//
// A browser that sends a form without a network shows a page of its own, and what was typed is behind it. So a form that
// makes something (it carries a `once`) is sent when the house has just been heard: the page is new, or a list on it is
// being told what is new. If not, the house is asked first whether it is there; while it isn't the page stays as it is,
// says so with the sentence in `data-waiting` of the body, and looks again by itself. The form is sent as the browser
// sends any, so that what comes back is the house's page, and under its own `once`, so that it is said once. Without
// script, and in a browser that can't do all of this (before Safari 16, Chrome 103, Firefox 100), it is a plain form.
{
    const isAble = "requestSubmit" in HTMLFormElement.prototype && "timeout" in AbortSignal;
    // So often is the house looked for while it can't be reached, and so long waited for an answer.
    const lookAgain = 3_000, longestLook = 5_000;
    // A house that was heard so lately is taken to be there.
    const lately = 10_000;
    let lastHeard = performance.now();
    addEventListener("house-heard", () => { lastHeard = performance.now(); });
    addEventListener("house-lost", () => { lastHeard = -Infinity; });
    const isJustHeard = () => navigator.onLine && performance.now() - lastHeard < lately;

    class Sending {
        constructor(form) {
            this.form = form;
            this.voice = document.createElement("p");
            this.voice.setAttribute("role", "status");
            form.append(this.voice);
            form.addEventListener("submit", event => this.submitted(event));
            addEventListener("online", () => this.look());
        }

        submitted(event) {
            if (this.isGoing || (isJustHeard() && !this.isWaiting)) return;
            event.preventDefault();
            this.button = event.submitter;
            this.isWaiting = true;
            this.look();
        }

        async look() {
            if (!this.isWaiting || this.isLooking) return;
            clearTimeout(this.again);
            this.isLooking = true;
            const isThere = await isHouseThere();
            this.isLooking = false;
            if (isThere) return this.send();
            this.voice.textContent = document.body.dataset.waiting ?? "";
            this.again = setTimeout(() => this.look(), lookAgain);
        }

        send() {
            this.voice.textContent = "";
            this.isWaiting = false;
            this.isGoing = true;
            this.form.requestSubmit(this.button?.isConnected ? this.button : null);
            // Should the answer never come, the button works again.
            setTimeout(() => { this.isGoing = false; }, longestLook);
        }
    }

    // Any answer will do: the page that follows says what became of the form.
    async function isHouseThere() {
        try {
            await fetch("/health", {cache: "no-store", signal: AbortSignal.timeout(longestLook)});
            return true;
        } catch {
            return false;
        }
    }

    const onces = isAble ? document.querySelectorAll('form[method=post] input[name^="once"]') : [];
    for (const form of new Set([...onces].map(once => once.form))) new Sending(form);
}
