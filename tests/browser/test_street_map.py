"""Streets on a map in a real browser: what is clicked opens, a hole stays open, a phone fits."""

import io

from PIL import Image
from test_maps import STREETS, of_streets, square, street_map

from dashboard.charts.plotly.figures import figure
from dashboard.charts.plotly.theme import SCREEN

MAP = ".kind-map"
DRAWN = """async (figure) => {
  const box = document.createElement('div');
  box.id = 'alone';
  box.style = 'position:fixed;inset:0;background:#fff;z-index:99999';
  document.body.append(box);
  await window.Plotly.newPlot(box, figure.data, {...figure.layout, width: 390, height: 500});
}"""
LOOKED_AT = """() => {
  const graph = document.getElementById('alone');
  const plot = graph.querySelector('.nsewdrag').getBoundingClientRect();
  const {xaxis, yaxis} = graph._fullLayout;
  const at = (x, y) => [plot.left + xaxis.c2p(x), plot.top + yaxis.c2p(y)];
  return {hole: at(2, 2), around: at(3.5, 0.3), away: [4, 496]};
}"""
# Where a point of a map lies on the screen, and which street a shape of it is.
PLACE = """([key]) => {
  const graph = document.querySelector('.kind-map .js-plotly-plot');
  const trace = graph.data.find((one) => one.meta && one.meta[1] === key);
  const at = graph.data.findIndex((one) => one.mode === 'text');
  const plot = graph.querySelector('.nsewdrag').getBoundingClientRect();
  const mean = (list) => (Math.min(...list) + Math.max(...list)) / 2;
  const {xaxis, yaxis} = graph._fullLayout;
  const x = mean(trace.x.filter((one) => one !== null));
  const y = mean(trace.y.filter((one) => one !== null));
  return [plot.left + xaxis.c2p(x), plot.top + yaxis.c2p(y)];
}"""


def shown(page, address):
    page.goto(address)
    page.locator("#more-charts > summary").click()  # the map is among the folded charts
    page.locator(f"{MAP} .js-plotly-plot .main-svg").first.wait_for()
    page.locator(MAP).scroll_into_view_if_needed()
    page.wait_for_function("() => document.querySelector('.kind-map .js-plotly-plot .nsewdrag')")


def click(page, key):
    page.mouse.move(*page.evaluate(PLACE, [key]))
    page.wait_for_timeout(200)
    page.mouse.click(*page.evaluate(PLACE, [key]))


def test_a_click_on_an_outline_or_a_tile_opens_that_street(page):
    shown(page, "/topic/elderly?area=990101")
    page.mouse.move(*page.evaluate(PLACE, ["990101006"]))
    page.locator(f"{MAP} .hoverlayer", has_text="临河镇").wait_for()
    click(page, "990101006")
    page.wait_for_url("**/street/990101006*")
    page.locator("main h1", has_text="临河镇").wait_for()
    assert page.locator("main h1").count() == 1
    shown(page, "/topic/elderly?area=990101")
    page.locator(MAP).get_by_role("link", name="方块图").click()
    page.wait_for_url("**shape=tiles*")
    page.locator(f"{MAP} .subtitle", has_text="大致方位").wait_for()
    click(page, "990101001")
    page.wait_for_url("**/street/990101001*")
    page.locator("main h1", has_text="东湖街道").wait_for()


def test_a_phone_shows_every_name_and_a_hole_shows_the_ground(page, accessibility):
    page.set_viewport_size({"width": 390, "height": 844})
    shown(page, "/topic/elderly?area=990101&lang=en&shape=tiles")
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 390
    assert accessibility() == []
    names = page.locator(f"{MAP} .js-plotly-plot .scatterlayer text").all_text_contents()
    assert len(names) == 12 and all("Town" in name or "Subdistrict" in name for name in names)
    page.evaluate(DRAWN, figure(with_a_hole()))
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    colours = {
        place: "#{:02x}{:02x}{:02x}".format(*picture.getpixel(tuple(map(round, at))))
        for place, at in page.evaluate(LOOKED_AT).items()
    }
    assert colours == {
        "hole": SCREEN.background,
        "around": SCREEN.sequential[2],
        "away": SCREEN.background,
    }


def with_a_hole():
    """One street of the demo district around nothing."""
    chart = street_map(of_streets([7]), outlines={STREETS[0]: square(0, 0, 4, hole=(1, 1, 2))})
    drawn = chart.map.shapes[chart.keys.index(STREETS[0])]
    assert len(drawn.rings) == 2
    return chart
