"""Documents, clauses, proofs, logins and devices, made by real acts when first asked for."""

from io import BytesIO

from tests.meice.compliance import scene
from tests.meice.compliance.scene import MONDAY, TODAY
from tests.meice.whole import things_registry as register

from meice.compliance import actions
from meice.compliance.actions import intakes
from meice.compliance.models import ItemKind
from meice.files.actions import keep_file
from meice.regulations import actions as regulations
from meice.regulations.cutting import cut_clauses
from meice.regulations.models import Document

PHONE = "13900000088"


def outlet(world):
    return world.thing("outlet near", register.near)


def far_outlet(world):
    return world.thing("outlet far", register.far)


def far_site(world):
    return world.thing("outlet far site", register.far_site)


def document(world):
    """Of the school, with its original and two clauses."""
    facts = regulations.DocumentFacts(
        f"新媒体管理办法{world.mark}", number=f"华园〔2026〕1号{world.mark}"[:80],
        note=f"说明{world.mark}",
    )  # fmt: skip
    file = keep_file(
        BytesIO(b"%PDF-1.4"), name="办法.pdf", by=world.cast.liang, purpose="regulation"
    )
    made = regulations.add_document(facts, by=world.cast.liang, at=MONDAY, file=file)
    cuts = cut_clauses(f"第一条 甲{world.mark}\n第二条 乙")
    regulations.add_clauses(made, cuts, by=world.cast.liang, at=MONDAY)
    return made


def shipped(world):
    regulations.ship_library(MONDAY)
    return Document.objects.get(key="notice")


def clause(world):
    return world.thing("regulation made", document).clauses.first()


def proved(world):
    """The outlet's review system, with its proof."""
    file = keep_file(BytesIO(b"%PDF-1.4"), name="制度.pdf", by=world.cast.he, purpose="compliance")
    facts = actions.ItemFacts("held", number=f"数信〔2026〕2号{world.mark}", note=f"注{world.mark}")
    found = outlet(world)
    actions.record_item(found, ItemKind.REVIEW, facts, by=world.cast.he, at=MONDAY, file=file)
    return found


def _custody(world, of, by):
    facts = actions.CustodyFacts(
        f"管理员{world.mark}"[:80], holder=by, rotated_on=TODAY, note=f"备注{world.mark}",
        recovery_name="郑国强", recovery_phone=PHONE,
    )  # fmt: skip
    return actions.add_custody(of, facts, by=by, at=MONDAY)


def custody(world):
    return _custody(world, outlet(world), world.cast.he)


def far_custody(world):
    return _custody(world, far_outlet(world), world.cast.su)


def _device(world, unit, by):
    number = f"HY-{len(world.made)}"
    facts = actions.DeviceFacts(
        number, f"联想{world.mark}", "desktop", f"审核{world.mark}", by, note=f"备注{world.mark}"
    )
    return actions.add_device(unit, facts, by=by, at=MONDAY)


def device(world):
    made = _device(world, world.cast.maths, world.cast.he)
    faulty = scene.answers(software=False)
    actions.check_device(
        made, faulty, on=TODAY, note=f"装了游戏{world.mark}", by=world.cast.he, at=MONDAY
    )
    return made


def far_device(world):
    return _device(world, world.cast.garden, world.cast.su)


def retired(world):
    made = _device(world, world.cast.maths, world.cast.he)
    return actions.retire_device(made, reason=f"退库{world.mark}", by=world.cast.he, at=MONDAY)


def intake(world):
    """A list with a good row and a bad one."""
    content = scene.a_list(
        (f"N-{len(world.made)}", f"机{world.mark}", "", "", "何嘉敏", ""),
        ("", f"坏{world.mark}", "", "", "", ""),
    )
    return intakes.create_intake(
        content, name="清单.xlsx", unit=world.cast.maths, by=world.cast.he, at=MONDAY
    )


DOCUMENTS = {"made": document, "shipped": shipped}
FILES = {"near": proved, "far": far_outlet, "far site": far_site}
CUSTODIES = {"near": custody, "far": far_custody}
DEVICES = {"near": device, "far": far_device, "retired": retired}
INTAKES = {"read": intake}
