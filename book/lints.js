// The page of lints, made into an index: sections become entries that open, and can be filtered. Without this script it is a
// long page that holds the same.
(() => {
    "use strict";
    const main = document.querySelector("main");
    const heads = main ? [...main.querySelectorAll(":scope > h2")] : [];
    // A section of a lint begins with its facts: group, family, level, profile.
    const isFacts = element => element?.tagName === "P" && / by default/.test(element.textContent);
    if (heads.length === 0 || !heads.every(head => isFacts(head.nextElementSibling))) return;

    const lints = heads.map(entry);
    const bar = document.createElement("form");
    bar.className = "lint-filter";
    bar.setAttribute("role", "search");
    bar.addEventListener("submit", event => event.preventDefault());
    // mdBook turns the page on arrow keys, and opens its search on others.
    bar.addEventListener("keydown", event => event.stopPropagation());
    const text = field("Text", document.createElement("input"));
    text.type = "search";
    text.placeholder = "name or words";
    const group = choice("Group", lint => lint.group);
    const family = choice("Family", lint => lint.family);
    const profile = choice("Profile", lint => lint.profile);
    const count = document.createElement("output");
    bar.append(count);
    lints[0].details.before(bar);
    bar.addEventListener("input", filter);
    window.addEventListener("hashchange", open);
    filter();
    open();

    // Moves a section into an entry.
    function entry(head) {
        const facts = head.nextElementSibling;
        const [group, family, ...rest] = facts.textContent.split(" · ").map(it => it.trim());
        const inProfile = rest.find(it => it.includes("in the profile"));
        const summary = document.createElement("summary");
        const details = document.createElement("details");
        details.className = "lint";
        head.before(details);
        details.append(summary);
        let next = facts;
        while (next && next.tagName !== "H2" && next !== details) {
            const after = next.nextElementSibling;
            details.append(next);
            next = after;
        }
        const about = document.createElement("span");
        about.className = "about";
        about.append(...facts.nextElementSibling.cloneNode(true).childNodes);
        const badge = document.createElement("span");
        badge.className = `badge ${group}`;
        badge.textContent = group;
        summary.append(head, badge, about);
        return {
            details, group, family,
            name: head.id,
            profile: inProfile ? inProfile.split(" ").pop() : "none",
            words: details.textContent.toLowerCase(),
        };
    }

    function field(name, input) {
        const label = document.createElement("label");
        label.append(name, input);
        bar.append(label);
        return input;
    }

    function choice(name, of) {
        const select = field(name, document.createElement("select"));
        const values = [...new Set(lints.map(of))].sort();
        for (const value of ["any", ...values]) select.add(new Option(value, value));
        select.of = of;
        return select;
    }

    function filter() {
        const words = text.value.toLowerCase().split(/\s+/).filter(word => word !== "");
        const choices = [group, family, profile].filter(select => select.value !== "any");
        let shown = 0;
        for (const lint of lints) {
            const fits = choices.every(select => select.of(lint) === select.value)
                && words.every(word => lint.words.includes(word));
            lint.details.hidden = !fits;
            shown += fits;
        }
        count.textContent = `${shown} of ${lints.length} lints`;
    }

    // Opens what the address names: the lint itself, or a part of what is said of it.
    function open() {
        const id = decodeURIComponent(location.hash.slice(1));
        const wanted = id && document.getElementById(id);
        const details = wanted && wanted.closest("details.lint");
        if (!details) return;
        if (details.hidden) {
            bar.reset();
            filter();
        }
        details.open = true;
        wanted.scrollIntoView();
    }
})();
