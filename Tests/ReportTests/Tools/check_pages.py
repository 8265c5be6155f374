"""Nu HTML checker, axe-core, content policy, script, sizes and loading times of a report; see check-pages.sh."""

import html
import json
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

POLICY = "default-src 'none'; img-src 'self'; style-src 'self'; sandbox"
AXE_RUN = """
<script src="axe.min.js"></script>
<script>
addEventListener("load", () => {
  for (const image of document.images) { image.loading = "eager"; }
  // What is closed is not checked.
  for (const details of document.querySelectorAll("details")) { details.open = true; }
  // Measured before the result replaces the page: nothing may stick out sideways.
  const overflow = document.documentElement.scrollWidth - innerWidth;
  axe.run(document, { resultTypes: ["violations"] }).then(result => {
    const lines = result.violations.flatMap(rule => rule.nodes.map(node =>
      rule.id + " (" + rule.impact + "): " + node.target.join(" ") + " " +
      (node.any[0] || node.all[0] || node.none[0] || {message: ""}).message));
    const list = document.createElement("pre");
    list.id = "axe-result";
    list.textContent = JSON.stringify({
      scheme: matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light",
      width: innerWidth, overflow, lines: lines.slice(0, 20)});
    document.body.replaceChildren(list);
  });
});
</script>
"""


def chromium(browser, profile, *arguments):
    command = [
        browser, "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run",
        "--disable-extensions", "--disable-background-networking", f"--user-data-dir={profile}",
        *arguments,
    ]
    return subprocess.run(command, capture_output=True, text=True, timeout=120)


def check_html(report, cache):
    pages = sorted(str(page) for page in report.glob("*.html"))
    done = subprocess.run(
        ["java", "-jar", str(cache / "vnu.jar"), "--format", "json", *pages],
        capture_output=True, text=True)
    messages = json.loads(done.stderr or '{"messages": []}')["messages"]
    for message in messages[:40]:
        print(f"vnu: {pathlib.Path(message.get('url', '')).name}:{message.get('lastLine')}: "
              f"{message['type']} {message.get('subType', '')}: {message['message']}")
    print(f"vnu: {len(pages)} pages, {len(messages)} messages")
    return len(messages)


def kinds(report):
    """One page of each kind: gallery-2.html is like gallery-1.html."""
    found = {}
    for page in sorted(report.glob("*.html")):
        found.setdefault(re.sub(r"-\d+\.html$", "", page.name), page)
    return list(found.values())


def check_axe(report, cache, browser, pages):
    problems = 0
    runs = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder) / "report"
        shutil.copytree(report, copy)
        shutil.copy(cache / "axe.min.js", copy)
        for page in pages:
            text = page.read_text(encoding="utf-8").replace("</body>", AXE_RUN + "</body>")
            (copy / page.name).write_text(text, encoding="utf-8")
            # A window cannot be narrower than 500 pixels, but a frame can.
            frame = f'<iframe id="frame" width="320" height="4000" src="{page.name}"></iframe>'
            (copy / "narrow.html").write_text(
                "<!DOCTYPE html><title>narrow</title><body>" + frame + """<script>
                const timer = setInterval(() => {
                  const inner = document.getElementById("frame").contentDocument;
                  const result = inner && inner.getElementById("axe-result");
                  if (result) { clearInterval(timer); document.body.replaceChildren(result); }
                }, 100);
                </script>""", encoding="utf-8")
            for scheme, value in (("light", 1), ("dark", 0)):
                for width, target in ((1280, page.name), (320, "narrow.html")):
                    done = chromium(
                        browser, folder + "/profile", f"--window-size={max(width, 600)},2000",
                        f"--blink-settings=preferredColorScheme={value}",
                        "--allow-file-access-from-files", "--virtual-time-budget=60000",
                        "--dump-dom", (copy / target).as_uri())
                    match = re.search(r'<pre id="axe-result">(.*?)</pre>', done.stdout, re.S)
                    if not match:
                        print(f"axe: {page.name} {scheme} {width}: no result\n{done.stderr[-500:]}")
                        problems += 1
                        continue
                    result = json.loads(html.unescape(match.group(1)))
                    if result["scheme"] != scheme or abs(result["width"] - width) > 20:
                        print(f"axe: {page.name}: ran as {result['scheme']} {result['width']}, "
                              f"not {scheme} {width}")
                        problems += 1
                    if result["overflow"] > 0:
                        print(f"axe: {page.name} {scheme} {width}: "
                              f"wider than the window by {result['overflow']} px")
                        problems += 1
                    for line in result["lines"]:
                        print(f"axe: {page.name} {scheme} {width}: {line}")
                    problems += len(result["lines"])
                    runs += 1
    print(f"axe: {runs} runs on {len(pages)} pages, {problems} problems")
    return problems


