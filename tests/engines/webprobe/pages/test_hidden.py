"""What is kept from the eye: each way of domain.md 5.8, and honest markup that looks like one."""

from datetime import date

import pytest

from meice.engines.webprobe.pages import Concealment, Page, Where, read_page

TODAY = date(2026, 11, 22)
BAD = "http://www.bocai-example.com/"
LINK = f'<a href="{BAD}">时时彩</a>'


def read(body: str, url: str = "http://x.huayuan.edu.cn/") -> Page:
    html = f"<html><head><meta charset=utf-8></head><body><p>学院主页</p>{body}</body></html>"
    return read_page(url, {}, html.encode(), now=TODAY)


WAYS = {
    f'<div style="display:none">{LINK}</div>': Concealment.DISPLAY_NONE,
    f"<DIV STYLE='DISPLAY : NONE;color:red'>{LINK}</DIV>": Concealment.DISPLAY_NONE,
    f'<p style="visibility:hidden">{LINK}</p>': Concealment.VISIBILITY,
    f'<p style="opacity:0">{LINK}</p>': Concealment.OPACITY,
    f'<p style="opacity: 0.0; ">{LINK}</p>': Concealment.OPACITY,
    f"<div hidden>{LINK}</div>": Concealment.ATTRIBUTE,
    f'<div style="font-size:0">{LINK}</div>': Concealment.TINY_FONT,
    f'<div style="font-size:1px">{LINK}</div>': Concealment.TINY_FONT,
    f'<div style="position:absolute;left:-9999px">{LINK}</div>': Concealment.OFF_SCREEN,
    f'<div style="position:fixed;top:-1000px">{LINK}</div>': Concealment.OFF_SCREEN,
    f'<div style="text-indent:-9999px">{LINK}</div>': Concealment.OFF_SCREEN,
    f'<div style="margin-left:-9999px">{LINK}</div>': Concealment.OFF_SCREEN,
    f'<div style="position:absolute;clip:rect(0,0,0,0)">{LINK}</div>': Concealment.CLIPPED,
    f'<div style="height:0;overflow:hidden">{LINK}</div>': Concealment.ZERO_SIZE,
    f'<div style="width:1px;height:1px;overflow:hidden">{LINK}</div>': Concealment.ZERO_SIZE,
    f'<div style="color:#fff;background:#FFFFFF">{LINK}</div>': Concealment.SAME_COLOUR,
    f'<td bgcolor="#ffffff"><font color="white">{LINK}</font></td>': Concealment.SAME_COLOUR,
    f'<div style="background-color:rgb(255,255,255)"><b style="color:#fff">{LINK}</b></div>': (
        Concealment.SAME_COLOUR
    ),
    f'<marquee width="1" height="1">{LINK}</marquee>': Concealment.MARQUEE,
    f'<marquee height=20 scrollamount="9999">{LINK}</marquee>': Concealment.MARQUEE,
    f"<noscript>{LINK}</noscript>": Concealment.NOSCRIPT,
    f"<style>.q{{font-size:0}}</style><div class=q>{LINK}</div>": Concealment.TINY_FONT,
    f"<style>#q,.r{{position:absolute;left:-5000px}}</style><div id=q>{LINK}</div>": (
        Concealment.OFF_SCREEN
    ),
    "<script>document.write('<div style=\"display:none\">');</script>"
    + LINK
    + "<script>document.write('</div>');</script>": Concealment.SCRIPTED,
    f'<div id="l1">{LINK}</div><script>document.getElementById("l1").style.display="none";</script>': (
        Concealment.SCRIPTED
    ),
}


@pytest.mark.parametrize("body", sorted(WAYS))
def test_a_hidden_link_is_found_with_the_way_it_is_hidden(body: str):
    page = read(f"<table><tr>{body}</tr></table>" if body.startswith("<td") else body)
    (hidden,) = page.hidden
    assert hidden.how is WAYS[body]
    assert [link.url for link in hidden.outbound] == [BAD]
    assert [link.hidden_by for link in page.links if link.where is Where.A] == [WAYS[body]]
    assert page.text == "学院主页"
    assert hidden.text == "时时彩"
    assert hidden.markup


HONEST = [
    f'<div style="display:block">{LINK}</div>',
    f'<div style="margin-left:-500px;left:50%">{LINK}</div>',
    f'<div style="font-size:12px;opacity:0.5">{LINK}</div>',
    f'<div style="line-height:0;height:auto;overflow:hidden">{LINK}</div>',
    f'<div style="height:100px;overflow:hidden">{LINK}</div>',
    f'<div style="color:#fff;background:#c00">{LINK}</div>',
    f'<font color="#ffffff">{LINK}</font>',  # white on what the style sheet makes dark
    f'<marquee width="300" height="20">{LINK}</marquee>',
    f"<style>.menu{{display:none}}</style><ul class=menu><li>{LINK}</li></ul>",
    "<noscript><img src=/stat.gif></noscript>" + LINK,
    f"<script>document.write('<p>欢迎</p>')</script>{LINK}",
]


@pytest.mark.parametrize("body", HONEST)
def test_a_link_that_is_shown_is_not_called_hidden(body: str):
    page = read(body)
    assert page.hidden == ()
    assert "时时彩" in page.text


def test_links_written_after_the_end_of_the_page():
    html = f"<html><body><p>主页</p></body></html>\n<div>{LINK}</div>"
    page = read_page("http://x.huayuan.edu.cn/", {}, html.encode(), now=TODAY)
    (hidden,) = page.hidden
    assert (hidden.how, [link.url for link in hidden.outbound]) == (Concealment.AFTER_END, [BAD])


def test_a_frame_without_size_is_hidden():
    page = read(f'<iframe src="{BAD}" width="0" height="0"></iframe>')
    assert [(link.where, link.hidden_by) for link in page.links] == [
        (Where.FRAME, Concealment.ZERO_SIZE)
    ]


def test_links_to_the_own_domain_are_not_outbound():
    page = read('<ul style="display:none"><li><a href="http://jwc.huayuan.edu.cn/">教务处</a></ul>')
    (hidden,) = page.hidden
    assert (len(hidden.links), hidden.outbound) == (1, ())


def test_only_the_outermost_hidden_element_is_told():
    body = f'<div style="display:none"><p style="font-size:0">{LINK}</p></div>'
    assert [hidden.how for hidden in read(body).hidden] == [Concealment.DISPLAY_NONE]
