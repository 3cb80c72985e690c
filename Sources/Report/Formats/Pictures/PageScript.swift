/// What a page can do besides, where scripts run: nothing that it says needs it.
///
/// Neither `<` nor an ampersand, so that the page is XML, too.
enum PageScript {
    /// SHA-256 of the text, in base 64: a page runs this script and no other.
    static let digest = "+PN/RzteRWLnUCtGKlSwg+Mpyd86SktLiQ16LNTGfzM="

    static let text: StaticString = """
        (function () {
          'use strict';
          var page = document, root = page.documentElement, facts = page.getElementById('facts');
          function each(selector, work) { Array.prototype.forEach.call(page.querySelectorAll(selector), work); }
          var theme = page.getElementById('theme');
          theme.hidden = false;
          theme.addEventListener('click', function () {
            var chosen = root.classList.contains('dark') || root.classList.contains('light');
            var dark = chosen ? root.classList.contains('dark') : matchMedia('(prefers-color-scheme: dark)').matches;
            root.classList.toggle('dark', !dark);
            root.classList.toggle('light', dark);
          });
          function choose(id) {
            var input = page.getElementById(id);
            if (!input) { return; }
            input.checked = true;
            input.focus();
          }
          each('[data-choice]', function (shape) {
            shape.addEventListener('click', function () { choose(shape.getAttribute('data-choice')); });
          });
          each('svg g, svg rect', function (shape) {
            var title = shape.firstElementChild;
            if (!title || title.tagName !== 'title') { return; }
            shape.addEventListener('click', function (event) {
              event.stopPropagation();
              facts.textContent = title.textContent;
            });
          });
          each('svg use', function (shape) {
            var title = page.querySelector(shape.getAttribute('href') + ' title');
            shape.addEventListener('click', function (event) {
              event.stopPropagation();
              facts.textContent = title.textContent;
            });
          });
          page.addEventListener('click', function () { facts.textContent = ''; });
          page.addEventListener('keydown', function (event) { if (event.key === 'Escape') { facts.textContent = ''; } });
          var filter = page.getElementById('filter');
          if (filter) {
            filter.parentElement.hidden = false;
            filter.addEventListener('input', function () {
              var words = filter.value.toLowerCase().split(' ');
              each('[data-words]', function (row) {
                var text = row.getAttribute('data-words').toLowerCase();
                row.hidden = !words.every(function (word) { return text.indexOf(word) !== -1; });
              });
            });
          }
          if (location.hash) { choose(location.hash.slice(1)); }
        })();

        """
}
