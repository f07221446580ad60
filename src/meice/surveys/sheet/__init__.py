"""The sheet editor of a submission (design.md 8): what a cell takes, what is wrong with it, what
differs from the register, and the operations that the browser or a form sends.

`columns` the typed columns · `values` one cell's text · `scan` the whole submission checked and
compared (with `surveys.rows`) · `operations` merge by cell · `page` what the script is told ·
`rowform` one row by a plain form · `policies` may she write.
"""
