import pytest

from meice.kernel.slots import NavGroup, NavItem, Slot, _navigation_order


def item(group: NavGroup, label: str, order: int) -> NavItem:
    return NavItem(group, label, "home", "home", order, visible=bool)


def test_navigation_follows_the_order_of_work() -> None:
    slot: Slot[NavItem] = Slot(_navigation_order)
    for group, label, order in [
        (NavGroup.SYSTEM, "运行状态", 10),
        (NavGroup.REGISTER, "单位人员", 30),
        (NavGroup.HOME, "工作台", 10),
        (NavGroup.REGISTER, "账号网站", 10),
    ]:
        slot.register(item(group, label, order))
    assert [entry.label for entry in slot] == ["工作台", "账号网站", "单位人员", "运行状态"]


def test_the_same_item_is_not_registered_twice() -> None:
    slot: Slot[str] = Slot()
    slot.register("a")
    with pytest.raises(ValueError, match="twice"):
        slot.register("a")
    assert list(slot) == ["a"]
