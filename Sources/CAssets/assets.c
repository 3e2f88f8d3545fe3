#include "assets.h"

// Everything the program carries is named here, once. `#embed` (C23) puts the bytes in as they are,
// and the build notices when a file changes.

#define FILE_BYTES(name) static const unsigned char name[]

FILE_BYTES(css_tokens) = {
#embed "../Roundtable/Public/css/tokens.css"
};
FILE_BYTES(css_base) = {
#embed "../Roundtable/Public/css/base.css"
};
FILE_BYTES(css_layout) = {
#embed "../Roundtable/Public/css/layout.css"
};
FILE_BYTES(css_components) = {
#embed "../Roundtable/Public/css/components.css"
};
FILE_BYTES(css_people) = {
#embed "../Roundtable/Public/css/people.css"
};
FILE_BYTES(css_projects) = {
#embed "../Roundtable/Public/css/projects.css"
};
FILE_BYTES(css_gatherings) = {
#embed "../Roundtable/Public/css/gatherings.css"
};
FILE_BYTES(css_promises) = {
#embed "../Roundtable/Public/css/promises.css"
};
FILE_BYTES(css_leaving) = {
#embed "../Roundtable/Public/css/leaving.css"
};
FILE_BYTES(css_print) = {
#embed "../Roundtable/Public/css/print.css"
};
FILE_BYTES(js_draft) = {
#embed "../Roundtable/Public/js/draft.js"
};
FILE_BYTES(js_live) = {
#embed "../Roundtable/Public/js/live.js"
};
FILE_BYTES(js_page) = {
#embed "../Roundtable/Public/js/page.js"
};
FILE_BYTES(js_read) = {
#embed "../Roundtable/Public/js/read.js"
};
FILE_BYTES(js_send) = {
#embed "../Roundtable/Public/js/send.js"
};
FILE_BYTES(words_cy) = {
#embed "../Roundtable/Words/cy.json"
};
FILE_BYTES(words_en) = {
#embed "../Roundtable/Words/en.json"
};

#define ASSET(path, name) { path, name, sizeof name }

// The order of the styles is the order in which they apply.
static const RoundtableAsset assets[] = {
    ASSET("css/tokens.css", css_tokens),
    ASSET("css/base.css", css_base),
    ASSET("css/layout.css", css_layout),
    ASSET("css/components.css", css_components),
    ASSET("css/people.css", css_people),
    ASSET("css/projects.css", css_projects),
    ASSET("css/gatherings.css", css_gatherings),
    ASSET("css/promises.css", css_promises),
    ASSET("css/leaving.css", css_leaving),
    ASSET("css/print.css", css_print),
    ASSET("js/draft.js", js_draft),
    ASSET("js/live.js", js_live),
    ASSET("js/page.js", js_page),
    ASSET("js/read.js", js_read),
    ASSET("js/send.js", js_send),
    ASSET("words/cy.json", words_cy),
    ASSET("words/en.json", words_en),
};

size_t roundtable_asset_count(void) { return sizeof assets / sizeof assets[0]; }

RoundtableAsset roundtable_asset(size_t place) { return assets[place]; }
