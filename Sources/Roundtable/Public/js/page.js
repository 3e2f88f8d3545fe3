// What a page does for the person before it, once scripts are there.
{
    // Say so in the document, for styles.
    document.documentElement.classList.add("scripted");

    // What needs mending is where one begins.
    document.getElementById("errors")?.focus();

    // When the language changes, what is in the fields now goes along, and not what the house was sent before.
    for (const language of document.querySelectorAll('form[action="/display"]')) {
        language.addEventListener("submit", () => {
            const address = language.elements.again?.value;
            const form = address && document.querySelector(`main form[action="${CSS.escape(address)}"]`);
            if (form) carry(form, language);
        });
    }

    function carry(form, language) {
        const fields = [...form.elements]
            .filter(field => field.name && field.name !== "guard" && !["file", "submit"].includes(field.type));
        const typed = new FormData(form);
        for (const name of new Set(fields.map(field => field.name))) {
            for (const old of language.querySelectorAll(`[name="typed-${CSS.escape(name)}"]`)) old.remove();
            for (const value of typed.getAll(name)) {
                const field = document.createElement("input");
                Object.assign(field, {type: "hidden", name: `typed-${name}`, value});
                language.append(field);
            }
        }
    }

    // What prints is shown only where it can: <li data-print hidden><button type="button">.
    for (const place of document.querySelectorAll("[data-print]")) {
        place.hidden = false;
        place.querySelector("button").addEventListener("click", () => print());
    }
}
