"""The style of the picture: colours that differ clearly, in light and dark mode (Art. 9)."""

STYLE = """\
<style>
.pa{max-width:100%;height:auto}
.pa text{font:13px system-ui,"Segoe UI","Noto Sans","DejaVu Sans",sans-serif;fill:#1c2733}
.pa .pa-card{fill:#fff;stroke:#d5dce3}
.pa .pa-head{font-size:18px;font-weight:600}
.pa .pa-day{font-weight:500}
.pa .pa-muted{fill:#55636f}
.pa .pa-hour{fill:#55636f;font-size:11px;text-anchor:middle}
.pa .pa-grid{stroke:#e6ebf0}
.pa .pa-open{fill:#d3e2f2}
.pa .pa-counted{fill:#1c66a6}
.pa .pa-amount{fill:#fff;font-size:12px;text-anchor:middle}
.pa .pa-off{fill:#f3efe6;stroke:#e2dbca}
.pa .pa-fold{fill:#e9eff5}
.pa .pa-why,.pa .pa-note{font-size:12px;fill:#55636f}
.pa .pa-note,.pa text.pa-received,.pa text.pa-due{paint-order:stroke;stroke:#fff;stroke-width:4px}
.pa .pa-worked-day{font-weight:600;fill:#24704a}
.pa .pa-received,.pa .pa-handed{fill:#24704a;font-size:12px}
.pa .pa-due{fill:#b3261e;font-size:12px;font-weight:600}
.pa .pa-received-line{stroke:#24704a;stroke-width:1.5}
.pa .pa-due-line{stroke:#b3261e;stroke-width:1.5}
.pa .pa-doubt{fill:#8a5a00;text-anchor:end;font-weight:600}
.pa .pa-start{text-anchor:start}
.pa .pa-end{text-anchor:end}
@media (prefers-color-scheme:dark){
.pa text{fill:#e6edf3}
.pa .pa-card{fill:#151b22;stroke:#2c3640}
.pa .pa-muted,.pa .pa-hour,.pa .pa-why,.pa .pa-note{fill:#a3b1be}
.pa .pa-grid{stroke:#26303a}
.pa .pa-open{fill:#2a425c}
.pa .pa-counted{fill:#62adea}
.pa .pa-amount{fill:#0b1622}
.pa .pa-off{fill:#2a2b28;stroke:#45463f}
.pa .pa-note,.pa text.pa-received,.pa text.pa-due{stroke:#151b22}
.pa .pa-fold{fill:#1f2a35}
.pa .pa-worked-day,.pa .pa-received,.pa .pa-handed{fill:#7ddba3}
.pa .pa-due{fill:#ff9a90}
.pa .pa-received-line{stroke:#7ddba3}
.pa .pa-due-line{stroke:#ff9a90}
.pa .pa-doubt{fill:#f0b95b}
}
</style>"""
