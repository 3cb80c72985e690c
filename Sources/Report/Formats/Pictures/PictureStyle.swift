/// What drawings look like, in a file of their own and inside a page.
enum PictureStyle {
    static let drawing: StaticString = """
        svg{font:12px system-ui,-apple-system,"Segoe UI","DejaVu Sans",sans-serif;fill:var(--ink)}
        svg .mono{font:11.5px ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace}
        svg .small{font-size:10.5px} svg .tiny{font-size:9.5px}
        svg .strong{font-weight:600}
        svg .quiet{fill:var(--quiet)}
        svg .good{fill:var(--good)} svg .fair{fill:var(--fair)} svg .bad{fill:var(--bad)}
        svg .h1{font-size:20px;font-weight:600} svg .h2{font-size:14px;font-weight:600}
        svg .end{text-anchor:end} svg .middle{text-anchor:middle}
        svg .page{fill:var(--page)} svg .card{fill:var(--card)}
        svg .ram{fill:var(--ram)} svg .reserved{fill:var(--reserved)} svg .window{fill:var(--window)}
        svg .bar{fill:var(--bar)} svg .igd{fill:var(--igd)} svg .stolen{fill:var(--stolen)}
        svg .opregion{fill:var(--opregion)}
        svg .edge{stroke:var(--line);stroke-width:1}
        svg .wire{stroke:var(--line);stroke-width:1;fill:none}
        svg .call{fill:var(--line);opacity:.28}
        svg .void{fill:var(--page);stroke:var(--line);stroke-dasharray:3 3}
        svg .dashed{stroke:var(--ink);stroke-dasharray:4 3}
        svg .ghost{fill:none;stroke:var(--quiet);stroke-dasharray:2 2;stroke-width:1.5}
        svg .ghost.possible{stroke:var(--link);stroke-dasharray:none}
        svg .lane{fill:var(--card)} svg .user{fill:var(--user)} svg .on{fill:var(--on)}
        svg .ground{paint-order:stroke;stroke:var(--page);stroke-width:4px;stroke-linejoin:round}
        svg .gone{fill:var(--gone)} svg .unmissed{fill:var(--unmissed)}

        """
}
