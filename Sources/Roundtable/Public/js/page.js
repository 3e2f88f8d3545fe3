// What a page does for the person before it, once scripts are there.
{
    // Say so in the document, for styles.
    document.documentElement.classList.add("scripted");

    // What needs mending is where one begins.
    document.getElementById("errors")?.focus();

    // A button that prints is shown only where it can: <button type="button" data-print hidden>.
    for (const button of document.querySelectorAll("[data-print]")) {
        button.hidden = false;
        button.addEventListener("click", () => print());
    }
}
