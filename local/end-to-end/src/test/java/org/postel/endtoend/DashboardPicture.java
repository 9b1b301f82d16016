package org.postel.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A dashboard as a picture: what the queries of its panels had to show over the last minutes, in the order of the panels. */
final class DashboardPicture {

    private static final Pattern LABEL = Pattern.compile("\\{\\{(\\w+)}}");
    private static final int COLUMNS = 3;
    private static final int WIDTH = 420;
    private static final int HEIGHT = 260;
    private static final int SMALL = 8;

    private final Prometheus prometheus;
    private final Duration back;

    /** @param back how far into the past it looks */
    DashboardPicture(Prometheus prometheus, Duration back) {
        this.prometheus = prometheus;
        this.back = back;
    }

    /** Writes it, with the folders that it needs. */
    void draw(JsonNode dashboard, Path file) throws IOException {
        List<XYChart> panels = new ArrayList<>();
        for (JsonNode panel : dashboard.get("panels")) {
            panels.add(panel(panel));
        }
        int rows = (panels.size() + COLUMNS - 1) / COLUMNS;
        while (panels.size() < rows * COLUMNS) {
            panels.add(gap());
        }
        Files.createDirectories(file.getParent());
        BitmapEncoder.saveBitmap(panels, rows, COLUMNS, file.toString(), BitmapEncoder.BitmapFormat.PNG);
    }

    private XYChart panel(JsonNode panel) throws IOException {
        XYChart chart = empty(panel.get("title").asText() + " (" + panel.get("fieldConfig").get("defaults").get("unit").asText() + ")");
        Map<String, Integer> names = new HashMap<>();
        for (JsonNode target : panel.get("targets")) {
            for (Prometheus.Series series : prometheus.range(target.get("expr").asText(), back)) {
                String name = legend(target.get("legendFormat").asText(), series.labels());
                int same = names.merge(name, 1, Integer::sum);
                List<Date> times = series.points().stream().map(point -> Date.from(point.at())).toList();
                chart.addSeries(same == 1 ? name : name + " " + same, times, series.points().stream().map(Prometheus.Point::value).toList())
                        .setMarker(SeriesMarkers.NONE);
            }
        }
        return chart;
    }

    private static XYChart empty(String title) {
        XYChart chart = new XYChartBuilder().width(WIDTH).height(HEIGHT).title(title).build();
        chart.getStyler().setLegendPosition(LegendPosition.OutsideS).setLegendLayout(LegendLayout.Horizontal)
                .setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, SMALL));
        chart.getStyler().setDatePattern("HH:mm:ss");
        return chart;
    }

    private static XYChart gap() {
        XYChart gap = empty("");
        gap.getStyler().setAxisTicksVisible(false).setPlotGridLinesVisible(false).setPlotBorderVisible(false);
        return gap;
    }

    private static String legend(String format, Map<String, String> labels) {
        String name = LABEL.matcher(format).replaceAll(found -> Matcher.quoteReplacement(labels.getOrDefault(found.group(1), "")));
        return name.isBlank() ? "value" : name;
    }
}
