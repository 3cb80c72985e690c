/// What a page looks like, besides its drawings.
enum PageStyle {
    static let page: StaticString = """
        *{box-sizing:border-box}
        [hidden]{display:none !important}
        html{color-scheme:light dark}
        :root.light{color-scheme:light} :root.dark{color-scheme:dark}
        body{margin:0 auto;max-width:1280px;padding:12px;background:var(--page);color:var(--ink);
        font:15px/1.5 system-ui,-apple-system,"Segoe UI","DejaVu Sans",sans-serif;overflow-wrap:anywhere}
        h1{font-size:26px;line-height:1.2;margin:8px 0}
        h2{font-size:19px;margin:32px 0 8px;border-bottom:1px solid var(--line);padding-bottom:4px}
        h3{font-size:16px;margin:16px 0 4px}
        p{margin:4px 0}
        code,.mono{font:13px ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace}
        .quiet{color:var(--quiet)} .good{color:var(--good)} .fair{color:var(--fair)} .bad{color:var(--bad)}
        .verdict{font-size:17px;font-weight:600;margin:10px 0}
        button,input[type=search]{font:inherit;color:inherit;background:var(--card);border:1px solid var(--quiet);
        border-radius:6px;padding:4px 10px}
        #theme{float:right}
        a{color:var(--link)}
        :focus-visible{outline:3px solid var(--link);outline-offset:2px}
        dl{display:grid;grid-template-columns:auto 1fr;gap:2px 14px;margin:6px 0}
        dt{color:var(--quiet)} dd{margin:0}
        ul.plain{list-style:none;padding:0;margin:4px 0} ul.plain li{margin:4px 0}
        table{border-collapse:collapse;width:100%;font-size:14px}
        th,td{text-align:left;vertical-align:top;padding:4px 10px 4px 0;border-bottom:1px solid var(--line)}
        th{color:var(--quiet);font-weight:600}
        details{margin:8px 0} summary{cursor:pointer;color:var(--link)}
        .badge{display:inline-block;border:1px solid currentColor;border-radius:9px;padding:0 8px;font-size:12.5px}
        .scroll{overflow-x:auto}
        .maps{display:flex;flex-wrap:wrap;gap:12px 28px;align-items:flex-start}
        .map{flex:none;width:376px;max-width:100%}
        .map svg{display:block}
        .beside{flex:1 1 320px;min-width:0}
        .picker{display:grid;grid-template-columns:minmax(300px,420px) minmax(0,1fr);gap:24px;align-items:start}
        fieldset{border:1px solid var(--line);border-radius:8px;margin:0;padding:8px 12px;min-width:0}
        legend{font-weight:600;padding:0 6px}
        .choice{display:grid;grid-template-columns:auto 2.2em minmax(0,1fr) auto;gap:6px;align-items:baseline;
        padding:3px 4px;border-radius:6px;cursor:pointer}
        .choice:hover{background:var(--card)}
        .choice:has(:checked){background:var(--user)}
        .panel{min-width:0}
        .compared{display:grid;grid-template-columns:minmax(0,1fr) 376px;gap:16px;align-items:start}
        .compared .shown{position:sticky;top:8px;max-height:calc(100vh - 16px);overflow:auto}
        .compared .beside{flex-basis:100%} .compared .tables{min-width:0;overflow-x:auto}
        @supports selector(:has(a)){.panel{display:none}}
        .tree ul{list-style:none;margin:0;padding-left:22px;border-left:1px solid var(--line)}
        .tree>ul{padding-left:0;border:0}
        .tree li{margin:5px 0}
        .tree .place{display:inline-block;font:13px ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace;
        background:var(--bar);border-radius:4px;padding:0 6px}
        .tree .bridge{background:var(--window)} .tree .graphics{background:var(--igd)}
        .tree .ranges{color:var(--quiet);font-size:13.5px;display:flex;flex-wrap:wrap;gap:0 16px}
        .problem{border-left:5px solid var(--line);padding:2px 0 2px 14px;margin:14px 0}
        .problem.fails{border-color:var(--gone)} .problem.degraded{border-color:var(--fair)}
        .filters{display:flex;flex-wrap:wrap;gap:8px 20px;align-items:center;margin:8px 0}
        .key{display:flex;flex-wrap:wrap;gap:4px 16px;font-size:13px;color:var(--quiet);margin:8px 0}
        .key i{display:inline-block;width:14px;height:14px;border:1px solid var(--line);margin-right:5px;vertical-align:-2px}
        .matrix{font-size:12.5px;overflow-wrap:normal} .matrix th{font-size:12px} .matrix th,.matrix td{padding-right:6px} .matrix td,.matrix th[scope=row]{white-space:nowrap} .matrix td[data-level]{font-weight:600}
        .matrix td[data-level=works]{color:var(--good)} .matrix td[data-level=degraded]{color:var(--fair)}
        .matrix td[data-level=fails]{color:var(--bad)}
        .matrix tr:has(:checked) td,.matrix tr:has(:checked) th{background:var(--user)}
        .matrix .own{background:var(--card)}
        .matrix th[scope=row] label{display:flex;gap:6px;align-items:baseline;cursor:pointer;color:var(--link)}
        .matrix th[scope=row] span{text-decoration:underline}
        body:has(#own:checked) .other{display:none}
        body:has(#hide-fails:checked) tr.own-fails{display:none}
        body:has(#hide-rejected:checked) .rejected{display:none}
        #facts{position:fixed;left:12px;right:12px;bottom:12px;max-width:760px;margin:auto;padding:8px 14px;
        background:var(--card);border:1px solid var(--quiet);border-radius:8px;white-space:pre-line}
        #facts:empty{display:none}
        svg .narrow{display:none}
        [data-choice]{cursor:pointer}
        @media (max-width:1100px){.compared{grid-template-columns:minmax(0,1fr)}
        .compared .shown{position:static;max-height:none}}
        @media (max-width:860px){.picker{grid-template-columns:minmax(0,1fr)}
        .picker fieldset{max-height:19rem;overflow:auto}}
        @media (max-width:700px){svg .wide{display:none} svg .narrow{display:inline}
        .matrix,.matrix tbody,.matrix tr,.matrix td,.matrix th{display:block}
        .matrix thead{position:absolute;left:-9999px}
        .matrix td,.matrix th{border:0;padding:1px 0;white-space:normal}
        .matrix tr{border-bottom:1px solid var(--line);padding:6px 0}
        .matrix td::before{content:attr(data-label) ": ";color:var(--quiet);font-weight:400}}
        @media print{body{max-width:none;font-size:11px} button,.filters,#facts{display:none}
        .picker,.compared{display:block} .compared .shown{max-height:none} .picker fieldset{max-height:none;overflow:visible}
        section,.panel,svg{break-inside:avoid} *{print-color-adjust:exact;-webkit-print-color-adjust:exact}}

        """
}