def check_policy(report, browser, pages):
    """Each page under the strict policy of a CI server: the console must be silent."""
    import functools
    import http.server
    import threading

    class Handler(http.server.SimpleHTTPRequestHandler):
        def end_headers(self):
            self.send_header("Content-Security-Policy", POLICY)
            super().end_headers()

        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Handler, directory=str(report)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    problems = 0
    with tempfile.TemporaryDirectory() as folder:
        for page in pages:
            done = chromium(
                browser, folder + "/profile", "--enable-logging=stderr", "--v=0", "--dump-dom",
                f"http://127.0.0.1:{server.server_port}/{page.name}")
            lines = [line for line in done.stderr.splitlines() if ":CONSOLE" in line]
            lines = [line for line in lines if "favicon" not in line]
            if page.name.startswith("explore-"):
                # The one kind of page with a script, which the policy has to block, and says so.
                blocked = [line for line in lines if "Blocked script execution" in line]
                if len(blocked) != 1:
                    print(f"policy: {page.name}: the script was not blocked")
                    problems += 1
                lines = [line for line in lines if line not in blocked]
            for line in lines:
                print(f"policy: {page.name}: {line}")
            problems += len(lines)
            if "</main>" not in done.stdout:
                print(f"policy: {page.name}: not loaded")
                problems += 1
    server.shutdown()
    print(f"policy: {len(pages)} pages, {problems} problems")
    return problems


EXPLORE_RUN = """
<script>
addEventListener("load", () => {
  const failures = [];
  const body = document.querySelector("#explore tbody");
  const shown = () => Array.from(body.rows).filter(row => !row.hidden);
  const number = row => Number(row.cells[2].textContent.replace("\u2212", "-"));
  function expect(holds, what) { if (!holds) failures.push(what); }
  function press(key) {
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  }
  const all = shown().length;
  const button = document.querySelector('[aria-label="Sort by Δ"]');
  button.click();
  let numbers = shown().map(number).filter(value => !Number.isNaN(value));
  expect(numbers.every((value, i) => i === 0 || numbers[i - 1] <= value), "Δ does not ascend");
  button.click();
  numbers = shown().map(number).filter(value => !Number.isNaN(value));
  expect(numbers.every((value, i) => i === 0 || numbers[i - 1] >= value), "Δ does not descend");
  // In the recording's order the sample that is chosen on loading comes first, and has a next one.
  document.querySelector("#explore button.sort").click();
  const picture = document.querySelector(".viewer img");
  const first = picture.getAttribute("src");
  press("ArrowRight");
  const second = picture.getAttribute("src");
  press("ArrowLeft");
  expect(all < 2 || first !== second, "the right arrow changes nothing");
  expect(picture.getAttribute("src") === first, "the left arrow does not lead back");
  const kind = document.getElementById("explore-kind");
  kind.value = "down";
  kind.dispatchEvent(new Event("change"));
  expect(shown().every(row => number(row) < 0), "a row with Δ of 0 or more is shown");
  kind.value = "all";
  kind.dispatchEvent(new Event("change"));
  expect(shown().length === all, "rows are lost");
  const words = document.getElementById("explore-words");
  words.value = "no such class at all";
  words.dispatchEvent(new Event("input"));
  expect(shown().length === 0, "the filter lets through what does not match");
  const list = document.createElement("pre");
  list.id = "explore-result";
  list.textContent = JSON.stringify(failures);
  document.body.append(list);
});
</script>
"""


