"""Streets on a map in a real browser: what is clicked opens, a hole stays open, a phone fits."""

MAP = ".kind-map"
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
    page.locator(f"{MAP} .js-plotly-plot .main-svg").first.wait_for()
    page.locator(MAP).scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('.kind-map .js-plotly-plot .nsewdrag')")


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
    shown(page, "/topic/elderly?area=990101")
    page.locator(MAP).get_by_role("link", name="方块图").click()
    page.wait_for_url("**shape=tiles*")
    page.locator(f"{MAP} .subtitle", has_text="大致方位").wait_for()
    click(page, "990101001")
    page.wait_for_url("**/street/990101001*")


def test_a_phone_shows_every_name_of_a_map_and_nothing_wider_than_itself(page, accessibility):
    page.set_viewport_size({"width": 390, "height": 844})
    shown(page, "/topic/elderly?area=370113&lang=en")
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 390
