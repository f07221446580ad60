"""The sheet editor of a submission (design.md 8): what a cell takes, what is wrong with it, what
differs from the register, and the operations that the browser or a form sends.

`columns` the typed columns · `values` one cell's text · `checking` the engine's checks on typed rows ·
`register` differences to the ledger · `operations` merge by cell · `page` what the page shows.
"""