def check_explore(report, browser):
    """The script of the Explore pages does what it promises."""
    page = report / "explore-1.html"
    if not page.exists():
        return 0
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder) / "report"
        shutil.copytree(report, copy)
        text = page.read_text(encoding="utf-8").replace("</body>", EXPLORE_RUN + "</body>")
        (copy / page.name).write_text(text, encoding="utf-8")
        done = chromium(
            browser, folder + "/profile", "--virtual-time-budget=10000", "--dump-dom",
            (copy / page.name).as_uri())
    match = re.search(r'<pre id="explore-result">(.*?)</pre>', done.stdout, re.S)
    failures = json.loads(html.unescape(match.group(1))) if match else ["the script did not run"]
    for failure in failures:
        print(f"explore: {failure}")
    print(f"explore: {len(failures)} problems")
    return len(failures)


def check_sizes(report):
    """No file is larger than the report's specification allows."""
    first = next(report.glob("sheets/[0-9]*.png"), None)
    # A PNG file's width lies at byte 16. A sheet has six tiles in a row, with five gutters of two pixels.
    tile = (int.from_bytes(first.read_bytes()[16:20], "big") - 10) // 6 if first else 64
    sheet = 30_000 if tile <= 32 else 110_000
    budgets = [("index.html", 100_000), ("*.html", 200_000), ("style.css", 20_000), ("explore.js", 15_000)]
    if tile <= 64:
        budgets.append(("sheets/*.png", sheet))
    problems = 0
    for pattern, budget in budgets:
        for file in sorted(report.glob(pattern)):
            if file.stat().st_size > budget:
                print(f"sizes: {file.name}: {file.stat().st_size} bytes, at most {budget} allowed")
                problems += 1
    print(f"sizes: {problems} problems")
    return problems


def check_loading(report, browser):
    """Seconds that Chromium needs for a page beyond those for a blank one: median of five, taken in turns."""
    limits = {"index.html": 0.5, "gallery-1.html": 0.7}
    with tempfile.TemporaryDirectory() as folder:
        blank = pathlib.Path(folder) / "blank.html"
        blank.write_text("<!DOCTYPE html><html lang=en><title>blank</title><body>", encoding="utf-8")
        pages = {"blank.html": blank} | {name: report / name for name in limits}
        seconds = {name: [] for name in pages}
        # The first round fills caches.
        for turn in range(6):
            for name, page in pages.items():
                begun = time.monotonic()
                chromium(
                    browser, folder + "/profile", "--window-size=1280,2000",
                    f"--screenshot={folder}/page.png", page.as_uri())
                if turn > 0:
                    seconds[name].append(time.monotonic() - begun)
    medians = {name: statistics.median(times) for name, times in seconds.items()}
    problems = 0
    for name, limit in limits.items():
        beyond = medians[name] - medians["blank.html"]
        print(f"loading: {name}: {beyond:.2f} s beyond a blank page's {medians['blank.html']:.2f} s, "
              f"at most {limit} allowed")
        problems += beyond > limit
    return problems


def main():
    report, cache, browser = (pathlib.Path(a) for a in sys.argv[1:4])
    pages = [report / name for name in sys.argv[4:]] or kinds(report)
    problems = check_html(report, cache)
    problems += check_axe(report, cache, str(browser), pages)
    problems += check_policy(report, str(browser), pages)
    problems += check_explore(report, str(browser))
    problems += check_sizes(report)
    problems += check_loading(report, str(browser))
    sys.exit(1 if problems else 0)


main()
