"""One check a file. Page checks see a page as it comes, site checks the site at its end.

To add a check: a file here, its code in ``findings``, its severity and source in the rule sets,
its line in one of the tables below.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType

from meice.engines.webprobe.checks import (
    backup_exposed,
    blank_column,
    cloaking,
    dead_link,
    gambling_text,
    header_missing,
    hidden_link,
    hijacked_domain,
    http_only,
    icp_format,
    icp_missing,
    listing_exposed,
    mixed_content,
    off_campus,
    personal_data,
    police_record_missing,
    secret_mark,
    slow,
    soft_404,
    stale_column,
    stale_home,
    tampered,
    tls_chain,
    tls_expired,
    tls_expiring,
    tls_name,
    tls_old,
)
from meice.engines.webprobe.checks.prints import Fingerprint, fingerprint
from meice.engines.webprobe.checks.site import (
    Campus,
    DeadLink,
    Document,
    Home,
    Known,
    Neighbour,
    Reading,
    Site,
    Stray,
    View,
    ViewPair,
)
from meice.engines.webprobe.checks.unreachable import (
    Attempt,
    Reachability,
    measure,
    opened,
    unreachable,
)
from meice.engines.webprobe.findings import Code, Finding
from meice.engines.webprobe.rules.model import RuleSet

PageCheck = Callable[[Reading, RuleSet, datetime], Iterator[Finding]]
DocumentCheck = Callable[[Document, RuleSet, datetime], Iterator[Finding]]
SiteCheck = Callable[[Site, RuleSet, datetime], Iterator[Finding]]

PAGE_CHECKS: Mapping[Code, PageCheck] = MappingProxyType(
    {
        Code.SOFT_404: soft_404.check_page,
        Code.CLOAKING: cloaking.check_page,
        Code.MIXED_CONTENT: mixed_content.check,
        Code.PERSONAL_DATA: personal_data.check,
        Code.SECRET_MARK: secret_mark.check,
        Code.HIDDEN_LINK: hidden_link.check,
        Code.GAMBLING_TEXT: gambling_text.check,
        Code.LISTING_EXPOSED: listing_exposed.check,
    }
)
DOCUMENT_CHECKS: Mapping[Code, DocumentCheck] = MappingProxyType(
    {
        Code.PERSONAL_DATA: personal_data.check_document,
        Code.SECRET_MARK: secret_mark.check_document,
    }
)
SITE_CHECKS: Mapping[Code, SiteCheck] = MappingProxyType(
    {
        Code.SLOW: slow.check,
        Code.STALE_HOME: stale_home.check,
        Code.STALE_COLUMN: stale_column.check,
        Code.BLANK_COLUMN: blank_column.check,
        Code.DEAD_LINK: dead_link.check,
        Code.SOFT_404: soft_404.check,
        Code.TLS_EXPIRED: tls_expired.check,
        Code.TLS_EXPIRING: tls_expiring.check,
        Code.TLS_NAME: tls_name.check,
        Code.TLS_CHAIN: tls_chain.check,
        Code.TLS_OLD: tls_old.check,
        Code.HTTP_ONLY: http_only.check,
        Code.HEADER_MISSING: header_missing.check,
        Code.ICP_MISSING: icp_missing.check,
        Code.ICP_FORMAT: icp_format.check,
        Code.POLICE_RECORD_MISSING: police_record_missing.check,
        Code.CLOAKING: cloaking.check,
        Code.HIJACKED_DOMAIN: hijacked_domain.check,
        Code.BACKUP_EXPOSED: backup_exposed.check,
        Code.OFF_CAMPUS: off_campus.check,
        Code.TAMPERED: tampered.check,
    }
)


def check_page(reading: Reading, rules: RuleSet, now: datetime) -> Iterator[Finding]:
    """The findings of one page by the checks that the rule set asks for."""
    for code, check in PAGE_CHECKS.items():
        if rules.wants(code):
            yield from check(reading, rules, now)


def check_document(document: Document, rules: RuleSet, now: datetime) -> Iterator[Finding]:
    """The findings of one attachment."""
    for code, check in DOCUMENT_CHECKS.items():
        if rules.wants(code):
            yield from check(document, rules, now)


def check_site(site: Site, rules: RuleSet, now: datetime) -> Iterator[Finding]:
    """The findings of the site as a whole."""
    for code, check in SITE_CHECKS.items():
        if rules.wants(code):
            yield from check(site, rules, now)


__all__ = [
    "DOCUMENT_CHECKS", "PAGE_CHECKS", "SITE_CHECKS", "Attempt", "Campus", "DeadLink", "Document",
    "DocumentCheck", "Fingerprint", "Home", "Known", "Neighbour", "PageCheck", "Reachability",
    "Reading", "Site", "SiteCheck", "Stray", "View", "ViewPair", "check_document", "check_page",
    "check_site", "fingerprint", "measure", "opened", "unreachable",
]  # fmt: skip
