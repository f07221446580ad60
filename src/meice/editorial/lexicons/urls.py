"""The addresses of the lexicons, part of the room's."""

from django.urls import path

from meice.editorial.views import changes, lexicons, opinions, terms

patterns = [
    path("lexicons/", lexicons.lexicon_list, name="lexicon-list"),
    path("lexicons/new/", lexicons.lexicon_new, name="lexicon-new"),
    path("lexicons/<int:pk>/", lexicons.lexicon, name="lexicon"),
    path("lexicons/<int:pk>/add/", terms.term_new, name="term-new"),
    path("lexicons/<int:pk>/import/", changes.lexicon_import, name="lexicon-import"),
    path("lexicons/<int:pk>/template/", lexicons.lexicon_template, name="lexicon-template"),
    path("lexicons/<int:pk>/versions/", lexicons.lexicon_versions, name="lexicon-versions"),
    path(
        "lexicons/<int:pk>/versions/<int:number>/file/", lexicons.lexicon_file, name="lexicon-file"
    ),
    path("lexicons/<int:pk>/rollback/", lexicons.lexicon_rollback, name="lexicon-rollback"),
    path("lexicon-changes/<int:pk>/", changes.lexicon_change, name="lexicon-change"),
    path("lexicon-changes/<int:pk>/propose/", changes.change_propose, name="change-propose"),
    path("lexicon-changes/<int:pk>/approve/", changes.change_approve, name="change-approve"),
    path("lexicon-changes/<int:pk>/refuse/", changes.change_refuse, name="change-refuse"),
    path("lexicon-changes/<int:pk>/drop/", changes.change_drop, name="change-drop"),
    path("lexicon-changes/<int:pk>/undo/", changes.change_undo, name="change-undo"),
    path("terms/<int:pk>/", terms.term, name="term"),
    path("terms/<int:pk>/edit/", terms.term_edit, name="term-edit"),
    path("terms/<int:pk>/retire/", terms.term_retire, name="term-retire"),
    path("terms/vote/", opinions.term_vote, name="term-vote"),
    path("terms/review/", opinions.term_review, name="term-review"),
    path("terms/review/keep/", opinions.term_keep, name="term-keep"),
    path("terms/exceptions/", opinions.term_exceptions, name="term-exceptions"),
    path("terms/exceptions/<int:pk>/end/", opinions.term_exception_end, name="term-exception-end"),
]
