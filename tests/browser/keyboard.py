"""A person who has a keyboard only: Tab, arrows, Space, Enter, Escape, letters."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.browser.visit import Visit

_MOST_STOPS = 200
_STEPS_IN_ONE = 8
"""How often Tab may stay on one control: a day has a part for each of its numbers."""
_STEPS_IN_A_FRAME = 60
"""How often within a document that is shown: its viewer has controls of its own."""
_MOMENTS = 200
"""How many tenths of a second the page has to bring on screen what has the focus."""

_LOOKS = """
    const looks = (control) => [control, ...(control.labels ?? [])].flatMap((each) =>
        ['', '::before', '::after'].map((part) => {
            const style = getComputedStyle(each, part || null);
            return [style.outlineStyle === 'none' ? '' : style.outline, style.boxShadow,
                style.backgroundColor, style.borderColor, style.opacity, style.clipPath].join();
        })).join('|');
"""
_STOP = f"""() => {{
    {_LOOKS}
    const before = window.lastStop;
    const control = document.activeElement;
    const isSame = before?.control === control;
    const isPage = (each) => each === document.body;
    // What has the focus within a document that is shown is shown by its viewer.
    const isElsewhere = (each) => isPage(each) || each.tagName === 'IFRAME';
    const wasSeen = !before || isSame || isElsewhere(before.control)
        || before.looks !== looks(before.control);
    const place = control.getBoundingClientRect();
    window.lastStop = {{ control, looks: looks(control) }};
    return {{
        control: `${{control.tagName}} ${{control.id || control.textContent.trim().slice(0, 40)}}`,
        isPage: isPage(control),
        isSame,
        unseen: wasSeen ? '' : before.control.outerHTML.slice(0, 120),
        isOnScreen: place.bottom > 0 && place.top < window.innerHeight
            && place.right > 0 && place.left < window.innerWidth,
    }};
}}"""


class Keyboard:
    """The keyboard of a visit. At every stop of Tab the focus is seen, and can go on."""

    def __init__(self, at: Visit) -> None:
        self.at = at

    def press(self, key: str) -> None:
        self.at.page.keyboard.press(key)

    def write(self, text: str) -> None:
        """Writes into the control that has the focus, in place of what stands there."""
        self.press("Control+A")
        self.at.page.keyboard.type(text)

    def has(self, wanted: Locator) -> bool:
        """Whether the focus is there."""
        return bool(wanted.first.evaluate("control => control === document.activeElement"))

    def reach(self, wanted: Locator) -> None:
        """Goes on with Tab until the focus is there."""
        wanted.first.wait_for()
        stayed = 0
        for _ in range(_MOST_STOPS):
            if self.has(wanted):
                return
            self.press("Tab")
            stop = self.at.page.evaluate(_STOP)
            stayed = stayed + 1 if stop["isSame"] else 0
            most = _STEPS_IN_A_FRAME if stop["control"].startswith("IFRAME") else _STEPS_IN_ONE
            assert stayed < most, f"Tab does not leave {stop['control']}"
            assert not stop["unseen"], f"the focus was not to be seen at {stop['unseen']}"
            for _ in range(_MOMENTS):  # a document that is shown scrolls when its viewer says so
                if stop["isPage"] or stop["isOnScreen"]:
                    break
                self.at.page.wait_for_timeout(100)
                stop = self.at.page.evaluate(_STOP)
            else:
                raise AssertionError(f"the focus left at {stop['control']}")
        raise AssertionError(f"{wanted} can't be reached with the Tab key")

    def enter(self, wanted: Locator) -> None:
        """Goes to a link or a button, and presses Enter."""
        self.reach(wanted)
        self.press("Enter")

    def choose(self, choice: Locator, value: str) -> None:
        """Goes to a list, and down to a value."""
        self.reach(choice)
        for _ in range(_MOST_STOPS):
            if choice.input_value() == value:
                self.at.settle()
                return
            self.press("ArrowDown")
        raise AssertionError(f"{choice} never came to {value}")

    def search(self, choice: Locator, text: str, value: str) -> None:
        """Goes to the search above a long list, writes there, and takes what it leaves."""
        name = choice.get_attribute("id")
        self.reach(self.at.page.locator(f"[data-filters='{name}']"))
        self.at.page.keyboard.type(text)
        self.press("Enter")
        expect(choice).to_be_focused()
        self.choose(choice, value)

    def mark(self, buttons: Locator, value: str) -> None:
        """Goes to a group of radio buttons, and with the arrows to a value."""
        wanted = buttons.and_(self.at.page.locator(f"[value='{value}']"))
        group = buttons.and_(self.at.page.locator(":checked"))
        self.reach(group if group.count() else buttons)
        if not wanted.is_checked():
            self.press("Space")
        for _ in range(buttons.count()):
            if wanted.is_checked():
                self.at.settle()
                return
            self.press("ArrowDown")
        raise AssertionError(f"{buttons} never came to {value}")
