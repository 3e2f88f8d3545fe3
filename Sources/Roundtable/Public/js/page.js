// What a page does for the person before it, once scripts are there: say so in the document.
document.documentElement.classList.add("scripted");
