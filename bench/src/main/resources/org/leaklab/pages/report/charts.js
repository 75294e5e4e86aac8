// Draws every chart of the page with ECharts, in the colours of the theme. What a chart shows stands beside its element
// as JSON; what the JSON means is written in Chart.java.
(() => {
  "use strict";
  const NARROW = 620;
  const SHAPES = ["circle", "rect", "triangle", "diamond", "roundRect", "arrow"];

  /** What a colour of the style sheet is in this theme. */
  const colours = () => {
    const probe = document.body.appendChild(document.createElement("i"));
    const of = name => {
      probe.style.color = `var(--${name})`;
      return getComputedStyle(probe).color;
    };
    const all = {
      ink: of("ink"), faint: of("faint"), line: of("line"), panel: of("panel"), bad: of("bad"),
      series: [1, 2, 3, 4, 5, 6].map(i => of(`series-${i}`)),
      good: of("stack-good"), missed: of("stack-bad"), open: of("stack-open"), grey: of("stack-faint"),
    };
    probe.remove();
    return all;
  };

  const short = value => {
    const size = Math.abs(value);
    if (size >= 1e9) return `${+(value / 1e9).toPrecision(3)}G`;
    if (size >= 1e6) return `${+(value / 1e6).toPrecision(3)}M`;
    if (size >= 1e4) return `${+(value / 1e3).toPrecision(3)}k`;
    return `${+value.toPrecision(3)}`;
  };
  const escaped = text => {
    const span = document.createElement("span");
    span.textContent = text;
    return span.innerHTML;
  };

  const frame = (colour, width, names) => ({
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: colour.ink },
    tooltip: {
      confine: true,
      backgroundColor: colour.panel,
      borderColor: colour.line,
      textStyle: { color: colour.ink, fontSize: 12 },
      extraCssText: "max-width: 20rem; white-space: normal; box-shadow: none;",
    },
    legend: {
      show: names.length > 1, top: 8, left: 12, right: 12, type: width < NARROW ? "scroll" : "plain",
      itemWidth: 14, itemHeight: 10, textStyle: { color: colour.ink }, inactiveColor: colour.line, data: names,
      pageTextStyle: { color: colour.faint }, pageIconColor: colour.faint,
    },
  });
  const valueAxis = (colour, name, log) => ({
    type: log ? "log" : "value",
    name, nameLocation: "middle", nameGap: 28, nameTextStyle: { color: colour.faint },
    axisLabel: { color: colour.faint, formatter: short, hideOverlap: true, showMinLabel: false, showMaxLabel: false },
    axisLine: { show: false },
    splitLine: { lineStyle: { color: colour.line } },
  });
  /** How wide the longest name is, within bounds. */
  const labelWidth = rows => Math.min(340, 8 + 6.6 * Math.max(...rows.map(row => row.length)));

  /** Names of rows stand beside the rows, or, where there is no room, inside above what they name. */
  const rowAxis = (colour, rows, narrow, bandHeight) => ({
    type: "category", data: rows, inverse: true,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: colour.line } },
    splitLine: { show: !narrow, lineStyle: { color: colour.line, opacity: 0.5 } },
    axisLabel: narrow
      ? { inside: true, color: colour.ink, fontSize: 11, interval: 0, margin: 2, z: 3,
          formatter: name => `${name}\n `, lineHeight: bandHeight / 2 } // the blank line moves the name up
      : { color: colour.ink, interval: 0, width: labelWidth(rows), overflow: "break", lineHeight: 13 },
  });

  /** Ends of a scale that hold all values, with a little air. */
  const extent = (values, log) => {
    let least = Math.min(...values), most = Math.max(...values);
    if (log) {
      const air = Math.max(1.08, (most / least) ** 0.04);
      return { min: least / air, max: most * air, logBase: most / least > 3000 ? 10 : 2 };
    }
    const air = (most - least || Math.abs(most) || 1) * 0.05;
    return { min: +(least - air).toPrecision(3), max: +(most + air).toPrecision(3) };
  };

  const symbol = (shape, x, y, r, colour) => {
    const style = { fill: colour };
    switch (shape) {
      case "rect": return { type: "rect", shape: { x: x - r * 0.9, y: y - r * 0.9, width: r * 1.8, height: r * 1.8 }, style };
      case "triangle": return { type: "polygon", shape: { points: [[x, y - r * 1.2], [x + r * 1.1, y + r * 0.8], [x - r * 1.1, y + r * 0.8]] }, style };
      case "diamond": return { type: "polygon", shape: { points: [[x, y - r * 1.3], [x + r * 1.3, y], [x, y + r * 1.3], [x - r * 1.3, y]] }, style };
      default: return { type: "circle", shape: { cx: x, cy: y, r }, style };
    }
  };
  const rule = (x1, y1, x2, y2, stroke, lineWidth, opacity = 1) =>
    ({ type: "line", shape: { x1, y1, x2, y2 }, style: { stroke, lineWidth, opacity } });

  const dots = (chart, colour, width) => {
    const narrow = width < NARROW;
    const step = 11;
    const twoLines = !narrow && chart.rows.some(row => row.length > 50);
    const band = Math.max(twoLines ? 32 : 24, chart.series.length * step + 10) + (narrow ? 16 : 0);
    const all = chart.series.flatMap(series => series.dots)
      .flatMap(dot => [dot.value, dot.low, dot.high, ...dot.raw])
      .concat(chart.bars, chart.reference).filter(value => value != null && (!chart.log || value > 0));
    const top = chart.series.length > 1 ? 40 : 14;
    const series = chart.series.map((one, index) => ({
      name: one.name, type: "custom", clip: true,
      itemStyle: { color: colour.series[one.colour % 6] },
      encode: { x: 0, y: 1 },
      data: one.dots.map(dot => [dot.value, dot.row]),
      tooltip: { formatter: at => {
        const dot = one.dots[at.dataIndex];
        return `<b>${escaped(chart.rows[dot.row])}</b><br>${escaped(one.name)}: ${escaped(dot.text)}`;
      } },
      renderItem: (params, api) => {
        const dot = one.dots[params.dataIndex];
        const [x, centre] = api.coord([dot.value, dot.row]);
        const y = centre + (index - (chart.series.length - 1) / 2) * step + (narrow ? 8 : 0);
        const across = value => api.coord([value, dot.row])[0];
        const paint = colour.series[one.colour % 6];
        const children = [];
        // as wide as the row, so that a small point is easy to hit
        children.push({ type: "rect", shape: { x: x - 8, y: y - step / 2, width: 16, height: step }, style: { fill: "transparent" } });
        if (dot.low != null && dot.high != null) {
          const from = across(dot.low), to = across(dot.high);
          children.push(rule(from, y, to, y, paint, 1.5));
          children.push(rule(from, y - 3, from, y + 3, paint, 1.5), rule(to, y - 3, to, y + 3, paint, 1.5));
        }
        for (const raw of dot.raw) {
          children.push({ type: "circle", shape: { cx: across(raw), cy: y, r: 2.5 }, style: { fill: colour.panel, stroke: paint, lineWidth: 1, opacity: 0.75 } });
        }
        if (chart.bars[dot.row] != null && index === 0) {
          const bar = across(chart.bars[dot.row]);
          children.push(rule(bar, centre - band / 2 + 3, bar, centre + band / 2 - 3, colour.bad, 2));
        }
        children.push(symbol(SHAPES[one.colour % 4], x, y, 4, paint));
        return { type: "group", children };
      },
    }));
    if (chart.reference != null && series.length > 0) {
      series[0].markLine = {
        silent: true, symbol: "none", label: { show: false }, animation: false,
        lineStyle: { color: colour.faint, type: "dashed", width: 1 }, data: [{ xAxis: chart.reference }],
      };
    }
    const option = frame(colour, width, chart.series.map(one => one.name));
    option.legend.data = chart.series.map(one => ({ name: one.name, icon: SHAPES[one.colour % 4] }));
    return [top + chart.rows.length * band + 56, {
      ...option,
      tooltip: { ...option.tooltip, trigger: "item" },
      grid: { top, bottom: 50, left: narrow ? 12 : labelWidth(chart.rows) + 20, right: 24 },
      xAxis: { ...valueAxis(colour, chart.axis, chart.log), ...extent(all, chart.log) },
      yAxis: rowAxis(colour, chart.rows, narrow, band),
      series,
    }];
  };

  const curves = (chart, colour, width) => {
    const option = frame(colour, width, chart.curves.map(curve => curve.name));
    const narrow = width < NARROW;
    const legendRows = narrow ? 1 : Math.ceil(chart.curves.length * 190 / (width - 40));
    return [320 + 24 * legendRows, {
      ...option,
      tooltip: { ...option.tooltip, trigger: "item" },
      grid: { top: 20 + 24 * legendRows, bottom: 54, left: 62, right: 44 },
      xAxis: {
        ...valueAxis(colour, "percentile", true),
        axisLabel: { color: colour.faint, formatter: above => `${+(100 - 100 / above).toFixed(5)} %`, hideOverlap: true },
      },
      yAxis: {
        ...valueAxis(colour, chart.axis, true), nameGap: 44,
        ...extent(chart.curves.flatMap(curve => curve.points.map(point => point[1])), true),
      },
      series: chart.curves.map(curve => ({
        name: curve.name, type: "line", showSymbol: true, symbolSize: 4, data: curve.points,
        symbol: curve.dashed ? "emptyCircle" : "circle",
        itemStyle: { color: colour.series[curve.colour % 6] },
        lineStyle: { width: 2, type: curve.dashed ? "dashed" : "solid" },
        tooltip: { formatter: at =>
          `<b>${escaped(curve.name)}</b><br>${+(100 - 100 / at.value[0]).toFixed(4)} % take at most ${short(at.value[1])} ms` },
      })),
    }];
  };

  const stacks = (chart, colour, width) => {
    const tones = { good: colour.good, bad: colour.missed, open: colour.open, faint: colour.grey };
    const narrow = width < NARROW;
    const band = narrow ? 46 : 26;
    const option = frame(colour, width, chart.stacks.map(stack => stack.name));
    return [40 + chart.rows.length * band + 56, {
      ...option,
      tooltip: { ...option.tooltip, trigger: "axis", axisPointer: { type: "none" } },
      grid: { top: 40, bottom: 50, left: narrow ? 12 : labelWidth(chart.rows) + 20, right: 24 },
      xAxis: valueAxis(colour, chart.axis, false),
      yAxis: rowAxis(colour, chart.rows, narrow, band),
      series: chart.stacks.map(stack => ({
        name: stack.name, type: "bar", stack: "all", barWidth: narrow ? 10 : 14, data: stack.counts,
        itemStyle: { color: tones[stack.tone], borderColor: colour.panel, borderWidth: 1 },
      })),
    }];
  };

  const KINDS = { dots, curves, stacks };
  const drawn = new Map();

  const draw = (element, said) => {
    const [height, option] = KINDS[said.kind](said.chart, colours(), element.clientWidth);
    element.style.height = `${height}px`;
    let chart = drawn.get(element);
    if (!chart) {
      chart = echarts.init(element, null, { renderer: "svg" });
      drawn.set(element, chart);
    }
    chart.resize();
    chart.setOption(option, true);
    element.querySelector("svg").setAttribute("viewBox", `0 0 ${chart.getWidth()} ${chart.getHeight()}`);
  };

  addEventListener("DOMContentLoaded", () => {
    const all = [...document.querySelectorAll(".chart")].map(element =>
      [element, JSON.parse(element.querySelector("script").textContent)]);
    for (const [element, said] of all) {
      element.hidden = false;
      element.replaceChildren();
      draw(element, said);
    }
    const again = () => all.forEach(([element, said]) => draw(element, said));
    document.addEventListener("themechange", again);
    let width = innerWidth;
    addEventListener("resize", () => {
      if (innerWidth !== width) {
        width = innerWidth;
        again();
      }
    });
  });
})();
